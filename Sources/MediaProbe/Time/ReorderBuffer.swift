/// Sorts the presentation timestamps of a stream that has no decoding timestamps.
///
/// Pictures arrive in decoding order. A codec reorders at most sixteen of them, so the lowest of seventeen timestamps
/// is the next one in order of presentation.
struct ReorderBuffer {
    /// A timestamp and the duration of its packet, in ticks.
    typealias Entry = (time: Int64, duration: Int64)

    private var waiting: [Entry] = []

    /// Most pictures that a codec reorders. Source: ITU-T H.264 §A.3.1, `MaxDpbFrames`.
    static let depth = 16

    /// Inserts a timestamp; returns the next one in order, or nil while sixteen or fewer are waiting.
    mutating func push(_ entry: Entry) -> Entry? {
        let place = waiting.lastIndex { $0.time <= entry.time }.map { $0 + 1 } ?? 0
        waiting.insert(entry, at: place)
        return waiting.count > Self.depth ? waiting.removeFirst() : nil
    }

    /// Empties the buffer and returns its timestamps in order.
    mutating func drain() -> [Entry] {
        defer { waiting = [] }
        return waiting
    }
}
