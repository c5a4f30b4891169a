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
