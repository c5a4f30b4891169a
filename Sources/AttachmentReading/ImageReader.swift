internal import MediaFacts

/// Reads the size of a picture from its header.
enum ImageReader {
    /// A size in pixels, one or more each.
    struct Size: Equatable {
        var width: Int
        var height: Int

        /// Largest width or height that counts as a size.
        private static let most = 1_000_000

        /// Makes a size; nil when a side is missing, zero or implausible.
        init?(_ width: Int?, _ height: Int?) {
            guard let width, let height, (1...Self.most).contains(width), (1...Self.most).contains(height) else {
                return nil
            }
            self.width = width
            self.height = height
        }

        /// The size turned on its side.
        var turned: Size? { Size(height, width) }
    }

    /// The last chunk of a PNG may have foreign bytes behind it.
    private static let pngEndWithin = 4096

    /// Adds the size that a viewer sees, or notes that it is unknown.
    static func read(
        _ source: some ByteSource, _ head: ByteView, into facts: inout AttachmentFacts
    ) throws(AttachmentReadingError) {
        if facts.format == .png, try source.tail(pngEndWithin).last(Array("IEND".utf8)) == nil { facts.note(.damaged) }
        guard let size = try size(source, head, facts.format) else {
            facts.note(.sizeUnknown)
            return
        }
        (facts.width, facts.height) = (size.width, size.height)
    }

    private static func size(
        _ source: some ByteSource, _ head: ByteView, _ format: AttachmentFormat
    ) throws(AttachmentReadingError) -> Size? {
        switch format {
        case .png: head.has("IHDR", at: 12) ? Size(head.big(16, 4), head.big(20, 4)) : nil
        case .gif: Size(head.little(6, 2), head.little(8, 2))
        case .bmp: bitmap(head)
        case .webp: webp(head)
        case .jpeg: try JPEGReader.size(source)
        case .heic: try HEIFReader.size(source)
        default: nil
        }
    }

    /// Source: `BITMAPCOREHEADER` has 12 bytes; the height of every later header is negative for rows from the top.
    private static func bitmap(_ head: ByteView) -> Size? {
        guard let header = head.little(14, 4) else { return nil }
        guard header != 12 else { return Size(head.little(18, 2), head.little(20, 2)) }
        let height = head.little(22, 4).map { Int(Int32(truncatingIfNeeded: $0).magnitude) }
        return Size(head.little(18, 4), height)
    }

    /// Source: RFC 9649; the three kinds of a first chunk.
    private static func webp(_ head: ByteView) -> Size? {
        if head.has("VP8X", at: 12) {
            return Size(head.little(24, 3).map { $0 + 1 }, head.little(27, 3).map { $0 + 1 })
        }
        if head.has("VP8 ", at: 12), head.has([0x9D, 0x01, 0x2A], at: 23) {
            return Size(head.little(26, 2).map { $0 & 0x3FFF }, head.little(28, 2).map { $0 & 0x3FFF })
        }
        guard head.has("VP8L", at: 12), head.byte(20) == 0x2F, let bits = head.little(21, 4) else { return nil }
        return Size(bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    }
}
