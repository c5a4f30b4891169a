import ContestRules
import EntryIntake
import MediaFacts
import Testing

@testable import Reporting

@Suite("Scope of a report")
struct ScopeTests {
    @Test(
        "`Words.scope` names the category with its source, or says that it is unknown",
        arguments: [
            (Declaration(category: "短视频", source: .folder), "类别：短视频（取自文件夹）", "Category: 短视频 (from the folder)"),
            (Declaration(category: "短视频", source: .option), "类别：短视频（取自--category）", "Category: 短视频 (from --category)"),
            (
                Declaration(source: .form, unknownCategory: "纪录片"), "类别“纪录片”不在本次征集之列（取自表单）",
                "\"纪录片\" is no category of the contest (from the form)"
            ),
            (Declaration(), "类别未知", "Category unknown"),
            (Declaration(fields: ["ai": "是"]), nil, nil),
            (nil, nil, nil),
        ] as [(Declaration?, String?, String?)])
    func category(scope: Declaration?, zh: String?, en: String?) throws {
        var report = try SampleReports.compliant()
        report.scope = scope
        #expect(Words(.chinese).scope(report) == zh)
        #expect(Words(.english).scope(report) == en)
        let text = TextReport(language: .chinese, isColoured: false, width: nil).text(
            CheckedFile(path: "a.mp4", outcome: .success(report)))
        #expect(text.contains("  \(zh ?? "类别")\n") == (zh != nil))
        let page = HTMLReport(language: .english).page(report)
        #expect(page.contains("<br>" + HTMLText.escaped(en ?? "Category")) == (en != nil))
    }

    @Test("`Words.scope` names the role of a further video before the category")
    func role() throws {
        var report = try SampleReports.compliant()
        report.role = "preview"
        #expect(Words(.chinese).scope(report) == "视频：preview")
        report.scope = Declaration(category: "短视频", source: .manifest)
        #expect(Words(.english).scope(report) == "Video: preview · Category: 短视频 (from the table of works)")
    }
}

@Suite("Blocking items of the checklist")
struct BlockingItemTests {
    @Test("an item that keeps the verdict at needs-review is told in every text format, and once")
    func told() throws {
        var report = try SampleReports.compliant()
        report.checklist.append(
            ChecklistItem(
                rule: "watermark", name: LocalizedText(zh: "水印", en: "Watermark"), level: .required, clause: "不得有水印",
                evidence: [], isBlocking: true))
        report.verdict = .needsReview
        let file = CheckedFile(path: "a.mp4", outcome: .success(report))
        let text = TextReport(language: .chinese, isColoured: false, width: nil)
        let whole = text.text(file)
        #expect(whole.contains("  ? “不得有水印”须由人确认后才能判为合格。\n    水印：“不得有水印”\n"))
        #expect(whole.ranges(of: "水印").count == 3, "the line of other people's items leaves it out")
        var table = TextRun(text, detail: .table, hasSummary: true)
        #expect(table.piece(file).contains("? “不得有水印”须由人确认后才能判为合格。\n"))
        var github = GitHubRun(language: .english)
        #expect(github.piece(file).contains("::warning file=a.mp4,title=Watermark"))
    }
}
