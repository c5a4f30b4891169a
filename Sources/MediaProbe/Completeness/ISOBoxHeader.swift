/// The header of one box of an ISO base media file. Source: ISO/IEC 14496-12 §4.2.
struct ISOBoxHeader {
    /// The four-character type of the box.
    let type: String
    /// Offset of the first byte behind the header.
    let body: UInt64
    /// Offset of the first byte behind the box, which may lie outside the file; nil for a box without a length, which
    /// reaches to the end of the file.
    let end: UInt64?

    /// Reads the header at `offset`; nil when the header is not whole, the length is smaller than the header or the
    /// type has characters that cannot be printed.
    init?(at offset: UInt64, in bytes: FileBytes) {
        let head = bytes.prefix(at: offset, count: 16)
        guard head.count >= 8, head[4..<8].allSatisfy({ 0x20...0x7e ~= $0 || $0 == 0xa9 }) else { return nil }
        let (short, isLarge) = (head[..<4].bigEndian, head[..<4].bigEndian == 1)
        guard !isLarge || head.count == 16 else { return nil }
        let size = isLarge ? head[8...].bigEndian : short
        let headerBytes: UInt64 = isLarge ? 16 : 8
        guard size >= headerBytes || size == 0 && !isLarge else { return nil }
        type = String(decoding: head[4..<8], as: UTF8.self)
        body = offset + headerBytes
        end = size == 0 ? nil : offset.addingReportingOverflow(size).overflow ? .max : offset + size
    }

    /// Types of boxes that occur at the top level of files. A box of another type at the end of a file counts as
    /// trailing bytes.
    static let topLevelTypes: Set<String> = [
        "ftyp", "styp", "moov", "mdat", "moof", "mfra", "free", "skip", "wide", "uuid", "meta", "meco", "sidx", "ssix",
        "prft", "emsg", "pdin", "udta", "pnot", "PICT", "pict", "junk", "mvex", "imda", "cmov", "thum", "beam",
    ]

    /// Whether the bytes at the end of a file, fewer than a header, can begin a box of a known type.
    static func canBegin(with rest: [UInt8]) -> Bool {
        guard rest.contains(where: { $0 != 0 }), rest.count < 8 else { return false }
        guard rest.count >= 4 else { return rest[0] == 0 }  // the size of a box below 16 MiB begins with 0
        let size = rest[..<4].bigEndian
        guard size >= 8 || size == 1 else { return false }
        return topLevelTypes.contains { $0.utf8.starts(with: rest[4...]) }
    }

    /// The boxes inside `range` of `bytes`, at most 10 000. The list ends before a box that reaches past the end of
    /// `range`.
    static func children(in range: Range<UInt64>, of bytes: FileBytes) -> [ISOBoxHeader] {
        var (boxes, offset): ([ISOBoxHeader], UInt64) = ([], range.lowerBound)
        while boxes.count < 10_000, offset < range.upperBound, let box = ISOBoxHeader(at: offset, in: bytes),
            let end = box.end, end <= range.upperBound
        {
            boxes.append(box)
            offset = end
        }
        return boxes
    }

    /// The boxes inside this one; `fields` is the number of bytes between the header and the first of them.
    func children(in bytes: FileBytes, skipping fields: UInt64 = 0) -> [ISOBoxHeader] {
        guard let end, body &+ fields <= end else { return [] }
        return Self.children(in: (body + fields)..<end, of: bytes)
    }
}
