public import ContestRules

/// A report as a list of reports shows it.
public struct ReportSummary: Sendable, Hashable, Encodable {
    /// Id of the report.
    public var id: String
    /// When the report was made, RFC 3339 with offset.
    public var createdAt: String
    /// Verdict of the report.
    public var verdict: Verdict
    /// The rules it was made by.
    public var contest: ContestReference

    /// Makes a line.
    public init(id: String, createdAt: String, verdict: Verdict, contest: ContestReference) {
        self.id = id
        self.createdAt = createdAt
        self.verdict = verdict
        self.contest = contest
    }
}
