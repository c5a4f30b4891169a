/// The other entries of a contest that have the same bytes as one entry, divided into earlier and later holders.
public struct SameMedia: Sendable, Hashable, Codable {
    /// Number of entries that got the bytes before this one.
    public var earlier: Int
    /// Number of entries that got the bytes after this one.
    public var later: Int
    /// Ids of these entries in the order in which they got the bytes; at most the first twenty.
    public var ids: [String]

    /// Makes the numbers of other entries; the default is none.
    public init(earlier: Int = 0, later: Int = 0, ids: [String] = []) {
        self.earlier = earlier
        self.later = later
        self.ids = ids
    }
}
