internal import EntryIntake

/// Running digests of uploads between two of their requests, so that the next request need not read an upload's
/// beginning again. Beyond `most` digests the oldest is dropped.
struct RecentDigests {
    /// Number of bytes that are synced to the disk, and their digest.
    typealias State = (bytes: Int64, digest: MediaDigest)

    /// Most digests that are kept, at about a hundred bytes each.
    static let most = 1000

    private var states: [String: State] = [:]
    /// Keys of `states` in the order of their insertion.
    private var order: [String] = []

    /// Number of digests that are kept.
    var count: Int { states.count }

    /// Adds the digest of an upload, or replaces its value without changing its place in the order.
    mutating func insert(_ state: State, forKey key: String) {
        if states.updateValue(state, forKey: key) == nil { order.append(key) }
        while states.count > Self.most, !order.isEmpty { states[order.removeFirst()] = nil }
        if order.count > 2 * Self.most { order.removeAll { states[$0] == nil } }
    }

    /// Removes and returns the digest of an upload; nil when it is not kept.
    mutating func removeValue(forKey key: String) -> State? {
        order.removeAll { $0 == key }
        return states.removeValue(forKey: key)
    }
}
