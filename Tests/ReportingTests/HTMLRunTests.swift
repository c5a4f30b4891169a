import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("HTMLRun")
struct HTMLRunTests {
    private static let files = Result { try (0..<60).map { try SamplePages.file($0) } }

    private static func page(
        _ language: Language = .english, _ change: (inout RunSummary) -> Void = { _ in }
    ) throws -> String {
        try SamplePages.page(files.get(), language, change)
    }

    // MARK: Content

    @Test("`HTMLRun` writes the golden page byte for byte", arguments: [(Language.chinese, "zh"), (.english, "en")])
    func golden(language: Language, name: String) throws {
        let page = try SamplePages.page([1, 2, 4, 6, 8, 19].map { try SamplePages.file($0) }, language) {
            ($0.isInterrupted, $0.unchecked, $0.passedOver) = (true, 2, ["雁塔区/报名表.docx"])
            $0.notes = [RunSummary.Note("清单.csv:7", LocalizedText(zh: "没有这个文件。", en: "There is no such file."))]
        }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/run.\(name).html")
        if ProcessInfo.processInfo.environment["CLIPCHECK_WRITE_GOLDEN"] != nil {
            try page.write(to: file, atomically: true, encoding: .utf8)
        }
        let golden = try String(contentsOf: file, encoding: .utf8)
        let differing = zip(page.split(separator: "\n"), golden.split(separator: "\n")).first { $0 != $1 }
        #expect(differing?.0 == differing?.1)
        #expect(page.utf8.elementsEqual(golden.utf8))
    }

    @Test("`HTMLRun` shows every finding of every file and quotes every clause", arguments: Language.allCases)
    func complete(language: Language) throws {
        let page = try Self.page(language)
        for file in try Self.files.get() {
            let number = try #require(Self.row(file.path, of: page))
            let findings = (file.report?.findings ?? []) + (file.work?.findings ?? [])
            for finding in findings {
                #expect(number.contains(HTMLMarkup.escaped(finding.message[language])))
                #expect(page.contains(HTMLMarkup.escaped(finding.clause)))
            }
            if case .failure(let error) = file.outcome { #expect(number.contains(error.message[language])) }
            for item in file.report?.checklist ?? [] {
                #expect(number.contains(item.rule) && page.contains(HTMLMarkup.escaped(item.clause)))
                for evidence in item.evidence { #expect(number.contains(evidence.note[language])) }
            }
            for field in file.work?.fields ?? [] { #expect(number.contains(field.value)) }
            if let digest = file.report?.media.sha256 { #expect(number.contains(digest)) }
        }
    }

    /// The row of the file at `path`.
    private static func row(_ path: String, of page: String) -> String? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return HTMLMarkup.contents(of: page, from: "<tr class=", to: "</tr>").first {
            $0.contains("</i>\(name)</span>")
        }
    }

    @Test("`HTMLRun` counts the files of each verdict, reason and region")
    func counts() throws {
        let (page, files) = (try Self.page(), try Self.files.get())
        let verdicts = files.map(\.report?.verdict)
        for (key, verdict) in [("x", Verdict.nonCompliant), ("q", .needsReview), ("k", .compliant), ("e", nil)] {
            let count = verdicts.count { $0 == verdict }
            #expect(count > 0 && page.contains("data-value=\"\(key)\"><b>\(count)</b>"))
            #expect(page.split(separator: "<tr class=\"\(key)\"").count { $0.contains("class=\"i\"") } >= 1)
        }
        let short = files.count {
            $0.report?.findings.contains { $0.rule == "duration" && $0.outcome == .fail } ?? false
        }
        let reason = HTMLMarkup.contents(of: page, from: "data-value=\"duration=fail\">", to: "</tr>")[0]
        #expect(short > 0 && reason.contains("<td class=\"number\">\(short)</td>"))
        let region = files.filter { $0.work?.region == "雁塔区" }
        let group = HTMLMarkup.contents(of: page, from: "data-value=\"=雁塔区\">", to: "</tr>")[0]
        let figures = group.matches(of: /<td class="number[ a-z]*">(\d+)</).compactMap { Int($0.1) }
        let standings = HTMLRun.Standing.allCases.map { standing in region.count { HTMLRun.Standing($0) == standing } }
        #expect(figures == [region.count] + standings)
    }

    @Test(
        "`HTMLRun` shows interruption, errors, notes and files that are no videos above the counts",
        arguments: [
            (Language.chinese, ["检查被中断", "还有 7 个文件没有检查", "3 个文件出错", "写不了。", "跳过 2 个"]),
            (
                .english,
                ["was interrupted", "Files not checked: 7", "Files without a verdict: 3", "Cannot.", "no videos: 2"]
            ),
        ])
    func notices(language: Language, texts: [String]) throws {
        let page = try Self.page(language) {
            ($0.isInterrupted, $0.unchecked, $0.passedOver) = (true, 7, ["a.docx", "b.txt"])
            $0.notes = [RunSummary.Note("out.csv", LocalizedText(zh: "写不了。", en: "Cannot."))]
        }
        let top = page.split(separator: "class=\"tally\"")[0]
        for text in texts + ["out.csv", "a.docx", "b.txt"] { #expect(top.contains(text)) }
        #expect(!(try Self.page(language)).contains(texts[0]))
    }

    @Test("`HTMLRun` names broken quotas, and hides the columns of region and category when no work has them")
    func groups() throws {
        let page = try Self.page()
        #expect(page.contains("临潼区 has 0 that stand") && page.contains("雁塔区</a> <b class=\"mark x\">quota</b>"))
        #expect(page.contains("class=\"list\""))
        let plain = try SamplePages.page([SamplePages.file(0, isPlain: true)], .english)
        #expect(plain.contains("class=\"list no-region no-category\"") && !plain.contains("By region"))
    }

    @Test("`HTMLRun` says that no file was checked when there is none")
    func empty() throws {
        #expect(try SamplePages.page([], .english).contains("No file was checked."))
        #expect(try SamplePages.page([], .chinese).contains("没有检查任何文件。"))
    }

    @Test("`HTMLRun` writes a compliant file without stills in less than 2000 bytes")
    func size() throws {
        var renderer = HTMLRun(language: .chinese)
        let file = try SamplePages.file(0)
        #expect(file.report?.verdict == .compliant && file.work != nil)
        #expect(renderer.piece(file).utf8.count < 2000)
    }

    // MARK: Safety

    @Test("`HTMLRun` escapes text of every source", arguments: HTMLMarkup.hostileTexts, Language.allCases)
    func hostile(text: String, language: Language) throws {
        let page = try Self.hostilePage(text, language)
        let harmless = try Self.hostilePage("harmless", language)
        #expect(HTMLMarkup.bareTags(page) == HTMLMarkup.bareTags(harmless))
        #expect(page.unicodeScalars.count { $0 == "\"" } == harmless.unicodeScalars.count { $0 == "\"" })
        #expect(page.contains(HTMLMarkup.escaped(text)))
    }

    @Test("`HTMLRun` replaces characters that turn the reading direction")
    func direction() throws {
        let page = try Self.hostilePage(
            "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}", .english)
        for scalar in page.unicodeScalars {
            #expect(!(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value))
        }
    }

    /// A page on which every text from a file, a work or a note is `text`.
    private static func hostilePage(_ text: String, _ language: Language) throws -> String {
        let both = LocalizedText(zh: text, en: text)
        let report = try SampleReports.hostile(text)
        let names = ["title", "entrant", "organisation", "phone", text]
        let fields = names.map { Work.Field(name: $0, label: both, value: text) }
        let work = Work(fields: fields, category: text, region: text, findings: report.findings)
        let error = IntakeError(.fileMissing, zh: text, en: text)
        let files = [
            CheckedFile(
                path: "a/\(text.replacing("/", with: ""))", outcome: .success(report), work: work, isUnchanged: true),
            CheckedFile(path: "a/\(text)", outcome: .failure(error), work: work),
        ]
        var contest = try SamplePages.contest()
        let quotas = contest.quotas.map {
            Quota(id: $0.id, grouping: $0.grouping, least: $0.least, most: $0.most, groups: [text], clause: text)
        }
        contest = contest.with(id: text, name: both, quotas: quotas)
        return SamplePages.page(files, language, contest: contest) {
            ($0.endedAt, $0.passedOver) = (text, [text])
            $0.notes = (0..<20).map { _ in RunSummary.Note(text, both) }
        }
    }

    @Test("The page of `HTMLRun` fetches nothing, and its links lead to the page itself")
    func alone() throws {
        let page = try Self.page()
        for word in ["http://", "https://", "src=", "url(", "@import", "<link", "<img", "<iframe", "<form"] {
            #expect(!page.contains(word))
        }
        #expect(HTMLMarkup.contents(of: page, from: "href=\"", to: "\"").allSatisfy { $0 == "#files" })
        #expect(page.contains(" id=\"files\""))
    }

    @Test("The policy of the page allows its own script, its own style sheet and `data:` images only")
    func policy() throws {
        let page = try Self.page()
        let styles = HTMLMarkup.contents(of: page, from: "<style>", to: "</style>")
        let scripts = HTMLMarkup.contents(of: page, from: "<script>", to: "</script>")
        let style = HTMLMarkup.digest(try #require(styles.first))
        let script = HTMLMarkup.digest(try #require(scripts.first))
        #expect(styles.count == 1 && scripts.count == 1)
        let policy = HTMLMarkup.contents(of: page, from: "Content-Security-Policy\" content=\"", to: "\"")
        #expect(
            policy == [
                "default-src 'none'; img-src data:; style-src 'sha256-\(style)'; "
                    + "script-src 'sha256-\(script)'; base-uri 'none'; form-action 'none'"
            ])
        for tag in HTMLMarkup.bareTags(page) { #expect(!tag.contains(" style=") && !tag.contains(" on")) }
    }
}
