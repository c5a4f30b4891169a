internal import ContestRules
internal import Crypto
public import MediaFacts

internal import struct Foundation.Data

/// A whole run as one page that stands alone and opens from the disk: what came out, why, and every file. Readable
/// without the script, which only sorts and filters. Everything from a file, its name, the manifest or a report is
/// escaped.
public struct HTMLRun: RunRendering {
    /// Language of the page.
    public var language: Language
    /// How many files were rendered; the next one's number follows.
    var files = 0
    /// The rules that were met with so far, which the end of the page quotes once for all files.
    var rules = HTMLRunRules()
    /// What made the reports so far.
    private var tools: [String] = []
    private var contests: [ContestReference] = []
    /// Which stills a row shows: a page with many rows would not open any more.
    var strip = HTMLContent.Strip.whole

    /// Files of a run that has all its stills on the page.
    static let mostFilesWithSheet = 60
    /// Files of a run that has stills on the page at all: those that show a finding.
    public static let mostFilesWithStills = 600

    /// Makes a renderer.
    public init(language: Language) { self.language = language }

    /// The page opens with what the run comes to.
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

    /// The end of the table, the rules that the rows name, and what made the page.
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

    /// When, how many, by which rules and with what.
    private func facts(_ summary: RunSummary) -> [String] {
        let ended = summary.endedAt.isEmpty ? [] : [words("检查时间 ", "Checked ") + Self.moment(summary.endedAt)]
        return ended + [
            words("共 \(summary.tally.total) 个文件", "Files: \(summary.tally.total)"),
            HTMLText.escaped(summary.contestID),
        ] + tools.map(HTMLText.escaped)
    }

    /// `2026-11-21 09:00 (UTC+08:00)` for an RFC 3339 moment.
    static func moment(_ text: String) -> String {
        let zone = text.suffix(6)
        guard text.count >= 22, zone.first == "+" || zone.first == "-" else { return HTMLText.escaped(text) }
        return HTMLText.escaped(text.prefix(16).replacing("T", with: " ") + " (UTC\(zone))")
    }

    /// Nothing but the one style sheet and the one script of this page, by their digests.
    static let policy =
        "default-src 'none'; img-src data:; style-src '\(digest(style))'; script-src '\(digest(script))'; "
        + "base-uri 'none'; form-action 'none'"

    /// A hash-source of Content Security Policy Level 3, §2.3.1.
    private static func digest(_ text: String) -> String {
        "sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())"
    }

    var words: Words { Words(language) }
}

/// The rules that the files of a run were judged by, each once, in the order they were met with.
struct HTMLRunRules: Sendable {
    /// What the notice says.
    struct Clause: Hashable {
        /// Id of the rule.
        var rule: String
        /// The notice's own words.
        var text: String
    }

    /// Rules that were measured.
    private(set) var measured: [Clause] = []
    /// Rules that a person judges.
    private(set) var forPeople: [Clause] = []

    /// Takes note of a report's rules, and of the work's.
    mutating func add(_ report: Report, _ work: Work?) {
        for finding in report.findings + (work?.findings ?? []) {
            Self.add(Clause(rule: finding.rule, text: finding.clause), to: &measured)
        }
        for item in report.checklist { Self.add(Clause(rule: item.rule, text: item.clause), to: &forPeople) }
    }

    private static func add(_ clause: Clause, to clauses: inout [Clause]) {
        if !clauses.contains(clause) { clauses.append(clause) }
    }
}
