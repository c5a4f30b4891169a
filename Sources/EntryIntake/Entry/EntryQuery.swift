public import ContestRules

/// The entries that a list is to hold; a filter that is nil lets every entry through.
public struct EntryQuery: Sendable, Hashable {
    /// Id of the contest.
    public var contest: String?
    /// Verdict of the newest report.
    public var verdict: Verdict?
    /// Standing of the entry.
    public var standing: Standing?
    /// Category, exactly as given.
    public var category: String?
    /// Region, exactly as given.
    public var region: String?
    /// Day of receipt, or of submission for an entry without media: `2024-03-01`, in the zone of the recorded time.
    public var day: String?
    /// Text that title, shown file name or a field that is not personal contains; upper and lower case are the same.
    public var text: String?
    /// Id of the principal that submitted the entry.
    public var owner: String?
    /// Most lines, 1 to 200.
    public var limit: Int
    /// The end of the page before; nil for the first page.
    public var cursor: String?

    /// Makes a query; `limit` is brought into its range.
    public init(
        contest: String? = nil, verdict: Verdict? = nil, standing: Standing? = nil, category: String? = nil,
        region: String? = nil, day: String? = nil, text: String? = nil, owner: String? = nil, limit: Int = 50,
        cursor: String? = nil
    ) {
        self.contest = contest
        self.verdict = verdict
        self.standing = standing
        self.category = category
        self.region = region
        self.day = day
        self.text = text
        self.owner = owner
        self.limit = min(max(limit, 1), 200)
        self.cursor = cursor
    }
}
