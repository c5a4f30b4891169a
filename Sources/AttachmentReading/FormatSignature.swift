internal import MediaFacts

/// Recognises a format by the first bytes of a file.
enum FormatSignature {
    /// Number of bytes that `format(_:)` looks at.
    static let length = 4096

    /// A PDF may have foreign bytes before its header. Source: ISO 32000-1, annex H.3, note 13.
    private static let pdfHeaderWithin = 1024

    private static let signatures: [(bytes: [UInt8], format: AttachmentFormat)] = [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([0xFF, 0xD8, 0xFF], .jpeg),
        (Array("GIF87a".utf8), .gif), (Array("GIF89a".utf8), .gif),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .doc),
        ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x50, 0x4B, 0x05, 0x06], .zip),
    ]

    private static let heicBrands: Set<String> = ["heic", "heix", "heim", "heis", "mif1"]

    /// The format that the first bytes promise; `other` when they promise none.
    static func format(_ head: ByteView) -> AttachmentFormat {
        guard head.count > 0 else { return .empty }
        if let known = signatures.first(where: { head.has($0.bytes, at: 0) }) { return known.format }
        if head.has("RIFF", at: 0), head.has("WEBP", at: 8) { return .webp }
        if head.has("BM", at: 0), let header = head.little(14, 4), (12...124).contains(header) { return .bmp }
        if head.has("ftyp", at: 4), let brand = head.slice(8, 4),
            heicBrands.contains(String(decoding: brand, as: UTF8.self))
        {
            return .heic
        }
        if let pdf = head.first("%PDF-"), pdf < pdfHeaderWithin { return .pdf }
        return .other
    }
}
