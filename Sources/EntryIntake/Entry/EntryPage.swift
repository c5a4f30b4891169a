/// A page of a list of entries, newest first.
public struct EntryPage: Sendable, Hashable {
    /// The entries of the page.
    public var entries: [EntrySummary]
    /// The cursor of the next page; nil on the last one.
    public var nextCursor: String?

    /// Makes a page.
    public init(entries: [EntrySummary], nextCursor: String?) {
        self.entries = entries
        self.nextCursor = nextCursor
    }
}
