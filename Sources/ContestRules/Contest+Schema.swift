extension Contest {
    /// The schemas of contest files, the oldest first.
    public enum Schema: String, Sendable, Hashable, Codable, CaseIterable {
        /// Closed: `FirstSchema` lists every kind and every key of it.
        case first = "clipcheck.contest/1"
        /// The schema that new kinds, keys and spellings are added to.
        case second = "clipcheck.contest/2"
    }
}
