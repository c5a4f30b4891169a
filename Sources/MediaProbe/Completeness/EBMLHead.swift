/// The beginning of a Matroska or WebM file: its document type and the extent of its segment.
struct EBMLHead {
    /// `matroska` or `webm`, as the file says.
    let documentType: String
    /// Offset of the first byte behind the segment; nil when its size is unknown (a live recording).
    let segmentEnd: UInt64?
    /// Offset of the first child of the segment; nil when there is no segment.
    let segmentBody: UInt64?

    /// Most elements between the EBML header and the segment; usual writers put a single Void element there.
    private static let mostFillers = 1000

    /// Reads the EBML header and the segment's length; nil when the file does not begin with them.
    ///
    /// Source: RFC 8794 §11.2 (header), RFC 9559 §5.1 (segment).
    init?(_ bytes: FileBytes) {
        guard let header = EBMLElement(at: 0, in: bytes), header.id == EBMLElement.ID.header, let headerEnd = header.end
        else { return nil }
        documentType = Self.documentType(header.body, headerEnd, bytes) ?? "matroska"  // no type counts as Matroska
        let segment = Self.segment(behind: headerEnd, bytes)
        segmentEnd = segment?.end
        segmentBody = segment?.body
    }

    private static func segment(behind headerEnd: UInt64, _ bytes: FileBytes) -> EBMLElement? {
        var offset = headerEnd
        for _ in 0..<mostFillers {
            guard let element = EBMLElement(at: offset, in: bytes) else { return nil }
            if element.id == EBMLElement.ID.segment { return element }
            guard let end = element.end else { return nil }
            offset = end
        }
        return nil
    }

    private static func documentType(_ start: UInt64, _ end: UInt64, _ bytes: FileBytes) -> String? {
        var offset = start
        for _ in 0..<mostFillers {
            guard offset < end, let element = EBMLElement(at: offset, in: bytes), let elementEnd = element.end else {
                return nil
            }
            if element.id == 0x4282, elementEnd <= end, elementEnd - element.body <= 32 {
                return bytes.read(at: element.body, count: Int(elementEnd - element.body)).map {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
            }
            offset = elementEnd
        }
        return nil
    }
}
