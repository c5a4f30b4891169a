/// Text as a cell of a workbook can hold it.
enum WorkbookText {
    /// Most UTF-16 units of a cell. Source: Excel specifications and limits.
    static let mostUnits = 32_767

    /// `text` without what XML forbids, with line breaks as LF, cut to what a cell holds, and with `_x000D_` and its like
    /// escaped: a reader of workbooks would take them for the character that they name.
    ///
    /// Source of the escape: ISO/IEC 29500-1 §22.4.2.4 (`bstr`).
    static func cell(_ text: String) -> String {
        if isPlain(text) { return text }
        let scalars = cleaned(text)
        var result = String.UnicodeScalarView()
        var units = 0
        var fitting: (length: Int, end: String.UnicodeScalarView.Index)?
        for index in scalars.indices {
            let piece = isEscape(scalars[index...]) ? underscore : [scalars[index]]
            let added = piece.reduce(0) { $0 + ($1.value > 0xFFFF ? 2 : 1) }
            if fitting == nil, units + added > mostUnits - 1 { fitting = (units, result.endIndex) }
            units += added
            guard units <= mostUnits else {
                return String(result[..<(fitting?.end ?? result.endIndex)]) + "…"
            }
            result.append(contentsOf: piece)
        }
        return String(result)
    }

    /// Most texts need nothing; those are told by their bytes.
    private static func isPlain(_ text: String) -> Bool {
        var count = 0
        var previous: UInt8 = 0
        for byte in text.utf8 {
            // 0xC2 leads U+0080…U+00BF, 0xEF leads U+F000…U+FFFF: both hold characters that must go.
            if byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xEF { return false }
            if byte == UInt8(ascii: "x"), previous == UInt8(ascii: "_") { return false }
            previous = byte
            count += 1
        }
        return count <= mostUnits
    }

    private static func cleaned(_ text: String) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var previous: Unicode.Scalar?
        // More than one too many need not be looked at.
        for scalar in text.unicodeScalars where result.count <= mostUnits {
            switch scalar {
            case "\n" where previous == "\r": break
            case "\n", "\r": result.append("\n")
            case "\t": result.append("\t")
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.append(scalar)
            }
            previous = scalar
        }
        return result
    }

    private static let underscore: [Unicode.Scalar] = Array("_x005F_".unicodeScalars)

    /// Whether `_xHHHH_` begins here.
    private static func isEscape(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let start = rest.startIndex
        guard rest.count >= 7, rest[start] == "_", rest[start + 1] == "x", rest[start + 6] == "_" else { return false }
        return rest[(start + 2)...(start + 5)].allSatisfy { $0.properties.isASCIIHexDigit }
    }
}
