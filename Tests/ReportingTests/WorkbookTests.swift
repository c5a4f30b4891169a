import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("WorkbookRun", .enabled(if: OpenPyXL.python != nil, "CLIPCHECK_PYTHON names no Python with openpyxl"))
struct WorkbookTests {
    @Test("A workbook matches its golden listing cell by cell, in each language", arguments: Language.allCases)
    func golden(language: Language) async throws {
        let files = try SampleRuns.mixed()
        let lines = try await SampleRuns.lines(files, SampleRuns.summary(files), language)
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let golden = folder.appendingPathComponent("Golden/workbook-\(language.rawValue).txt")
        if ProcessInfo.processInfo.environment["CLIPCHECK_WRITE_GOLDEN"] != nil {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: golden)
        }
        let expected = try String(contentsOf: golden, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines == expected)
    }

    @Test("A workbook of a run without files has its titles and a count of 0", arguments: Language.allCases)
    func empty(language: Language) async throws {
        let summary = RunSummary(contest: try #require(BuiltInContests.contest("xian-2024")).withoutContent)
        let lines = try await SampleRuns.lines([], summary, language)
        #expect(
            lines.filter { $0.hasPrefix("#") }
                == (language == .chinese
                    ? ["# 参赛作品 A1:S1 A2 A1:S1", "# 检查结果 A1:L1 A2 A1:L1", "# 汇总 A1:B11 None None"]
                    : ["# Entries A1:S1 A2 A1:S1", "# Findings A1:L1 A2 A1:L1", "# Summary A1:B11 None None"]))
        #expect(lines.contains(language == .chinese ? "A9 s \"合计\"" : "A9 s \"Total\""))
        #expect(lines.contains("B9 n 0"))
    }

    @Test(
        "A workbook returns hostile text unchanged to openpyxl, as text",
        arguments: [
            "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "http://example.com/", "<b>&amp;",
            "</t></is></c>", "]]>", "_x000D", "1.3800138E10", "00123", "TRUE", " edge ", "#REF!",
        ])
    func hostile(text: String) async throws {
        let lines = try await Self.cells(text)
        #expect(lines.count > 12)
        #expect(lines.allSatisfy { $0 == text })
    }

    @Test(
        "A workbook contains no formula, whatever text is written",
        arguments: ["=1+1", "=HYPERLINK(\"http://a\")", "\u{1}=1"])
    func formulas(text: String) async throws {
        let lines = try await Self.listing(text)
        #expect(!lines.contains { $0.split(separator: " ").dropFirst().first == "f" })
    }

    @Test("A workbook stays readable with a text of 40,000 characters and cuts it to 32,767")
    func long() async throws {
        let lines = try await Self.cells(String(repeating: "长", count: 40_000))
        #expect(lines.allSatisfy { $0 == String(repeating: "长", count: 32_766) + "…" })
    }

    @Test("A workbook stays readable with control characters in text and leaves them out")
    func control() async throws {
        let text = String(String.UnicodeScalarView((0..<0xA0).compactMap { Unicode.Scalar($0) }))
        let kept = "\t\n\n" + String(String.UnicodeScalarView((0x20..<0x7F).compactMap { Unicode.Scalar($0) }))
        #expect(try await Self.cells("a\u{FFFE}\u{FFFF}" + text + "b").allSatisfy { $0 == "a" + kept + "b" })
    }

    /// The texts of all cells that contain `text`, on all sheets. Column P is left out, because its cell joins several
    /// findings.
    private static func cells(_ text: String) async throws -> [String] {
        let known = Set(try await listing("harmless"))
        let lines = try await listing(text).filter { !known.contains($0) && !$0.hasPrefix("#") && !$0.hasPrefix("P") }
        return try lines.map { line in
            let parts = line.split(separator: " ", maxSplits: 2)
            #expect(parts[1] == "s")
            let end = try #require(parts[2].lastIndex(of: "\""))
            return try JSONDecoder().decode(String.self, from: Data(parts[2][...end].utf8))
        }
    }

    private static func listing(_ text: String) async throws -> [String] {
        let label = LocalizedText(zh: text, en: text)
        let work = Work(
            fields: [.init(name: "title", label: label, value: text)], category: text, region: text, findings: [])
        var file = CheckedFile(path: text, outcome: .success(try SampleReports.hostile(text)), work: work)
        var summary = RunSummary(contest: try #require(BuiltInContests.contest("xian-2024")).withoutContent)
        summary.add(file)
        summary.passedOver = [text]
        summary.notes = [.init(text, label)]
        summary.endedAt = text
        file.isUnchanged = false
        return try await SampleRuns.lines([file], summary)
    }
}
