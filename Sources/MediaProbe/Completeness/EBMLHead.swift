/// The beginning of a Matroska or WebM file: its document type and the extent of its segment.
struct EBMLHead {
    /// `matroska` or `webm`, as the file says.
    let documentType: String
    /// Offset of the first byte behind the segment; nil when its size is unknown (a live recording).
    let segmentEnd: UInt64?

    /// Reads the EBML header and the segment's length; nil when the file does not begin with them.
    ///
    /// Source: RFC 8794 §11.2 (header), RFC 9559 §5.1 (segment).
    init?(_ bytes: FileBytes) {
        guard let header = Element(at: 0, in: bytes), header.id == 0x1a45_dfa3, let headerEnd = header.end else {
            return nil
        }
        documentType = Self.documentType(header.body, headerEnd, bytes) ?? "matroska"  // RFC 8794's default for ours
        var offset = headerEnd
        var segment = Element(at: offset, in: bytes)
        while let filler = segment, filler.id != 0x1853_8067, let end = filler.end, end > offset {
            offset = end
            segment = Element(at: offset, in: bytes)
        }
        segmentEnd = segment.flatMap { $0.id == 0x1853_8067 ? $0.end : nil }
    }

    /// Whether the segment ends inside a file of `fileBytes` bytes.
    func promisedEnd(fileBytes: UInt64) -> PromisedEnd {
        segmentEnd.map { $0 <= fileBytes ? .reached : .missing } ?? .unknown
    }

    private static func documentType(_ start: UInt64, _ end: UInt64, _ bytes: FileBytes) -> String? {
        var offset = start
        while offset < end, let element = Element(at: offset, in: bytes), let elementEnd = element.end {
            if element.id == 0x4282, elementEnd <= end, elementEnd - element.body <= 32 {
                return bytes.read(at: element.body, count: Int(elementEnd - element.body)).map {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
            }
            offset = elementEnd
        }
        return nil
    }

    /// One EBML element's identifier and extent.
    private struct Element {
        let id: UInt64
        let body: UInt64
        /// Nil when the size is unknown.
        let end: UInt64?

        init?(at offset: UInt64, in bytes: FileBytes) {
            guard let (id, idLength) = Self.number(at: offset, in: bytes, keepsMarker: true, longest: 4) else {
                return nil
            }
            let sizeAt = offset + UInt64(idLength)
            guard let (size, sizeLength) = Self.number(at: sizeAt, in: bytes, keepsMarker: false, longest: 8) else {
                return nil
            }
            self.id = id
            body = sizeAt + UInt64(sizeLength)
            let isUnknown = size == (UInt64(1) << (7 * UInt64(sizeLength))) - 1
            end = isUnknown ? nil : body + size  // both below 2⁵⁶ + 2⁶³
        }

        /// A variable-length number. Source: RFC 8794 §4.
        private static func number(
            at offset: UInt64, in bytes: FileBytes, keepsMarker: Bool, longest: Int
        ) -> (UInt64, Int)? {
            guard let first = bytes.read(at: offset, count: 1)?.first else { return nil }
            let length = first.leadingZeroBitCount + 1
            guard length <= longest, let all = bytes.read(at: offset, count: length) else { return nil }
            let value = all.bigEndian
            return (keepsMarker ? value : value & ((UInt64(1) << (7 * UInt64(length))) - 1), length)
        }
    }
}
