/// One cell of a CSV table for a spreadsheet program. The program shows the cell's text unchanged, keeps it in one row
/// and runs no formula from it.
enum CSVCell {
    /// A number that clipcheck computed, unquoted, so that a spreadsheet program reads it as a number; empty for nil.
    static func figure(_ figure: String?) -> String { figure ?? "" }

    /// Text from any source, quoted where RFC 4180 demands quotes; empty for nil.
    ///
    /// - Each line break or tab becomes a space, and each other control character U+FFFD: Excel ends a row at a lone CR
    ///   or LF, although RFC 4180 does not.
    /// - Text that a spreadsheet program would read as a formula gets an apostrophe before it.
    /// - Text that a spreadsheet program would read as a number, a date or a time (`0991…`, `16:9`) gets a tab after
    ///   it. The tab is invisible and makes the program keep the cell as text.
    /// - Text of more than 32 000 UTF-16 units is cut and ends in `…`: Excel moves what exceeds 32 767 units into other
    ///   rows.
    static func text(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "" }
        let shown = cut(visible(text))
        if beginsFormula(text) { return quoted("'" + shown) }
        return quoted(looksLikeFigure(shown) ? shown + "\t" : shown)
    }

    /// `text` in quotes where it needs them. Source: RFC 4180, 2.5 to 2.7. Text with a space at either end, and text
    /// with a semicolon or a tab, which other programs use as delimiters, is quoted too.
    private static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isPlain = !scalars.contains { special.contains($0) } && scalars.first != " " && scalars.last != " "
        if isPlain { return text }
        return "\"" + scalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    private static let special: Set<Unicode.Scalar> = ["\"", ",", ";", "\t"]

    private static func visible(_ text: String) -> String {
        ControlCharacters.replaced(in: text) { scalar, previous in
            switch scalar {
            case "\n" where previous == "\r": ""
            case "\t", "\n", "\u{b}", "\u{c}", "\r", "\u{85}", "\u{2028}", "\u{2029}": " "
            default: nil
            }
        }
    }

    /// Whether a spreadsheet program would read `text` as a formula. The check goes by scalar, not by character: `=`
    /// and a combining mark are one `Character`, but still begin a formula.
    private static func beginsFormula(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        if let first = scalars.first, ["\t", "\r", "\n"].contains(first) { return true }
        return scalars.first { !isBlank($0) }.map(formulaStarts.contains) ?? false
    }

    /// Whether a spreadsheet program may skip `scalar`, or not show it, before a formula.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format: true
        default: scalar.properties.isWhitespace || scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

    private static func looksLikeFigure(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return scalars.contains { ("0"..."9").contains($0) } && scalars.allSatisfy(figureScalars.contains)
    }

    private static let figureScalars = Set("0123456789.,:/-+eE% ".unicodeScalars)

    private static let mostUnits = 32_000

    private static func cut(_ text: String) -> String {
        guard text.utf16.count > mostUnits else { return text }
        var (kept, units) = (String.UnicodeScalarView(), 0)
        for scalar in text.unicodeScalars {
            units += UTF16.width(scalar)
            if units > mostUnits { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }
}
