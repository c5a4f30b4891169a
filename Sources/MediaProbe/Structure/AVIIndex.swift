/// The index of an AVI file (`idx1`), counted for one stream.
///
/// A null frame repeats the picture before it: its entry has length zero and the file holds no packet for it. So only
/// the index shows how long the last picture is held. Source: Microsoft, "AVI RIFF File Reference", `AVIOLDINDEX`.
struct AVIIndex {
    /// Entries of the stream, null frames included.
    let entries: Int64

    /// Bytes of one entry: chunk identifier, flags, offset, length.
    private static let entryBytes: UInt64 = 16
    /// Most entries that are read; a longer index is not plausible for a film and is ignored.
    private static let mostEntries: UInt64 = 10_000_000
    /// Most chunks that may precede the index.
    private static let mostChunks = 10_000

    /// Counts the entries of stream number `stream`; nil when the file has no index, or the index is cut short or too
    /// long.
    init?(_ bytes: FileBytes, stream: Int) {
        guard (0..<100).contains(stream), let index = Self.find(bytes) else { return nil }
        let prefix = Array((stream < 10 ? "0\(stream)" : "\(stream)").utf8)
        let count = (index.upperBound - index.lowerBound) / Self.entryBytes
        guard count <= Self.mostEntries else { return nil }
        var found: Int64 = 0
        var offset = index.lowerBound
        while offset + Self.entryBytes <= index.upperBound {
            let wanted = min(65_536, (index.upperBound - offset) / Self.entryBytes * Self.entryBytes)
            guard let indexBytes = bytes.read(at: offset, count: Int(wanted)) else { return nil }
            for entry in Swift.stride(from: 0, to: indexBytes.count, by: Int(Self.entryBytes))
            where indexBytes[entry..<entry + 2].elementsEqual(prefix) {
                found += 1
            }
            offset += wanted
        }
        entries = found
    }

    /// The content of the first `idx1` chunk of the first RIFF, inside the file.
    private static func find(_ bytes: FileBytes) -> Range<UInt64>? {
        guard let head = bytes.read(at: 0, count: 12), head[..<4].elementsEqual("RIFF".utf8),
            head[8...].elementsEqual("AVI ".utf8)
        else { return nil }
        var offset: UInt64 = 12
        for _ in 0..<mostChunks {
            guard let chunk = bytes.read(at: offset, count: 8) else { return nil }
            let size = chunk[4...].littleEndian
            let body = offset + 8
            if chunk[..<4].elementsEqual("idx1".utf8) { return body + size <= bytes.count ? body..<body + size : nil }
            offset = body + size + size % 2
        }
        return nil
    }
}
