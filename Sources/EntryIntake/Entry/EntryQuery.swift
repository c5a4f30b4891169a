public import ContestRules

/// Filters and page of a list of entries. A filter that is nil matches every entry.
public struct EntryQuery: Sendable, Hashable {
    /// Id of the contest.
    public var contest: String?
    /// Verdict of the newest report.
    public var verdict: Verdict?
    /// Standing of the entry.
    public var standing: Standing?
    /// Category, exactly as in the form.
    public var category: String?
    /// Region, exactly as in the form.
    public var region: String?
    /// Day of receipt, or of submission for an entry without media: `2024-03-01`, in the offset of the recorded time.
    public var day: String?
    /// Text in the title, the masked file name or a field that is not personal. Case is ignored.
    public var text: String?
    /// Id of the principal that submitted the entry.
    public var owner: String?
    /// Most entries on the page, 1 to 200.
    public var limit: Int
    /// `nextCursor` of the page before; nil for the first page.
    public var cursor: String?

    /// Makes a query. A `limit` outside 1 to 200 becomes the nearest limit in that range.
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
