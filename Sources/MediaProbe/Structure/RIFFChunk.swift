/// One chunk of a RIFF file: its type and the range of its content.
///
/// Source: Microsoft, "AVI RIFF File Reference" (RIFF file format).
struct RIFFChunk: Sendable, Hashable {
    /// Four-character type, such as `strh` or `LIST`.
    let type: String
    /// Type of a `LIST`, such as `strl`; nil for other chunks.
    let listType: String?
    /// Positions of the content, behind the type of a list; cut at the end of the enclosing chunk.
    let content: Range<UInt64>

    /// The chunks inside `range` in their order, up to the first broken one.
    ///
    /// - Parameters:
    ///   - left: number of chunks that may still be read; each chunk read lowers it by one.
    ///   - isLast: whether the list ends with this chunk.
    static func list(
        in range: Range<UInt64>, _ source: FileBytes, left: inout Int,
        until isLast: (RIFFChunk) -> Bool = { _ in false }
    ) -> [RIFFChunk] {
        var found: [RIFFChunk] = []
        var offset = range.lowerBound
        while left > 0, let (chunk, next) = chunk(at: offset, in: range, source) {
            left -= 1
            found.append(chunk)
            guard !isLast(chunk), next < range.upperBound else { break }
            offset = next
        }
        return found
    }

    /// The chunk at `offset`, and the position behind the chunk and the pad byte of an odd size.
    private static func chunk(
        at offset: UInt64, in range: Range<UInt64>, _ source: FileBytes
    ) -> (RIFFChunk, next: UInt64)? {
        guard let head = source.read(offset - range.lowerBound, into: range, count: 8) else { return nil }
        let (type, size) = (head[..<4].fourCharacterCode, head[4...].littleEndian)
        let body = offset + 8  // inside `range`, as the read proves
        let end = body + min(size, range.upperBound - body)
        let next = end + (size % 2 == 1 && end < range.upperBound ? 1 : 0)
        guard type == "LIST" else { return (RIFFChunk(type: type, listType: nil, content: body..<end), next) }
        guard let listType = source.read(0, into: body..<end, count: 4)?.fourCharacterCode else { return nil }
        return (RIFFChunk(type: type, listType: listType, content: body + 4..<end), next)
    }
}
