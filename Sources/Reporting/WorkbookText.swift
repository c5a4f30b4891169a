/// Prepares text for a cell of a workbook.
enum WorkbookText {
    /// Most UTF-16 units of a cell. Source: Excel specifications and limits.
    static let mostUnits = 32_767

    /// `text` as a cell can hold it:
    ///
    /// - Characters that XML forbids, and other control characters except tab and LF, are left out.
    /// - Each line break becomes LF.
    /// - Text that looks like an escape (`_x000D_`) is escaped itself, because a reader of workbooks would replace it
    ///   by the character that it names. Source: ISO/IEC 29500-1 §22.4.2.4 (`bstr`).
    /// - Text of more than `mostUnits` UTF-16 units, its escapes included, is cut and ends in `…`.
    static func cell(_ text: String) -> String {
        if isPlain(text) { return text }
        let scalars = Array(cleaned(text).unicodeScalars)
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

    /// Whether `text` is short enough and certainly needs no change, judged by its bytes. Most texts are plain, and the
    /// check is faster than going through scalars. The answer may be false for a text that needs no change.
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

    private static func cleaned(_ text: String) -> String {
        ControlCharacters.replaced(in: text, by: "") { scalar, previous in
            switch scalar {
            case "\n" where previous == "\r": ""
            case "\n", "\r": "\n"
            case "\t": "\t"
            case "\u{FFFE}", "\u{FFFF}": ""
            default: nil
            }
        }
    }

    private static let underscore: [Unicode.Scalar] = Array("_x005F_".unicodeScalars)

    /// Whether `rest` begins with an escape, `_xHHHH_`.
    private static func isEscape(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
        let start = rest.startIndex
        guard rest.count >= 7, rest[start] == "_", rest[start + 1] == "x", rest[start + 6] == "_" else { return false }
        return rest[(start + 2)...(start + 5)].allSatisfy { $0.properties.isASCIIHexDigit }
    }
}
