public import ContestRules
public import MediaFacts

/// One report as an HTML page that needs no other file. All text from the file, its name and the report is escaped.
public struct HTMLReport: Sendable {
    /// Language of the page.
    public var language: Language

    /// Makes a renderer.
    public init(language: Language) { self.language = language }

    /// The whole HTML document for `report`.
    ///
    /// - Parameter stills: pictures that the report's evidence names, as far as the caller has them.
    public func page(_ report: Report, stills: [Still] = []) -> String {
        let names = RuleNames(report.findings, report.checklist)
        let findings = JoinedFindings.joining(report.findings.sorted(by: attentionFirst))
        let title = words("参赛视频检查报告", "Compliance report")
        return """
            <!doctype html>
            <html lang="\(language == .chinese ? "zh-CN" : "en")">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title><style>\(Self.style)\(HTMLContent.style)</style></head>
            <body>
            <h1 class="\(report.verdict.rawValue)">\(words.heading(words.verdict(report.verdict)))</h1>
            <p><b>\(HTMLText.path(report.media.filename ?? "–"))</b><br>\(summary(report))</p>
            <h2>\(words("检查结果", "Findings"))</h2>
            <table><tbody>
            \(findings.map { row($0, names) }.joined(separator: "\n"))
            </tbody></table>
            \(HTMLContent(words: words, report: report, stills: stills).figure(.whole))
            \(checklist(report, names))
            <p class="small">\(escaped(report.contest.id)) r\(report.contest.revision) · \(escaped(report.createdAt))<br>
            SHA-256 \(escaped(report.media.sha256 ?? "–"))<br>clipcheck \(escaped(report.tool.clipcheck)) · \(escaped(report.id))</p>
            </body></html>

            """
    }

    /// The time line of `report` as an SVG file: the ranges that the content check found, and the loudness curve. Nil
    /// when the content was not decoded.
    public func timeline(_ report: Report) -> String? {
        HTMLTimeline(words: words, report: report).file
    }

    private func summary(_ report: Report) -> String {
        report.facts.map { escaped(FactsLine.text($0)) } ?? words("文件无法读取", "The file could not be read")
    }

    private func attentionFirst(_ left: Finding, _ right: Finding) -> Bool { rank(left.outcome) < rank(right.outcome) }

    private func rank(_ outcome: Finding.Outcome) -> Int {
        switch outcome {
        case .fail: 0
        case .review, .undetermined, .pending: 1
        case .advisory: 2
        case .pass: 3
        }
    }

    /// A row with the message, and below it the name of the rule and its clause; of a joined line the clauses only.
    private func row(_ line: JoinedFindings, _ names: RuleNames) -> String {
        let outcome = line.first.outcome
        let name = line.isJoined ? "" : escaped(names.label(of: line.first.rule, in: language)) + words("：", ": ")
        let clauses = line.findings.map(\.clause).reduce(into: [String]()) { quoted, clause in
            if !quoted.contains(clause) { quoted.append(clause) }
        }.map { "“\(escaped($0))”" }
        return """
            <tr class="\(outcome.rawValue)"><td class="mark">\(words.outcome(outcome))</td>\
            <td>\(escaped(words.text(line, names)))<br><span class="small">\(name)\
            \(clauses.joined(separator: words("、", ", ")))</span></td></tr>
            """
    }

    private func checklist(_ report: Report, _ names: RuleNames) -> String {
        guard !report.checklist.isEmpty else { return "" }
        return """
            <h2>\(words("待人工核对", "For a person"))</h2>
            <table><tbody>
            \(report.checklist.map { row($0, names) }.joined(separator: "\n"))
            </tbody></table>
            """
    }

    private func row(_ item: ChecklistItem, _ names: RuleNames) -> String {
        // The clause is all that people need of a rule that has no name of its own.
        let name =
            item.name == PersonRule.title
            ? "" : "\(escaped(names.label(of: item.rule, in: language)))\(words("：", ": "))"
        let evidence = item.evidence.map {
            "<br><span class=\"small\">\(escaped($0.value)) – \(escaped($0.note[language]))</span>"
        }
        return "<tr><td class=\"mark\">☐</td><td>\(name)“\(escaped(item.clause))”\(evidence.joined())</td></tr>"
    }

    private var words: Words { Words(language) }

    private func escaped(_ text: String) -> String { HTMLText.escaped(text) }

    private static let style = """
        body { font: 15px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; max-width: 50rem; \
        margin: 2rem auto; padding: 0 1rem; color: #1a1a1a } \
        h1 { padding: .4rem .8rem; border-left: .5rem solid } \
        h1.compliant { color: #17692f } h1.needs-review { color: #8a5a00 } h1.non-compliant { color: #b3261e } \
        table { border-collapse: collapse; width: 100% } td { border-top: 1px solid #ddd; padding: .4rem; \
        vertical-align: top } .mark { white-space: nowrap; width: 6rem; font-weight: bold } \
        .fail .mark { color: #b3261e } .review .mark, .undetermined .mark { color: #8a5a00 } \
        .pass { color: #555 } .small { font-size: .85em; color: #666; overflow-wrap: anywhere }
        """
}
