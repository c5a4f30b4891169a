internal import MediaFacts

/// Reads the size of a JPEG from its frame header, turned as its Exif orientation says.
enum JPEGReader {
    /// Most segments before the frame header. A large colour profile takes 255 of them.
    static let mostSegments = 1024
    /// Largest Exif segment.
    private static let largestExif = 1 << 16

    /// The size that a viewer sees; nil when no frame header is found.
    static func size(_ source: some ByteSource) throws(AttachmentReadingError) -> ImageReader.Size? {
        var offset: Int64 = 2
        var isTurned: Bool?
        for _ in 0..<mostSegments {
            // A marker, its length, and the figures of a frame header.
            let header = try source.view(at: offset, count: 9)
            guard header.byte(0) == 0xFF, let marker = header.byte(1) else { return nil }
            guard marker != 0xFF else {
                offset += 1  // A fill byte. Source: ITU-T T.81, B.1.1.2
                continue
            }
            if (0xD0...0xD7).contains(marker) || marker == 0x01 {
                offset += 2  // A marker without a segment.
                continue
            }
            guard let length = header.big(2, 2), length >= 2, marker != 0xD9, marker != 0xDA else { return nil }
            if isFrameHeader(marker) {
                let size = ImageReader.Size(header.big(7, 2), header.big(5, 2))
                return isTurned == true ? size?.turned : size
            }
            if marker == 0xE1, isTurned == nil {
                isTurned = try exif(source, at: offset + 4, length: length - 2)
            }
            offset += 2 + Int64(length)
        }
        return nil
    }

    /// Source: ITU-T T.81, table B.1: SOF0 to SOF15 without DHT, JPG and DAC.
    private static func isFrameHeader(_ marker: Int) -> Bool {
        (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    }

    /// Whether the orientation in an APP1 segment swaps width and height; nil when the segment is no Exif.
    private static func exif(
        _ source: some ByteSource, at offset: Int64, length: Int
    ) throws(AttachmentReadingError) -> Bool? {
        let segment = try source.view(at: offset, count: min(length, largestExif))
        guard segment.has("Exif\0\0", at: 0), let tiff = segment.part(6, segment.count - 6) else { return nil }
        return (orientation(tiff) ?? 1) >= 5
    }

    /// The tag `Orientation` of the first directory, 1 to 8; nil without one. Source: TIFF 6.0, section 2; Exif 2.3, 4.6.4.
    static func orientation(_ tiff: ByteView) -> Int? {
        let isBig = tiff.has("MM", at: 0)
        guard isBig || tiff.has("II", at: 0), let directory = tiff.number(4, 4, isBig: isBig),
            let entries = tiff.number(directory, 2, isBig: isBig)
        else { return nil }
        for entry in 0..<entries {
            let offset = directory + 2 + 12 * entry
            guard let tag = tiff.number(offset, 2, isBig: isBig) else { return nil }
            if tag == 0x0112 {
                return tiff.number(offset + 8, 2, isBig: isBig).flatMap { (1...8).contains($0) ? $0 : nil }
            }
        }
        return nil
    }
}
