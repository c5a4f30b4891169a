internal import ContestRules
internal import EntryIntake
public import MediaFacts

/// A report as text for an organiser at a terminal: the verdict first, then only the findings that need attention.
public struct TextReport: Sendable {
    /// Language of the text.
    public var language: Language
    /// Whether the text contains ECMA-48 sequences: colours for verdicts and marks, dim text for facts and clauses.
    public var isColoured: Bool
    /// Width of the terminal in columns; lines are broken to it, but not below 20 columns. Nil does not break lines, as
    /// the reader of a pipe expects.
    public var width: Int?

    /// Makes a renderer.
    public init(language: Language, isColoured: Bool, width: Int?) {
        self.language = language
        self.isColoured = isColoured
        self.width = width
    }

    /// The result of one file, ending with LF.
    public func text(_ file: CheckedFile) -> String { text(file, tellsUndecoded: true) }

    /// The result of one file, ending with LF.
    ///
    /// - Parameter tellsUndecoded: whether the text names the checks that were not made for want of decoding; false where
    ///   `summary` names them once for all files.
    func text(_ file: CheckedFile, tellsUndecoded: Bool) -> String {
        switch file.outcome {
        case .success(let report): text(report, file, tellsUndecoded: tellsUndecoded)
        case .failure(let error):
            lines(
                headline(file) + item("×", .fail, error.message[language], indent: 2))
        }
    }

    /// The number of files of each verdict, ending with LF.
    ///
    /// - Parameter unchanged: number of files whose report was taken from an earlier run; 0 is not mentioned.
    public func summary(_ counts: Tally, unchanged: Int = 0) -> String {
        let same =
            unchanged > 0
            ? words("，其中 \(unchanged) 个未变，沿用上次结果", ", \(unchanged) unchanged since the last run") : ""
        return lines(broken(words.counts(counts) + same, indent: 0))
    }

    private func text(_ report: Report, _ file: CheckedFile, tellsUndecoded: Bool) -> String {
        let names = file.ruleNames
        var result = headline(file)
        if let facts = report.facts { result += block(FactsLine.text(facts), indent: 2, style: .dim) }
        result += words.scope(report).map { block(Self.visible($0), indent: 2, style: .dim) } ?? []
        result += file.work.map { description($0, of: report) } ?? []
        let findings = tellsUndecoded ? report.attention : report.attention.withoutUndecoded
        for outcome in [Finding.Outcome.fail, .review, .undetermined, .pending, .advisory] {
            result += attention(findings.filter { $0.outcome == outcome }, names)
            // Findings about the submission never count in the verdict, so a prefix sets them apart.
            result += attention(
                (file.work?.findings ?? []).filter { $0.outcome == outcome }, names, prefix: words.submission)
        }
        let unchecked = report.findings.count(where: report.merelyFollows)
        if unchecked > 0 {
            result += block(
                words("其余 \(unchecked) 项未能检查。", "The other \(unchecked) rules were not checked."), indent: 4)
        }
        let people = report.checklist.filter { !$0.isBlocking }.map { words.name($0, names) }.joined(
            separator: words("、", ", "))
        if !people.isEmpty {
            result += block(words("待人工核对：", "For a person: ") + people, indent: 2, style: .dim)
        }
        return lines(result)
    }

    /// Category, region and form fields of a work; without the category where the scope of the report names it.
    private func description(_ work: Work, of report: Report) -> [String] {
        let parts =
            [report.scope == nil ? work.category : nil, work.region].compactMap(\.self)
            + work.fields.map { field in "\(field.label[language])\(words("：", ": "))\(field.value)" }
        return parts.isEmpty ? [] : block(Self.visible(parts.joined(separator: " · ")), indent: 2, style: .dim)
    }

    /// The message of each line of `findings`, with the name of its rule and its clause below.
    private func attention(_ findings: [Finding], _ names: RuleNames, prefix: String = "") -> [String] {
        JoinedFindings.joining(findings).withQuotes.flatMap { line, quotes in
            let (mark, style): (String, Style) =
                switch line.first.outcome {
                case .fail: ("×", .fail)
                case .advisory: ("○", .advisory)
                default: ("?", .review)
                }
            return item(mark, style, prefix + words.text(line, names), indent: 2)
                + (quotes ? block(quoted(line.first, names), indent: 4, style: .dim) : [])
        }
    }

    private func quoted(_ finding: Finding, _ names: RuleNames) -> String {
        names.label(of: finding.rule, in: language) + words("：“\(finding.clause)”", ": \"\(finding.clause)\"")
    }

    private func style(_ verdict: Verdict) -> Style {
        switch verdict {
        case .compliant: .pass
        case .needsReview: .review
        case .nonCompliant: .fail
        }
    }

    /// The verdict and the path, which goes on in further lines where it is too long.
    private func headline(_ file: CheckedFile) -> [String] {
        let (label, style) = verdictWord(file)
        let column = DisplayWidth.of(words("需人工确认", "non-compliant")) + 2
        let path = broken(file.path, indent: column)
        let first = styled(DisplayWidth.padded(label, to: column - 2), style) + "  " + (path.first ?? "")
        return [first] + path.dropFirst().map { String(repeating: " ", count: column) + $0 }
    }

    /// The verdict or the word for a missing report, with its style.
    func verdictWord(_ file: CheckedFile) -> (String, Style) {
        file.report.map { (words.verdict($0.verdict), style($0.verdict)) } ?? (words.error, .fail)
    }

    /// `row` with `style` on `start`, the text that it must begin with.
    func coloured(_ row: String, like start: String, _ style: Style) -> String {
        styled(start, style) + row.dropFirst(start.count)
    }

    /// `row` in the style of a line of column titles.
    func styledHeader(_ row: String) -> String { styled(row, .dim) }

    /// `message` in one line or more, the first with `mark` in `style` before it, all indented by `indent` columns.
    func item(_ mark: String, _ style: Style, _ message: String, indent: Int) -> [String] {
        let (margin, rows) = (String(repeating: " ", count: indent), broken(message, indent: indent + 2))
        return rows.enumerated().map { index, row in margin + (index == 0 ? "\(styled(mark, style)) " : "  ") + row }
    }

    /// `text` in lines that fit the terminal, each indented by `indent` columns and in `style`; nil leaves the style
    /// plain.
    func block(_ text: String, indent: Int, style: Style? = nil) -> [String] {
        broken(text, indent: indent).map { row in
            String(repeating: " ", count: indent) + (style.map { styled(row, $0) } ?? row)
        }
    }

    /// `text` from any source, without control characters, in lines that leave `indent` columns free.
    func broken(_ text: String, indent: Int) -> [String] {
        let text = Self.visible(text)
        return width.map { DisplayWidth.wrapped(text, to: max(20, $0 - indent)) } ?? [text]
    }

    /// The words in the report's language.
    var words: Words { Words(language) }

    /// `rows` joined by LF, with one LF at the end.
    func lines(_ rows: [String]) -> String { rows.joined(separator: "\n") + "\n" }

    /// `path`, or text from any other source, with U+FFFD for each control or format character: such characters could
    /// drive a terminal or begin a new line.
    public static func visible(_ path: String) -> String {
        ControlCharacters.replaced(in: path) { scalar, _ in
            scalar.properties.generalCategory == .format ? "\u{fffd}" : nil
        }
    }

    /// Styles of text. The raw values are parameters of the ECMA-48 sequence "select graphic rendition".
    enum Style: String {
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
