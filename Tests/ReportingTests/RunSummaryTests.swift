import ContestRules
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
}
