/// Turns the results of a run into one text format, one piece for each file as its result arrives. A rendering does no
/// input or output.
///
/// The output is `opening`, the pieces in order, `closing`. Where `beginsWithSummary` is true, the caller keeps the
/// pieces until the run has ended and then calls `opening`.
public protocol RunRendering: Sendable {
    /// Whether `opening` contains the run's summary, so that the caller can write it only after the last piece.
    var beginsWithSummary: Bool { get }

    /// The text before the first piece.
    ///
    /// - Parameter summary: the summary of the whole run when `beginsWithSummary` is true; otherwise an empty summary,
    ///   because the run has not begun.
    mutating func opening(_ summary: RunSummary) -> String

    /// The text of one file's result.
    mutating func piece(_ file: CheckedFile) -> String

    /// The text after the last piece.
    ///
    /// - Parameter summary: the summary of the whole run.
    mutating func closing(_ summary: RunSummary) -> String
}

extension RunRendering {
    /// False: most formats have no summary before the results.
    public var beginsWithSummary: Bool { false }
    /// Empty: most formats begin with the first result.
    public mutating func opening(_ summary: RunSummary) -> String { "" }
    /// Empty: most formats end with the last result.
    public mutating func closing(_ summary: RunSummary) -> String { "" }
}
