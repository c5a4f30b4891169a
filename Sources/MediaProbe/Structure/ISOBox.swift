/// One box of an ISO base media file: its type and the range of its content.
///
/// Source: ISO/IEC 14496-12 §4.2.
struct ISOBox: Sendable, Hashable {
    /// Four-character type, such as `moov`.
    let type: String
    /// Positions of the content in the file, behind the size and type fields. The range ends with the enclosing box
    /// or the file when the size field claims more.
    let content: Range<UInt64>
}

/// A walk over the boxes of an ISO base media file that ends after a fixed number of boxes and table entries, so that
/// a hostile file costs a bounded time.
struct ISOBoxWalk {
    let source: FileBytes
    /// Number of boxes that may still be read.
    private(set) var boxesLeft = 100_000
    /// Number of table entries (`stts`, `elst`) that may still be read, all tracks together.
    private(set) var entriesLeft: UInt64 = 10_000_000

    init(_ source: FileBytes) {
        self.source = source
    }

    /// The box at `offset`; nil behind the last whole box head of `parent`, for a size smaller than the head, and when
    /// no more boxes may be read.
    mutating func box(at offset: UInt64, in parent: Range<UInt64>) -> ISOBox? {
        guard boxesLeft > 0, parent.contains(offset),
            let head = source.read(offset - parent.lowerBound, into: parent, count: 8)
        else { return nil }
        boxesLeft -= 1
        var (size, headSize) = (head[..<4].bigEndian, UInt64(8))
        if size == 1 {
            guard let large = source.read(offset - parent.lowerBound + 8, into: parent, count: 8) else { return nil }
            (size, headSize) = (large.bigEndian, 16)
        } else if size == 0 {
            size = parent.upperBound - offset  // the box ends with its parent
        }
        guard size >= headSize else { return nil }
        let body = offset + headSize  // the reads above prove that this position lies inside the parent
        return ISOBox(
            type: head[4...].fourCharacterCode, content: body..<(offset + min(size, parent.upperBound - offset)))
    }

    /// The boxes of `parent` in their order, up to the first broken one.
    mutating func boxes(in parent: Range<UInt64>) -> [ISOBox] {
        var found: [ISOBox] = []
        var offset = parent.lowerBound
        while let box = box(at: offset, in: parent) {
            found.append(box)
            offset = box.content.upperBound
        }
        return found
    }

    /// The content of the first box called `type` inside `parent`.
    mutating func first(_ type: String, in parent: Range<UInt64>) -> Range<UInt64>? {
        boxes(in: parent).first { $0.type == type }?.content
    }

    /// The content of the box at the end of `path`; each name is the first box of that type inside the box before. Nil
    /// when one is missing.
    mutating func first(_ path: [String], in parent: Range<UInt64>) -> Range<UInt64>? {
        var range = parent
        for type in path {
            guard let next = first(type, in: range) else { return nil }
            range = next
        }
        return range
    }

    /// Calls `visit` with each entry of a table, in order; each entry is `width` bytes long.
    ///
    /// - Parameters:
    ///   - table: the content of the box; the entry count (4 bytes) is at `countAt`, and the entries follow it.
    ///   - limit: most entries that this table may have.
    /// - Returns: `false` when the table is shorter than its count says, has more than `limit` entries, or exceeds
    ///   `entriesLeft`.
    mutating func readTable(
        _ table: Range<UInt64>, countAt: UInt64 = 4, width: Int, limit: UInt64, visit: (ArraySlice<UInt8>) -> Void
    ) -> Bool {
        guard let count = source.read(countAt, into: table, count: 4)?.bigEndian, count <= min(limit, entriesLeft),
            UInt64(table.count) >= countAt + 4 + count * UInt64(width)
        else { return false }
        entriesLeft -= count
        let entriesPerRead: UInt64 = 4096
        var done: UInt64 = 0
        while done < count {
            let entries = Int(min(entriesPerRead, count - done))
            let distance = countAt + 4 + done * UInt64(width)
            guard let entryBytes = source.read(distance, into: table, count: entries * width) else { return false }
            for entry in 0..<entries { visit(entryBytes[entry * width..<(entry + 1) * width]) }
            done += UInt64(entries)
        }
        return true
    }
}
