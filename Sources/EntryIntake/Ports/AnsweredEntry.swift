/// The entry that a request made or changed, and whether an earlier request with the same key did so.
public struct AnsweredEntry: Sendable, Hashable {
    /// The entry after the request was carried out.
    public var entry: Entry
    /// Whether the entry is the stored answer of an earlier request with the same `Idempotency-Key`.
    public var isRepeated: Bool

    /// Describes an answer.
    public init(_ entry: Entry, isRepeated: Bool = false) {
        self.entry = entry
        self.isRepeated = isRepeated
    }
}
