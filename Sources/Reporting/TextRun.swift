internal import ContestRules
internal import EntryIntake
internal import MediaFacts

/// The results of a run as text for an organiser at a terminal: one line for each file, its findings below, and at the
/// end the reasons, the most frequent first.
public struct TextRun: RunRendering {
    /// How much the output says of each file.
    public enum Detail: Sendable, Hashable {
        /// One line, and below it a message for each finding that needs attention, except advice and what
        /// `RunSummary.undecoded` tells once for all files.
        case table
        /// The whole `TextReport`: facts, advice too, and each finding with its clause.
        case full
    }

    private let text: TextReport
    private let detail: Detail
    private let hasSummary: Bool
    private var hasHeader = false

    /// Makes a renderer.
    ///
    /// - Parameter hasSummary: whether `closing` contains the run's summary; a run over a single file needs none.
    public init(_ text: TextReport, detail: Detail, hasSummary: Bool = true) {
        self.text = text
        self.detail = detail
        self.hasSummary = hasSummary
    }

    /// The result of one file; before the first line of a table, the column titles.
    public mutating func piece(_ file: CheckedFile) -> String {
        guard detail == .table else { return text.text(file, tellsUndecoded: !hasSummary) }
        defer { hasHeader = true }
        return (hasHeader ? "" : text.tableHeader()) + text.tableRow(file, tellsUndecoded: !hasSummary)
    }

    /// The summary and the notes about the run.
    public mutating func closing(_ summary: RunSummary) -> String {
        guard hasSummary || !summary.notes.isEmpty || !summary.passedOver.isEmpty else { return "" }
        let gap = hasHeader && text.width != nil ? "\n" : ""
        return gap + (hasSummary ? text.summary(summary) : "") + text.notes(summary)
    }
}

extension TextReport {
    /// Widths of the columns before the file's path, in terminal columns: verdict, length, picture.
    private var widths: [Int] { [language == .chinese ? 12 : 15, 11, 11] }

    fileprivate func tableHeader() -> String {
        let titles = language == .chinese ? ["结论", "时长", "画面", "文件"] : ["verdict", "length", "picture", "file"]
        return styledHeader(cells(Array(titles.dropLast())) + titles[3]) + "\n"
    }

    fileprivate func tableRow(_ file: CheckedFile, tellsUndecoded: Bool) -> String {
        let (label, style) = verdictWord(file)
        let facts = file.report?.facts
        let picture = facts?.video?.picture.map { "\($0.displayWidth)×\($0.displayHeight)" }
        let figures = cells([label, facts?.duration.map(FactsLine.clock) ?? "–", picture ?? "–"])
        let indent = widths.reduce(0, +)
        let path = broken(Self.visible(file.path), indent: indent)
        let first = coloured(figures, like: label, style) + (path.first ?? "")
        let rest = path.dropFirst().map { String(repeating: " ", count: indent) + $0 }
        return lines([first] + rest + attention(file, tellsUndecoded, indent: widths[0]))
    }

    private func attention(_ file: CheckedFile, _ tellsUndecoded: Bool, indent: Int) -> [String] {
        switch file.outcome {
        case .failure(let error): item("×", .fail, error.message[language], indent: indent)
        case .success(let report):
            rows(tellsUndecoded ? report.attention : report.attention.withoutUndecoded, file.ruleNames, indent: indent)
                + rows(
                    file.work?.findings.attention ?? [], file.ruleNames, prefix: words.submission, indent: indent)
        }
    }

    /// A marked message for each line of findings, except advice.
    private func rows(_ findings: [Finding], _ names: RuleNames, prefix: String = "", indent: Int) -> [String] {
        JoinedFindings.joining(findings.filter { $0.outcome != .advisory }).flatMap { line in
            let isFailure = line.first.outcome == .fail
            return item(
                isFailure ? "×" : "?", isFailure ? .fail : .review, prefix + words.text(line, names, isAlone: true),
                indent: indent)
        }
    }

    private func cells(_ texts: [String]) -> String {
        zip(texts, widths).map { DisplayWidth.padded($0, to: $1) }.joined()
    }
}
