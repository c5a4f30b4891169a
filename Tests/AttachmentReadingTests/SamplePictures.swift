/// Headers of pictures, built byte by byte.
enum SamplePictures {
    static func png(_ width: Int, _ height: Int, end: String = "IEND") -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Bytes.big(13, 4) + Bytes.ascii("IHDR") + Bytes.big(width, 4)
            + Bytes.big(height, 4) + [8, 2, 0, 0, 0] + Bytes.big(0, 4) + Bytes.big(0, 4) + Bytes.ascii(end)
            + Bytes.big(0, 4)
    }

    /// A JPEG with `segments` before its frame header.
    static func jpeg(_ width: Int, _ height: Int, marker: UInt8 = 0xC0, segments: [UInt8] = []) -> [UInt8] {
        [0xFF, 0xD8] + segments + [0xFF, marker] + Bytes.big(17, 2) + [8] + Bytes.big(height, 2) + Bytes.big(width, 2)
            + [3] + [UInt8](repeating: 0, count: 9) + [0xFF, 0xD9]
    }

    /// A segment of JPEG.
    static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker] + Bytes.big(content.count + 2, 2) + content
    }

    /// An Exif segment with the tag `Orientation`.
    static func exif(orientation: Int, isBig: Bool = true) -> [UInt8] {
        let number = { (value: Int, width: Int) in isBig ? Bytes.big(value, width) : Bytes.little(value, width) }
        let tiff =
            Bytes.ascii(isBig ? "MM" : "II") + number(42, 2) + number(8, 4) + number(1, 2) + number(0x0112, 2)
            + number(3, 2) + number(1, 4) + number(orientation, 2) + number(0, 2) + number(0, 4)
        return segment(0xE1, Bytes.ascii("Exif\0\0") + tiff)
    }

    static func gif(_ width: Int, _ height: Int) -> [UInt8] {
        Bytes.ascii("GIF89a") + Bytes.little(width, 2) + Bytes.little(height, 2) + [0, 0, 0]
    }

    static func bmp(_ width: Int, _ height: Int) -> [UInt8] {
        Bytes.ascii("BM") + Bytes.little(1000, 4) + Bytes.little(0, 4) + Bytes.little(54, 4) + Bytes.little(40, 4)
            + Bytes.little(width, 4) + Bytes.little(height, 4)
    }

    /// A bitmap of OS/2, whose sides have two bytes.
    static func coreBMP(_ width: Int, _ height: Int) -> [UInt8] {
        Bytes.ascii("BM") + Bytes.little(1000, 4) + Bytes.little(0, 4) + Bytes.little(26, 4) + Bytes.little(12, 4)
            + Bytes.little(width, 2) + Bytes.little(height, 2)
    }

    private static func riff(_ chunk: String, _ content: [UInt8]) -> [UInt8] {
        Bytes.ascii("RIFF") + Bytes.little(4 + 8 + content.count, 4) + Bytes.ascii("WEBP") + Bytes.ascii(chunk)
            + Bytes.little(content.count, 4) + content
    }

    static func webpExtended(_ width: Int, _ height: Int) -> [UInt8] {
        riff("VP8X", [0, 0, 0, 0] + Bytes.little(width - 1, 3) + Bytes.little(height - 1, 3))
    }

    static func webpLossy(_ width: Int, _ height: Int) -> [UInt8] {
        riff("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A] + Bytes.little(width, 2) + Bytes.little(height, 2))
    }

    static func webpLossless(_ width: Int, _ height: Int) -> [UInt8] {
        riff("VP8L", [0x2F] + Bytes.little((width - 1) | (height - 1) << 14, 4))
    }

    /// A box of ISO/IEC 14496-12.
    static func box(_ kind: String, _ content: [UInt8]) -> [UInt8] {
        Bytes.big(content.count + 8, 4) + Bytes.ascii(kind) + content
    }

    /// A HEIF file of a tile of 512×512 and a primary picture, item 2, that is turned by `quarters` of a circle.
    static func heic(_ width: Int, _ height: Int, quarters: UInt8 = 0) -> [UInt8] {
        let extent = { (width: Int, height: Int) in
            box("ispe", Bytes.big(0, 4) + Bytes.big(width, 4) + Bytes.big(height, 4))
        }
        let properties = box("ipco", extent(512, 512) + extent(width, height) + box("irot", [quarters]))
        let associations = Bytes.big(2, 4) + Bytes.big(1, 2) + [1, 1] + Bytes.big(2, 2) + [2, 2, 0x83]
        let meta =
            Bytes.big(0, 4) + box("pitm", Bytes.big(0, 4) + Bytes.big(2, 2))
            + box("iprp", properties + box("ipma", Bytes.big(0, 4) + associations))
        return box("ftyp", Bytes.ascii("heic") + Bytes.big(0, 4) + Bytes.ascii("mif1heic")) + box("meta", meta)
    }
}
