/// An entry, and whether the request that asks for it was carried out before.
public struct AnsweredEntry: Sendable, Hashable {
    /// The entry as it stood when the request was carried out.
    public var entry: Entry
    /// Whether this answer repeats an earlier one.
    public var isRepeated: Bool

    /// Describes an answer.
    public init(_ entry: Entry, isRepeated: Bool = false) {
        self.entry = entry
        self.isRepeated = isRepeated
    }
}
