/// Other entries of a contest that hold the same bytes as one entry, told apart by who attached them first.
public struct SameMedia: Sendable, Hashable, Codable {
    /// Number of entries that held the bytes before this one did.
    public var earlier: Int
    /// Number of entries that got the same bytes later.
    public var later: Int
    /// Ids of these entries in the order in which they got the bytes; of more than twenty, the first twenty.
    public var ids: [String]

    /// Describes the others; without values there are none.
    public init(earlier: Int = 0, later: Int = 0, ids: [String] = []) {
        self.earlier = earlier
        self.later = later
        self.ids = ids
    }
}
