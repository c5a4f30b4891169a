import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

/// A run with `--depth quick`: the rules about picture and sound have no answer for any file.
@Suite("A run that decodes nothing")
struct UndecodedRunTests {
    private static func contest() throws -> Contest { try #require(BuiltInContests.contest("xian-2024")) }

    private static func file(_ path: String, _ outcome: ProbeOutcome) throws -> CheckedFile {
        let report = Report(
            id: "00000000-0000-4000-8000-000000000001", createdAt: "2026-11-21T09:00:00+08:00", contest: try contest(),
            media: MediaReference(filename: path, bytes: 1, sha256: nil), outcome: outcome,
            tool: ToolVersions(clipcheck: "1.1.0", ffmpeg: [:]))
        return CheckedFile(path: path, outcome: .success(report))
    }

    /// Two files that meet every measured rule, one that is too short, and one that cannot be read.
    private static func files() throws -> [CheckedFile] {
        let good = MediaFacts.sample(width: 1080, height: 1920)
        let short = MediaFacts.sample(
            duration: .milliseconds(61_040), declared: .milliseconds(61_040), width: 1080, height: 1920)
        let damaged = ProbeError(.damaged, LocalizedText(zh: "文件已损坏。", en: "The file is damaged."))
        return [
            try file("a.mp4", .facts(good)), try file("b.mp4", .facts(short)), try file("c.mp4", .facts(good)),
            try file("d.mp4", .unread(damaged)),
        ]
    }

    private static func summary(_ files: [CheckedFile]) throws -> RunSummary {
        var summary = RunSummary(contest: try contest())
        for file in files { summary.add(file) }
        return summary
    }

    private static let names = ["可解码、黑边、黑屏、静止、无声", "Decodable, Black bars, Black picture, Frozen picture, Silence"]
    private static let sentences = [
        "未解码（--depth quick）：3 个文件的 5 项未检查：" + names[0],
        "Not decoded (--depth quick): 5 checks of 3 files not made: " + names[1],
    ]

    private static func sentence(_ language: Language) -> String { sentences[language == .chinese ? 0 : 1] }

    private static func text(_ language: Language, detail: TextRun.Detail, width: Int? = nil) throws -> String {
        let report = TextReport(language: language, isColoured: false, width: width)
        let files = try files()
        return try SampleRun.text(TextRun(report, detail: detail), files, summary: summary(files))
    }

    @Test("The verdict of a file that was not decoded stays `needs-review`, and its report names every open rule")
    func verdicts() throws {
        let reports = try Self.files().compactMap(\.report)
        #expect(reports.map(\.verdict) == [.needsReview, .nonCompliant, .needsReview, .nonCompliant])
        #expect(reports.map { $0.findings.count(where: \.isUndecoded) } == [5, 5, 5, 0])
    }

    @Test("`RunSummary` counts checks that were not made, in the order of the contest, and not as reasons")
    func counts() throws {
        let files = try Self.files()
        var summary = try Self.summary(files)
        #expect(
            summary.undecoded == [
                .init(depth: .quick, files: 3, rules: ["decodable", "active-picture", "black", "freeze", "silence"])
            ])
        #expect(
            summary.reasons.map { "\($0.rule) \($0.outcome) \($0.name?.zh ?? "")" } == [
                "duration fail 时长", "readable fail 可读取",
            ])
        for file in files.dropFirst() { summary.remove(file) }
        #expect(summary.undecoded.map(\.files) == [1])
        summary.remove(files[0])
        #expect(summary.undecoded.isEmpty)
    }

    @Test("`RunSummary` counts rules that need every frame decoded under the depth of the reports")
    func everyFrame() throws {
        var facts = MediaFacts.sample()
        facts.content = ContentFacts(depth: .standard, picture: nil, sound: nil)
        let contest = try Contest.content(depth: .full)
        var file = try Self.file("a.mp4", .facts(facts))
        file.outcome = .success(
            Report(
                id: "1", createdAt: "2026-11-21T09:00:00+08:00", contest: contest,
                media: MediaReference(filename: nil, bytes: 1, sha256: nil), outcome: .facts(facts),
                tool: ToolVersions(clipcheck: "1.1.0", ffmpeg: [:])))
        var summary = RunSummary(contest: contest)
        summary.add(file)
        let undecoded = try #require(summary.undecoded.first)
        #expect(undecoded == .init(depth: .standard, files: 1, rules: ["decodable"]))
        #expect(Words(.chinese).title(undecoded) == "未逐帧解码（--depth standard）")
        #expect(Words(.english).title(undecoded) == "Not every frame decoded (--depth standard)")
        #expect(Words(.english).text(undecoded, summary.ruleNames) == "1 check of 1 file not made: Decodable")
    }

    @Test(
        "`TextRun` tells once for all files what was not decoded, and never per file", arguments: Language.allCases,
        [TextRun.Detail.table, .full])
    func text(language: Language, detail: TextRun.Detail) throws {
        let text = try Self.text(language, detail: detail)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.filter { $0.contains(language == .chinese ? "解码" : "ecod") } == [Self.sentence(language)])
        #expect(!text.contains(Finding.notDecodedMessage[language]))
    }

    @Test("The table of `TextRun` has one line for a file whose only open checks need decoding")
    func table() throws {
        let lines = try Self.text(.chinese, detail: .table).split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "结论        时长       画面       文件", "需人工确认  2:30.000   1080×1920  a.mp4",
                "不合格      1:01.040   1080×1920  b.mp4",
                "            × 时长为 1 分 1.040 秒，要求 2 分至 5 分，还差 58.960 秒。请补足内容后重新导出。",
                "需人工确认  2:30.000   1080×1920  c.mp4", "不合格      –          –          d.mp4",
                "            × 文件已损坏。", "共 4 个文件，合格 0，需人工确认 2，不合格 2", Self.sentence(.chinese), "原因（文件数）：",
                "     1  时长 · 不符合 · “时长2-5分钟”", "     1  可读取 · 不符合 · “通用要求：文件能够打开”",
            ])
    }

    @Test("`TextRun` without a summary tells in one line of the report what was not decoded", arguments: [0, 1])
    func single(index: Int) throws {
        let language = [Language.chinese, .english][index]
        let report = TextReport(language: language, isColoured: false, width: nil)
        var run = TextRun(report, detail: .full, hasSummary: false)
        let file = try Self.files()[0]
        let line = ["  ? 5 项须解码后才能检查：", "  ? 5 checks need decoding: "][index] + Self.names[index]
        #expect(run.piece(file).split(separator: "\n").filter { $0.hasPrefix("  ?") }.map(String.init) == [line])
        #expect(run.closing(try Self.summary([file])).isEmpty)
    }

    @Test("`TextRun` keeps every line within 80 columns", arguments: Language.allCases, [TextRun.Detail.table, .full])
    func width(language: Language, detail: TextRun.Detail) throws {
        let report = TextReport(language: language, isColoured: false, width: 80)
        var files = try Self.files()
        let long = String(repeating: "碑林区报送的很长的文件夹名/", count: 5) + "作品.mp4"
        for index in files.indices { files[index].path = long }
        var summary = try Self.summary(files)
        summary.passedOver = [long]
        summary.notes = [RunSummary.Note(long, LocalizedText(zh: "没有这个文件。", en: "There is no such file."))]
        let text = try SampleRun.text(TextRun(report, detail: detail), files, summary: summary)
        for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= 80, "\(line)") }
    }

    @Test("`GitHubRun` warns once for all files about what was not decoded")
    func github() throws {
        let files = try Self.files()
        let text = try SampleRun.text(GitHubRun(language: .chinese), files, summary: Self.summary(files))
        let lines = text.split(separator: "\n").filter { $0.contains("解码") }
        #expect(lines == ["::warning title=未解码（--depth quick）::3 个文件的 5 项未检查：\(Self.names[0])"])
    }

    @Test("`HTMLRun` tells above the table what was not decoded, and shows it in the details of each file only")
    func page() throws {
        let files = try Self.files()
        let page = try SampleRun.text(HTMLRun(language: .chinese), files, summary: Self.summary(files))
        let note = "<li><b>未解码（--depth quick）</b>：3 个文件的 5 项未检查：\(Self.names[0])</li>"
        #expect(page.ranges(of: note).count == 1)
        let line = "? 5 项须解码后才能检查：\(Self.names[0])".replacing("?", with: "？")
        #expect(page.ranges(of: line).count == 3)
        let row = try #require(HTMLMarkup.contents(of: page, from: "<tr class=\"q\"", to: "</tr>").first)
        #expect(row.contains("<td class=\"a\" data-n=\"0\"><details>"))
        #expect(row.contains("data-rules=\"|active-picture=undetermined|"))
    }

    @Test("`CSVRun` says in one phrase of the row what was not decoded, because the table has no summary")
    func csv() throws {
        let rows = try SampleRun.text(CSVRun(language: .chinese, columns: []), Self.files()).split(separator: "\r\n")
        #expect(rows.count { $0.contains("5 项须解码后才能检查：\(Self.names[0])") } == 3)
        #expect(!rows.contains { $0.contains(Finding.notDecodedMessage.zh) })
    }

    @Test("`JUnitRun` and JSON keep one record for each rule")
    func machines() throws {
        let file = try Self.files()[0]
        let cases = try XMLTree.root(
            SampleRun.text(JUnitRun(contestID: "xian-2024", language: .chinese), [file])
        ).children[0].all("testcase")
        let open = cases.filter { $0.children.first?.attributes["message"] == Finding.notDecodedMessage.zh }
        #expect(
            open.map { $0.attributes["name"] } == [
                "可解码 (decodable)", "黑边 (active-picture)", "黑屏 (black)", "静止 (freeze)", "无声 (silence)",
            ])
        let json = try SampleRun.text(NDJSONRun(), [file])
        #expect(json.ranges(of: #""reason":"not-decoded""#).count == 5)
    }

    @Test(
        "A workbook tells in its summary what was not decoded, and keeps one row for each finding",
        .enabled(if: OpenPyXL.python != nil, "CLIPCHECK_PYTHON names no Python with openpyxl"))
    func workbook() async throws {
        let files = try Self.files()
        let lines = try await SampleRuns.lines(files, Self.summary(files), .chinese)
        #expect(lines.contains { $0.contains("\"未解码（--depth quick）\"") })
        #expect(lines.contains { $0.contains("\"3 个文件的 5 项未检查：\(Self.names[0])\"") })
        #expect(lines.count { $0.contains("s \"not-decoded\"") } == 15)
        #expect(lines.count { $0.contains("【未能检查】5 项须解码后才能检查：\(Self.names[0])") } == 3)
    }
}
