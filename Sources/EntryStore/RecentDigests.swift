internal import EntryIntake

/// Running digests of uploads between two of their requests, so that their beginnings need not be read again. Of more than
/// `most`, the oldest is forgotten.
struct RecentDigests {
    /// Bytes that are on the disk to stay, and their digest.
    typealias State = (bytes: Int64, digest: MediaDigest)

    /// Most digests that are kept: a hundred bytes or so each.
    static let most = 1000

    private var states: [String: State] = [:]
    /// Keys in the order in which they came; some of them may have gone.
    private var order: [String] = []

    /// Number of digests that are kept.
    var count: Int { states.count }

    /// Keeps the digest of an upload.
    mutating func insert(_ state: State, forKey key: String) {
        if states.updateValue(state, forKey: key) == nil { order.append(key) }
        while states.count > Self.most, !order.isEmpty { states[order.removeFirst()] = nil }
        if order.count > 2 * Self.most { order.removeAll { states[$0] == nil } }
    }

    /// Takes the digest of an upload; nil when it is not kept.
    mutating func removeValue(forKey key: String) -> State? {
        order.removeAll { $0 == key }
        return states.removeValue(forKey: key)
    }
}
