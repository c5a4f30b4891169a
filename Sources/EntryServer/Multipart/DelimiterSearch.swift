/// Finds the delimiter of a multipart body, CRLF "--" boundary, in a chunk whose end may cut the delimiter off.
///
/// The search is Horspool's: the byte under the delimiter's last position tells how far to move, on video data nearly
/// the delimiter's length. A candidate is compared from its front. CR occurs only at the front of a delimiter, so
/// compared stretches never overlap, and hostile data costs time linear in its length, not length × delimiter.
struct DelimiterSearch: Sendable {
    /// Where the delimiter starts in the chunk, or a beginning of the delimiter that the chunk's end cuts off.
    struct Match: Hashable {
        /// Index into the chunk; the chunk's count when nothing matched.
        var start: Int
        /// Bytes matched, 0...delimiter.count.
        var length: Int
    }

    /// CR LF "-" "-" and the boundary: 5...74 bytes.
    let delimiter: [UInt8]

    /// For each value of the byte under the delimiter's last position: how many bytes the search moves on, 1...74.
    private let shifts: [Int]

    /// Prepares the search.
    ///
    /// - Parameter boundary: 1 to 70 bytes without a CR.
    init(boundary: String) {
        let delimiter = [.carriageReturn, .lineFeed, .dash, .dash] + Array(boundary.utf8)
        var shifts = [Int](repeating: delimiter.count, count: 256)
        for (index, byte) in delimiter.dropLast().enumerated() { shifts[Int(byte)] = delimiter.count - 1 - index }
        self.delimiter = delimiter
        self.shifts = shifts
    }

    /// The first match at or after `start`, which lies in 0...chunk.count.
    func firstMatch(in chunk: [UInt8], from start: Int) -> Match {
        chunk.withUnsafeBufferPointer { firstMatch(in: $0, from: start) }
    }

    /// The first match at or after `start`, which lies in 0...chunk.count.
    func firstMatch(in chunk: UnsafeBufferPointer<UInt8>, from start: Int) -> Match {
        delimiter.withUnsafeBufferPointer { delimiter in
            shifts.withUnsafeBufferPointer { shifts in
                let lastIndex = delimiter.count - 1
                var position = start
                while position < chunk.count - lastIndex {
                    let last = chunk[position + lastIndex]
                    // The comparison of the first byte rules out nearly every candidate, so that `matches` is rarely
                    // called.
                    if chunk[position] == .carriageReturn, Self.matches(chunk, delimiter, at: position) {
                        return Match(start: position, length: delimiter.count)
                    }
                    position += shifts[Int(last)]
                }
                return Self.cutOffMatch(chunk, delimiter, from: position)
            }
        }
    }

    /// Finds a beginning of the delimiter that reaches the chunk's end, where fewer bytes than a delimiter are left.
    private static func cutOffMatch(
        _ chunk: UnsafeBufferPointer<UInt8>, _ delimiter: UnsafeBufferPointer<UInt8>, from position: Int
    ) -> Match {
        // Only the last CR can start a delimiter, which has no second CR.
        guard position < chunk.count,
            let start = chunk[position...].lastIndex(of: .carriageReturn),
            matches(chunk, delimiter, at: start)
        else { return Match(start: chunk.count, length: 0) }
        return Match(start: start, length: chunk.count - start)
    }

    /// Whether the delimiter, or as much of it as fits into the chunk, starts at `start`. Compares from front to back.
    private static func matches(
        _ chunk: UnsafeBufferPointer<UInt8>, _ delimiter: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Bool {
        for index in 0..<min(delimiter.count, chunk.count - start) where chunk[start + index] != delimiter[index] {
            return false
        }
        return true
    }
}
