internal import ContestRules
internal import EntryIntake
public import MediaFacts

/// A report as an organiser reads it in a terminal: the verdict first, then only what needs attention.
public struct TextReport: Sendable {
    /// Language of the text.
    public var language: Language
    /// Whether verdicts are coloured.
    public var isColoured: Bool
    /// Columns of the terminal; nil leaves lines unbroken, as a pipe wants them.
    public var width: Int?

    /// Makes a renderer.
    public init(language: Language, isColoured: Bool, width: Int?) {
        self.language = language
        self.isColoured = isColoured
        self.width = width
    }

    /// One file's result, ending with a line break.
    public func text(_ file: CheckedFile) -> String {
        switch file.outcome {
        case .success(let report): text(report, path: file.path)
        case .failure(let error):
            lines(
                [headline(words("出错", "error"), .fail, file.path)]
                    + item("×", .fail, error.message[language]))
        }
    }

    /// The last line of a run: how many files came out how.
    public func summary(_ counts: Tally) -> String {
        let parts = [
            words("共 \(counts.total) 个文件", "\(counts.total) files"),
            words("合格 \(counts.compliant)", "\(counts.compliant) compliant"),
            words("需人工确认 \(counts.needsReview)", "\(counts.needsReview) need review"),
            words("不合格 \(counts.nonCompliant)", "\(counts.nonCompliant) non-compliant"),
            counts.errors > 0 ? words("出错 \(counts.errors)", "\(counts.errors) errors") : nil,
        ]
        return lines(broken(parts.compactMap(\.self).joined(separator: words("，", ", ")), indent: 0))
    }

    private func text(_ report: Report, path: String) -> String {
        let (label, style) = verdict(report.verdict)
        var result = [headline(label, style, path)]
        if let facts = report.facts { result += block(FactsLine.text(facts), indent: 2, style: .dim) }
        // Of a file that could not be read, only `readable` measured why; the others just follow from it.
        let findings = report.findings.filter {
            report.facts != nil || $0.outcome != .undetermined || $0.measured != nil
        }
        for outcome in [Finding.Outcome.fail, .review, .undetermined, .pending, .advisory] {
            result += findings.filter { $0.outcome == outcome }.flatMap(attention)
        }
        if report.facts == nil {
            let unchecked = report.findings.count - findings.count
            result += block(
                words("其余 \(unchecked) 项未能检查。", "The other \(unchecked) rules were not checked."), indent: 4)
        }
        let people = report.checklist.map(\.rule).joined(separator: ", ")
        if !people.isEmpty {
            result += block(words("待人工核对：", "For a person: ") + people, indent: 2, style: .dim)
        }
        return lines(result)
    }

    private func attention(_ finding: Finding) -> [String] {
        let (mark, style): (String, Style) =
            switch finding.outcome {
            case .fail: ("×", .fail)
            case .advisory: ("○", .advisory)
            default: ("?", .review)
            }
        return item(mark, style, finding.message[language])
            + block(
                "\(finding.rule)" + words("：“\(finding.clause)”", ": \"\(finding.clause)\""), indent: 4, style: .dim)
    }

    private func verdict(_ verdict: Verdict) -> (String, Style) {
        switch verdict {
        case .compliant: (words("合格", "compliant"), .pass)
        case .needsReview: (words("需人工确认", "needs review"), .review)
        case .nonCompliant: (words("不合格", "non-compliant"), .fail)
        }
    }

    private func headline(_ label: String, _ style: Style, _ path: String) -> String {
        let longest = words("需人工确认", "non-compliant")
        return styled(DisplayWidth.padded(label, to: DisplayWidth.of(longest)), style) + "  " + Self.visible(path)
    }

    private func item(_ mark: String, _ style: Style, _ message: String) -> [String] {
        let rows = broken(message, indent: 4)
        return rows.enumerated().map { index, row in
            (index == 0 ? "  \(styled(mark, style)) " : "    ") + row
        }
    }

    private func block(_ text: String, indent: Int, style: Style? = nil) -> [String] {
        broken(text, indent: indent).map { row in
            String(repeating: " ", count: indent) + (style.map { styled(row, $0) } ?? row)
        }
    }

    private func broken(_ text: String, indent: Int) -> [String] {
        width.map { DisplayWidth.wrapped(text, to: max(20, $0 - indent)) } ?? [text]
    }

    private func words(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    private func lines(_ rows: [String]) -> String { rows.joined(separator: "\n") + "\n" }

    /// A path without the control characters that could drive a terminal.
    public static func visible(_ path: String) -> String {
        String(
            String.UnicodeScalarView(
                path.unicodeScalars.map {
                    $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
                        ? "\u{fffd}" : $0
                }))
    }

    private enum Style: String {
        case pass = "1;32"
        case fail = "1;31"
        case review = "1;33"
        case advisory = "36"
        case dim = "2"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        isColoured ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
    }
}
