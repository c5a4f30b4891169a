import ContestRules
import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("RunSummary")
struct RunSummaryTests {
    /// A file whose findings have these outcomes, all of the rule `duration`.
    private static func file(_ outcomes: [Finding.Outcome]) throws -> CheckedFile {
        var report = try SampleReports.compliant()
        report.findings = outcomes.map { .of($0, rule: "duration") }
        return CheckedFile(path: "a.mp4", outcome: .success(report))
    }

    @Test("A reason of `RunSummary` counts a file once, however many findings of the file have its rule and outcome")
    func reasons() throws {
        var summary = RunSummary(contest: try #require(BuiltInContests.contest("xian-2024")))
        let twice = try Self.file([.fail, .fail, .review, .pass])
        summary.add(twice)
        summary.add(try Self.file([.fail]))
        #expect(summary.reasons.map(\.outcome) == [.fail, .review])
        #expect(summary.reasons.map(\.files) == [2, 1])
        summary.remove(twice)
        #expect(summary.reasons.map(\.files) == [1])
    }

    /// A contest that lets every entrant send one work.
    private static func contest() throws -> Contest {
        try #require(BuiltInContests.contest("xian-2024")).with(quotas: [
            Quota(id: "per-entrant", grouping: .entrant, most: 1, clause: "每人限报1件")
        ])
    }

    /// A file of a work whose entrant is shown masked.
    private static func file(of entrant: String?) throws -> CheckedFile {
        var file = try file([.pass])
        let name = entrant.map { Work.GroupName(key: $0, shown: "\($0.prefix(1))**") }
        file.work = Work(
            fields: [], category: nil, region: nil, findings: [], counted: name.map { [.entrant: $0] } ?? [:])
        return file
    }

    @Test("`RunSummary` tells entrants apart by their full names, shows them masked, and never writes the full name")
    func entrants() throws {
        var summary = RunSummary(contest: try Self.contest())
        for entrant in ["张三", "张三", "张四", nil] { summary.add(try Self.file(of: entrant)) }
        let groups = summary.groups(by: .entrant)
        #expect(groups.map(\.name) == ["张**", "张**", nil] && groups.map(\.tally.total) == [2, 1, 1])
        #expect(summary.breaches.map(\.group) == ["张**"] && summary.breaches.map(\.measured) == [2])
        let text = String(decoding: try JSONEncoder().encode(summary.breaches), as: UTF8.self)
        #expect(text.contains("张**") && !text.contains("张三"))
        summary.remove(try Self.file(of: "张三"))
        #expect(summary.breaches.isEmpty)
    }

    @Test("`RunSummary` counts no entrants and no units where no quota limits them")
    func noQuota() throws {
        var summary = RunSummary(contest: try #require(BuiltInContests.contest("xian-2024")))
        summary.add(try Self.file(of: "张三"))
        #expect(summary.groups(by: .entrant).isEmpty && summary.groups(by: .unit).isEmpty)
    }
}
