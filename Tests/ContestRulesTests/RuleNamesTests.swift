import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("RuleNames")
struct RuleNamesTests {
    private static func names(_ rules: (String, LocalizedText?)...) -> RuleNames {
        rules.reduce(into: RuleNames()) { names, rule in names.add(rule.0, rule.1) }
    }

    private static let length = LocalizedText(zh: "时长", en: "Duration")

    @Test("`RuleNames` shows a rule by its name, and a rule without a name or an unknown rule by its id")
    func name() {
        let names = Self.names(("short", Self.length), ("old", nil))
        #expect(names.name(of: "short", in: .chinese) == "时长")
        #expect(names.label(of: "short", in: .english) == "Duration")
        #expect(names.nameWithID(of: "short", in: .chinese) == "时长（short）")
        #expect(names.nameWithID(of: "short", in: .english) == "Duration (short)")
        for id in ["old", "unknown"] {
            #expect(names.name(of: id, in: .chinese) == id)
            #expect(names.label(of: id, in: .chinese) == id)
            #expect(names.nameWithID(of: id, in: .english) == id)
            #expect(names[id] == nil)
        }
        #expect(names["short"] == Self.length)
    }

    @Test("`RuleNames` adds the ids to the labels of two rules with one name, in the language in which they share it")
    func shared() {
        let names = Self.names(
            ("short", Self.length), ("long", Self.length), ("trailer", LocalizedText(zh: "时长", en: "Trailer")),
            ("black", LocalizedText(zh: "黑屏", en: "Black")))
        #expect(
            ["short", "long", "trailer"].map { names.label(of: $0, in: .chinese) } == [
                "时长（short）", "时长（long）", "时长（trailer）",
            ])
        #expect(names.label(of: "short", in: .english) == "Duration (short)")
        #expect(names.label(of: "trailer", in: .english) == "Trailer")
        #expect(names.label(of: "black", in: .chinese) == "黑屏")
    }

    @Test("`RuleNames` keeps a name that a report without names does not have")
    func kept() {
        #expect(Self.names(("a", Self.length), ("a", nil))["a"] == Self.length)
        #expect(Self.names(("a", nil), ("a", Self.length))["a"] == Self.length)
    }

    @Test("`RuleNames` of a contest knows every rule")
    func contest() throws {
        let contest = try Contest.sample()
        let names = RuleNames(contest)
        #expect(contest.rules.map { names.name(of: $0.id, in: .chinese) } == ["可读取", "有画面", "有声音", "人工判断"])
    }
}

@Suite("Names in a report")
struct ReportNameTests {
    private static func report() throws -> Report {
        Report(
            id: "1", createdAt: "2026-11-21T09:00:00+08:00", contest: try Contest.sample(),
            media: MediaReference(filename: nil, bytes: 1, sha256: nil), outcome: .facts(.sample()),
            tool: ToolVersions(clipcheck: "1.1.0", ffmpeg: [:]))
    }

    @Test("Every finding and checklist item of a new report has the title of its rule as `name`")
    func new() throws {
        let report = try Self.report()
        #expect(report.findings.map(\.name) == [ReadableRule.title, HasVideoRule.title, HasAudioRule.title])
        #expect(report.checklist.map(\.name) == [PersonRule.title])
        let data = try WireJSON.data(report)
        #expect(try JSONDecoder().decode(Report.self, from: data) == report)
        #expect(String(decoding: data, as: UTF8.self).contains(#""name":{"en":"Readable","zh":"可读取"}"#))
    }

    @Test("A report without names is read and written again byte for byte")
    func old() throws {
        var report = try Self.report()
        for index in report.findings.indices { report.findings[index].name = nil }
        for index in report.checklist.indices { report.checklist[index].name = nil }
        let data = try WireJSON.data(report)
        #expect(!String(decoding: data, as: UTF8.self).contains("\"name\""))
        let read = try JSONDecoder().decode(Report.self, from: data)
        #expect(read == report)
        #expect(try WireJSON.data(read) == data)
    }
}
