extension MatroskaTrack {
    /// Reads the content of a TrackEntry.
    ///
    /// - Parameter left: number of elements that may still be read; each element read lowers it by one.
    init(_ content: Range<UInt64>, _ source: FileBytes, left: inout Int) {
        for element in EBMLElement.list(in: content, source, left: &left) {
            guard let body = element.content(until: content.upperBound) else { continue }
            switch element.id {
            case 0xd7: number = element.unsigned(in: source) ?? 0
            case 0x83: type = element.unsigned(in: source) ?? 0
            case 0xb9: isEnabled = element.unsigned(in: source) != 0
            case 0x88: isDefault = element.unsigned(in: source) != 0
            case 0x86: codec = element.text(in: source)
            case 0x23_e383: defaultDuration = element.unsigned(in: source).flatMap { $0 == 0 ? nil : $0 }
            case 0xe0: picture = MatroskaPicture(body, source, left: &left)
            case 0x6d80: isEncrypted = Self.hasEncryption(body, source, left: &left)
            default: break
            }
        }
    }

    /// Whether one of the encodings in a ContentEncodings element is an encryption.
    private static func hasEncryption(_ content: Range<UInt64>, _ source: FileBytes, left: inout Int) -> Bool {
        var isEncrypted = false
        for encoding in EBMLElement.list(in: content, source, left: &left) where encoding.id == 0x6240 {
            guard let body = encoding.content(until: content.upperBound) else { continue }
            let fields = EBMLElement.list(in: body, source, left: &left)
            isEncrypted = isEncrypted || fields.contains { $0.id == 0x5033 && $0.unsigned(in: source) == 1 }
        }
        return isEncrypted
    }
}

extension MatroskaPicture {
    /// Reads the content of a Video element.
    ///
    /// - Parameter left: number of elements that may still be read; each element read lowers it by one.
    init(_ content: Range<UInt64>, _ source: FileBytes, left: inout Int) {
        for element in EBMLElement.list(in: content, source, left: &left) {
            guard let number = element.unsigned(in: source) else { continue }
            let value = Int(min(number, UInt64(Int32.max)))
            switch element.id {
            case 0xb0: pixelWidth = value
            case 0xba: pixelHeight = value
            case 0x54bb: cropTop = value
            case 0x54aa: cropBottom = value
            case 0x54cc: cropLeft = value
            case 0x54dd: cropRight = value
            case 0x54b0: displayWidth = value
            case 0x54ba: displayHeight = value
            case 0x54b2: displayUnit = value
            default: break
            }
        }
    }
}
