/// A page of the reports on an entry, newest first.
public struct ReportPage: Sendable, Hashable {
    /// The reports of the page.
    public var reports: [ReportSummary]
    /// The cursor of the next page; nil on the last one.
    public var nextCursor: String?

    /// Makes a page.
    public init(reports: [ReportSummary], nextCursor: String?) {
        self.reports = reports
        self.nextCursor = nextCursor
    }
}
