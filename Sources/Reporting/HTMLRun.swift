internal import ContestRules
internal import Crypto
public import MediaFacts

internal import struct Foundation.Data

/// The results of a run as one HTML page that needs no other file and opens from the disk: the counts, the reasons, and
/// a row for each file. The page is readable without its script, which only sorts and filters. All text from a file,
/// its name, the manifest or a report is escaped.
public struct HTMLRun: RunRendering {
    /// Language of the page.
    public var language: Language
    /// Number of rows rendered so far; the next row gets the number after it.
    var files = 0
    /// The rules of the reports rendered so far. The end of the page quotes each once.
    var rules = HTMLRunRules()
    /// Names and versions of the programs that made the reports rendered so far.
    private var tools: [String] = []
    private var contests: [ContestReference] = []
    /// Which stills a row shows. `opening` reduces them for long runs: a browser cannot open a page with thousands of
    /// pictures.
    var strip = HTMLContent.Strip.whole

    /// Most files of a run whose rows show `HTMLContent.Strip.whole`.
    static let mostFilesWithSheet = 60
    /// Most files of a run whose rows show stills at all. Above `mostFilesWithSheet` a row shows
    /// `HTMLContent.Strip.findings`.
    public static let mostFilesWithStills = 600

    /// Makes a renderer.
    public init(language: Language) { self.language = language }

    /// True: the page begins with the summary.
    public var beginsWithSummary: Bool { true }

    /// The head of the page, the summary, and the table of files up to its first row.
    public mutating func opening(_ summary: RunSummary) -> String {
        let contest = HTMLText.escaped(summary.contest[language])
        let total = summary.tally.total
        strip = total <= Self.mostFilesWithSheet ? .whole : total <= Self.mostFilesWithStills ? .findings : .none
        let title = words("参赛视频检查汇总", "Check of all videos")
        return """
            <!doctype html>
            <html lang="\(language == .chinese ? "zh-CN" : "en")">
            <head><meta charset="utf-8">
            <meta http-equiv="X-UA-Compatible" content="IE=edge"><meta name="renderer" content="webkit">
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="format-detection" content="telephone=no">
            <title>\(contest) – \(title)</title>
            <style>\(Self.style)</style>
            <script>\(Self.script)</script></head>
            <body>
            <header><p class="kind">\(title)</p>
            <h1>\(contest)</h1>
            <p class="small">\(facts(summary).joined(separator: " · "))</p></header>
            \(overview(summary))
            \(tableOpening(summary))

            """
    }

    /// The row of one file.
    public mutating func piece(_ file: CheckedFile) -> String {
        files += 1
        if let report = file.report {
            let tool = "clipcheck \(report.tool.clipcheck)"
            if !tools.contains(tool) { tools.append(tool) }
            if !contests.contains(report.contest) { contests.append(report.contest) }
            rules.add(report, file.work)
        }
        return row(file, number: files)
    }

    /// The end of the table, the clauses of the rules, and a footer with the contests and program versions of the
    /// reports.
    public mutating func closing(_ summary: RunSummary) -> String {
        let judged = contests.map { "\(HTMLText.escaped($0.id)) r\($0.revision) · \(HTMLText.escaped($0.digest))" }
        let more = words("再显示 500 个（还有 # 个）", "Show 500 more (# left)")
        return """
            </tbody></table>
            <p><button id="more" type="button" data-text="\(more)" hidden></button></p>
            \(rulesSection())
            <footer class="small">\((judged + tools.map(HTMLText.escaped)).joined(separator: "<br>"))</footer>
            </body></html>

            """
    }

    /// The items of the line below the title: the time of the end, the number of files, the id of the contest and the
    /// program versions.
    private func facts(_ summary: RunSummary) -> [String] {
        let ended = summary.endedAt.isEmpty ? [] : [words("检查时间 ", "Checked ") + Self.moment(summary.endedAt)]
        return ended + [
            words("共 \(summary.tally.total) 个文件", "Files: \(summary.tally.total)"),
            HTMLText.escaped(summary.contestID),
        ] + tools.map(HTMLText.escaped)
    }

    /// `2026-11-21 09:00 (UTC+08:00)` for an RFC 3339 time with a numeric offset; other text unchanged but escaped.
    static func moment(_ text: String) -> String {
        let zone = text.suffix(6)
        guard text.count >= 22, zone.first == "+" || zone.first == "-" else { return HTMLText.escaped(text) }
        return HTMLText.escaped(text.prefix(16).replacing("T", with: " ") + " (UTC\(zone))")
    }

    /// The Content-Security-Policy of the page. It allows the page's own style sheet and script, by their digests, and
    /// images in `data:` addresses, which the stills are.
    static let policy =
        "default-src 'none'; img-src data:; style-src '\(digest(style))'; script-src '\(digest(script))'; "
        + "base-uri 'none'; form-action 'none'"

    /// The SHA-256 of `text` as a hash-source. Source: Content Security Policy Level 3, §2.3.1.
    private static func digest(_ text: String) -> String {
        "sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())"
    }

    var words: Words { Words(language) }
}

/// The rules of a run's reports, each once, in the order in which they first appeared.
struct HTMLRunRules: Sendable {
    /// A rule with its clause from the notice.
    struct Clause: Hashable {
        /// Id of the rule.
        var rule: String
        /// The clause, in the words of the notice.
        var text: String
    }

    /// Clauses of the automatic checks.
    private(set) var measured: [Clause] = []
    /// Clauses that a person judges.
    private(set) var forPeople: [Clause] = []

    /// The names of all rules.
    private(set) var names = RuleNames()

    /// Adds the rules of a report and those of the findings about the work; a clause that is already there is not added
    /// again.
    mutating func add(_ report: Report, _ work: Work?) {
        for finding in report.findings + (work?.findings ?? []) {
            Self.add(Clause(rule: finding.rule, text: finding.clause), to: &measured)
            names.add(finding.rule, finding.name)
        }
        for item in report.checklist {
            Self.add(Clause(rule: item.rule, text: item.clause), to: &forPeople)
            // The name of the kind says no more than the title of the section.
            if item.name != PersonRule.title { names.add(item.rule, item.name) }
        }
    }

    private static func add(_ clause: Clause, to clauses: inout [Clause]) {
        if !clauses.contains(clause) { clauses.append(clause) }
    }
}
