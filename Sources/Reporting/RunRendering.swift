/// Turns the results of a run into one text format, piece by piece as they come. Values in, text out.
///
/// The pieces in order are the file. Where the summary stands first, the pieces of the files are put aside until the run
/// has ended.
public protocol RunRendering: Sendable {
    /// Whether `opening` tells the run's summary and so can only be written at the end.
    var beginsWithSummary: Bool { get }

    /// What stands before the results.
    ///
    /// - Parameter summary: what the run comes to; before its end, the summary of nothing unless `beginsWithSummary`.
    mutating func opening(_ summary: RunSummary) -> String

    /// One result.
    mutating func piece(_ file: CheckedFile) -> String

    /// What stands after the results.
    mutating func closing(_ summary: RunSummary) -> String
}

extension RunRendering {
    /// Most formats can be written as the run goes.
    public var beginsWithSummary: Bool { false }
    /// Most formats begin with the first result.
    public mutating func opening(_ summary: RunSummary) -> String { "" }
    /// Most formats end with the last result.
    public mutating func closing(_ summary: RunSummary) -> String { "" }
}
