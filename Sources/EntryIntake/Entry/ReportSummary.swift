public import ContestRules

/// A report in a list of reports.
public struct ReportSummary: Sendable, Hashable, Encodable {
    /// Id of the report.
    public var id: String
    /// Time at which the report was made, RFC 3339 with offset.
    public var createdAt: String
    /// Verdict of the report.
    public var verdict: Verdict
    /// The contest whose rules made the report.
    public var contest: ContestReference

    /// Makes a summary.
    public init(id: String, createdAt: String, verdict: Verdict, contest: ContestReference) {
        self.id = id
        self.createdAt = createdAt
        self.verdict = verdict
        self.contest = contest
    }
}
