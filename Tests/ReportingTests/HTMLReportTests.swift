import ContestRules
import MediaFacts
import Testing

@testable import Reporting

@Suite("HTMLReport")
struct HTMLReportTests {
    private static func page(_ report: Report, _ language: Language = .english) -> String {
        HTMLReport(language: language).page(report)
    }

    @Test(
        "`HTMLReport` escapes text of every source",
        arguments: HTMLMarkup.hostileTexts, Language.allCases)
    func hostile(text: String, language: Language) throws {
        let page = Self.page(try SampleReports.hostile(text), language)
        let harmless = Self.page(try SampleReports.hostile("harmless"), language)
        let added = Set(HTMLMarkup.tags(page)).subtracting(HTMLMarkup.tags(harmless))
        #expect(added.isEmpty)
        #expect(HTMLMarkup.tags(page).count == HTMLMarkup.tags(harmless).count)
        #expect(page.unicodeScalars.count { $0 == "\"" } == harmless.unicodeScalars.count { $0 == "\"" })
        #expect(page.contains(HTMLMarkup.escaped(text)))
    }

    @Test(
        "`HTMLReport` draws a time line for every length that a file can claim",
        arguments: [Int64(1), 150_000, 1 << 50, .max / 6 + 1, .max])
    func anyLength(milliseconds: Int64) throws {
        var report = try SampleReports.compliant()
        report.facts?.duration = .milliseconds(milliseconds)
        let piece = TimeRange(fromMilliseconds: 0, toMilliseconds: milliseconds)
        report.facts?.content = ContentFacts(
            depth: .standard, picture: PictureContent(framesExamined: 1, frames: 1, black: [piece]),
            sound: SoundContent(curve: [-20, -30], curveStep: .milliseconds(86_400_000)))
        #expect(Self.page(report).contains("<svg"))
        #expect(HTMLReport(language: .english).timeline(report)?.hasPrefix("<svg xmlns=") == true)
    }

    @Test(
        "`HTMLReport` shows the verdict and every finding with its clause, in the chosen language",
        arguments: [(Language.chinese, "不合格", "zh-CN"), (.english, "Non-compliant", "en")])
    func content(language: Language, verdict: String, tag: String) throws {
        let report = try SampleReports.nonCompliant()
        let page = Self.page(report, language)
        #expect(page.hasPrefix("<!doctype html>\n<html lang=\"\(tag)\">"))
        #expect(page.contains("<h1 class=\"non-compliant\">\(verdict)</h1>"))
        #expect(page.contains("<meta charset=\"utf-8\">"))
        for finding in report.findings {
            #expect(page.contains(HTMLMarkup.escaped(finding.message[language])))
            #expect(page.contains("“\(HTMLMarkup.escaped(finding.clause))”"))
        }
        for item in report.checklist { #expect(page.contains("“\(HTMLMarkup.escaped(item.clause))”")) }
        for text in ["short.mp4", "1:01.040", "xian-2024", report.id, "clipcheck 0.1.0"] {
            #expect(page.contains(text))
        }
    }

    @Test(
        "`HTMLReport` names each verdict in its heading",
        arguments: [(Verdict.compliant, "Compliant", "合格"), (.needsReview, "Needs review", "需人工确认")])
    func verdicts(verdict: Verdict, english: String, chinese: String) throws {
        var report = try SampleReports.compliant()
        report.verdict = verdict
        #expect(Self.page(report).contains("<h1 class=\"\(verdict.rawValue)\">\(english)</h1>"))
        #expect(Self.page(report, .chinese).contains("<h1 class=\"\(verdict.rawValue)\">\(chinese)</h1>"))
    }

    @Test("`HTMLReport` lists findings that need attention first, in the contest's order within an outcome")
    func order() throws {
        var report = try SampleReports.compliant()
        report.findings = [
            .of(.pass, rule: "pass-1"), .of(.review, rule: "review-1"), .of(.fail, rule: "fail-1"),
            .of(.advisory, rule: "advisory-1"), .of(.fail, rule: "fail-2"), .of(.pass, rule: "pass-2"),
            .of(.undetermined, rule: "unknown-1"), .of(.pending, rule: "pending-1"), .of(.review, rule: "review-2"),
        ]
        let rules = Self.page(report).matches(of: /class="small">([a-z]+-\d)/).map { String($0.1) }
        #expect(
            rules == [
                "fail-1", "fail-2", "review-1", "unknown-1", "pending-1", "review-2", "advisory-1", "pass-1", "pass-2",
            ])
    }

    @Test("`HTMLReport` says that a file could not be read, and why")
    func unread() throws {
        let report = try SampleReports.unread(.damaged, zh: "文件已损坏。", en: "The file is damaged.")
        #expect(Self.page(report).contains("The file could not be read"))
        #expect(Self.page(report).contains("The file is damaged."))
        #expect(Self.page(report, .chinese).contains("文件已损坏。"))
    }

    @Test("`HTMLReport` loads no script, style sheet, picture or font")
    func alone() throws {
        let page = Self.page(try SampleReports.nonCompliant())
        for word in ["<script", "<link", "<img", "url(", "@import", "http://", "https://", "src="] {
            #expect(!page.contains(word))
        }
    }
}
