import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

/// Every format shows people the name of a rule: the name of its kind or its own, with the id where two rules share it.
@Suite("Names of rules in the formats of a run")
struct RuleNamesInFormatsTests {
    /// A contest with two rules of one kind without names, and a measured and a person's rule with names.
    private static let loaded = Result {
        try ContestFile.load(
            """
            schema: clipcheck.contest/2
            id: names-2026
            revision: 1
            name: {zh: 测试, en: Test}
            source: {document: 测字〔2026〕1号, issued: 2026-01-02}
            general: none
            rules:
              - {id: story-length, kind: duration, level: required, clause: 剧情类不超过1分钟, max: 60s}
              - {id: advert-length, kind: duration, level: required, clause: 公益广告不超过30秒, max: 30s}
              - {id: shape, kind: aspect-ratio, level: required, clause: 竖屏, allowed: ["9:16"], name: {zh: 竖屏画面, en: Upright shape}}
              - {id: original, kind: person, level: required, clause: 须为原创, name: {zh: 原创, en: Original work}}
              - {id: content, kind: person, level: required, clause: 内容健康向上、积极阳光，弘扬社会主义核心价值观}
            """, file: "names.yaml")
    }

    private static func file() throws -> CheckedFile {
        let outcome = ProbeOutcome.facts(.sample())
        let report = Report(
            id: "00000000-0000-4000-8000-000000000001", createdAt: "2026-11-21T09:00:00+08:00",
            contest: try loaded.get(), media: MediaReference(filename: "a.mp4", bytes: 1, sha256: nil),
            outcome: outcome, tool: ToolVersions(clipcheck: "1.1.0", ffmpeg: [:]))
        let name = LocalizedText(zh: "文件名", en: "File name")
        let work = Work(
            fields: [], category: nil, region: nil, findings: [.of(.fail, rule: "file-name", name: name)])
        return CheckedFile(path: "a.mp4", outcome: .success(report), work: work)
    }

    /// The file with the report of a release that wrote no names.
    private static func oldFile() throws -> CheckedFile {
        var file = try file()
        guard var report = file.report else { return file }
        for index in report.findings.indices { report.findings[index].name = nil }
        for index in report.checklist.indices { report.checklist[index].name = nil }
        file.outcome = .success(report)
        file.work?.findings[0].name = nil
        return file
    }

    private static func summary(_ files: [CheckedFile]) throws -> RunSummary {
        var summary = RunSummary(contest: try loaded.get())
        for file in files { summary.add(file) }
        return summary
    }

    private static func text(_ rendering: some RunRendering, _ file: CheckedFile) throws -> String {
        try SampleRun.text(rendering, [file], summary: summary([file]))
    }

    private static func terminal(_ language: Language) -> TextReport {
        TextReport(language: language, isColoured: false, width: nil)
    }

    @Test(
        "`TextReport` shows names, and the ids of two rules with one name",
        arguments: [
            (
                Language.chinese,
                [
                    "时长（story-length）：“", "时长（advert-length）：“", "竖屏画面：“竖屏”", "文件名：“原文”",
                    "待人工核对：原创、“内容健康向上、积极阳光，弘扬社会主义核…”（content）",
                ]
            ),
            (
                .english,
                [
                    "Duration (story-length): \"", "Duration (advert-length): \"", "Upright shape: \"竖屏\"",
                    "File name: \"原文\"", "For a person: Original work, “内容健康向上、积极阳光，弘扬社会主义核…” (content)",
                ]
            ),
        ])
    func report(language: Language, lines: [String]) throws {
        let text = Self.terminal(language).text(try Self.file())
        for line in lines { #expect(text.contains(line), "\(text)") }
        #expect(!text.contains("shape：") && !text.contains("shape:  ") && !text.contains("file-name"))
    }

    @Test("`TextReport` and `RunSummary` show a report without names by the ids of its rules")
    func old() throws {
        let text = Self.terminal(.chinese).text(try Self.oldFile())
        for line in ["story-length：“", "shape：“竖屏”", "file-name：“原文”", "待人工核对：original、content"] {
            #expect(text.contains(line), "\(text)")
        }
        let renderings: [any RunRendering] = [
            HTMLRun(language: .chinese), CSVRun(language: .chinese, columns: []), GitHubRun(language: .chinese),
            JUnitRun(contestID: "names-2026", language: .chinese),
        ]
        for rendering in renderings { #expect(try Self.text(rendering, Self.oldFile()).contains("story-length")) }
        #expect(HTMLReport(language: .chinese).page(try #require(try Self.oldFile().report)).contains("shape：“竖屏”"))
    }

    @Test("The summary of `TextReport` shows names, and the ids of two rules with one name")
    func reasons() throws {
        let text = Self.terminal(.chinese).summary(try Self.summary([Self.file()]))
        #expect(text.contains("     1  时长（advert-length） · 不符合 · “公益广告不超过30秒”\n"))
        #expect(text.contains("     1  竖屏画面 · 不符合 · “竖屏”\n"))
        // The contest names the rules of a report that does not.
        #expect(Self.terminal(.chinese).summary(try Self.summary([Self.oldFile()])) == text)
    }

    @Test("`HTMLRun` shows names, and keeps ids in filters")
    func page() throws {
        let page = try Self.text(HTMLRun(language: .chinese), Self.file())
        let row = try #require(HTMLMarkup.contents(of: page, from: "<td class=\"a\"", to: "</tr>").first)
        #expect(row.contains("<small>时长（story-length）：“剧情类不超过1分钟”</small>"))
        #expect(row.contains("<small>竖屏画面：“竖屏”</small>") && row.contains("<small>文件名：“原文”</small>"))
        #expect(row.contains("□ 待人工核对：原创、“内容健康向上、积极阳光，弘扬社会主义核…”（content）"))
        #expect(page.contains("data-value=\"shape=fail\">竖屏</a> <small>竖屏画面（shape）</small>"))
        #expect(page.contains("data-rules=\"|advert-length=fail|shape=fail|story-length=fail|\""))
        #expect(page.contains("<td>须为原创</td><td class=\"small\">原创（original）</td>"))
        #expect(page.contains("弘扬社会主义核心价值观</td><td class=\"small\">content</td>"))
    }

    @Test("`HTMLReport` shows names of findings and of checklist items that have one")
    func single() throws {
        let page = HTMLReport(language: .english).page(try #require(try Self.file().report))
        #expect(page.contains("Duration (story-length): “剧情类不超过1分钟”"))
        #expect(page.contains("Upright shape: “竖屏”"))
        #expect(page.contains("☐</td><td>Original work: “须为原创”"))
        #expect(page.contains("☐</td><td>“内容健康向上"))
    }

    @Test("`CSVRun` shows names before messages")
    func table() throws {
        let text = try Self.text(CSVRun(language: .chinese, columns: []), Self.file())
        #expect(text.contains("时长（story-length）：时长为"))
        #expect(text.contains("；竖屏画面：") && text.contains("文件名：说明,"))
    }

    @Test("`JUnitRun` writes the name and the id of the rule, and the class name without either")
    func cases() throws {
        let cases = try XMLTree.root(
            Self.text(JUnitRun(contestID: "names-2026", language: .english), Self.file())
        ).children[0].all("testcase")
        #expect(
            cases.map { $0.attributes["name"] } == [
                "Readable (readable)", "Duration (story-length)", "Duration (advert-length)", "Upright shape (shape)",
            ])
        #expect(Set(cases.map { $0.attributes["classname"] }) == ["names-2026.a_mp4"])
    }

    @Test("`GitHubRun` shows names in titles")
    func commands() throws {
        let text = try Self.text(GitHubRun(language: .chinese), Self.file())
        for title in ["时长（advert-length） · 不符合", "竖屏画面 · 不符合", "投稿检查 文件名 · 不符合"] {
            #expect(text.contains("title=\(title)::"), "\(text)")
        }
    }

    @Test("JSON has names beside ids")
    func json() throws {
        let text = try Self.text(NDJSONRun(), Self.file())
        #expect(text.contains(#""name":{"en":"Upright shape","zh":"竖屏画面"}"#) && text.contains(#""rule":"shape""#))
        #expect(text.contains(#""name":{"en":"Original work","zh":"原创"}"#) && text.contains(#""rule":"original""#))
        #expect(!(try Self.text(NDJSONRun(), Self.oldFile())).contains("Original work"))
    }

    @Test(
        "A workbook has a column of names and a column of ids in each list of rules",
        .enabled(if: OpenPyXL.python != nil, "CLIPCHECK_PYTHON names no Python with openpyxl"))
    func workbook() async throws {
        let file = try Self.file()
        let lines = try await SampleRuns.lines([file], Self.summary([file]), .chinese)
        let cells = lines.map { $0.split(separator: " ", maxSplits: 1)[1] }
        for (name, id) in [("时长", "story-length"), ("时长", "advert-length"), ("竖屏画面", "shape")] {
            let places = cells.indices.filter { cells[$0] == "s \"\(id)\"" }
            #expect(places.count == 2, "one on each of two sheets")
            for place in places { #expect(cells[place - 1] == "s \"\(name)\"") }
        }
        #expect(cells.contains { $0.hasPrefix("s \"规则编号\"") })
    }

    @Test("Names from a report are escaped and shown without control characters")
    func hostile() throws {
        var file = try Self.file()
        guard var report = file.report else { return }
        let name = "<b>\u{1b}[2J\n名"
        for index in report.findings.indices { report.findings[index].name = LocalizedText(zh: name, en: name) }
        for index in report.checklist.indices { report.checklist[index].name = LocalizedText(zh: name, en: name) }
        file.outcome = .success(report)
        let page = try Self.text(HTMLRun(language: .chinese), file) + HTMLReport(language: .chinese).page(report)
        #expect(!page.contains("<b>\u{fffd}") && !page.contains("\u{1b}") && page.contains("&lt;b&gt;"))
        for detail in [TextRun.Detail.full, .table] {
            let text = try Self.text(TextRun(Self.terminal(.chinese), detail: detail), file)
            #expect(!text.contains("\u{1b}") && text.contains("<b>\u{fffd}[2J\u{fffd}名"))
        }
        #expect(!(try Self.text(GitHubRun(language: .chinese), file)).contains("\u{1b}"))
        #expect(!(try Self.text(CSVRun(language: .chinese, columns: []), file)).contains("\u{1b}"))
    }
}
