/// One cell of a table that a spreadsheet program will open: it must show what is written, on one row, and run nothing.
enum CSVCell {
    /// A figure of ours, which the program may take for a number; empty when there is none.
    static func figure(_ figure: String?) -> String { figure ?? "" }

    /// Text of anybody's; empty when there is none.
    ///
    /// - Line breaks and tabs become spaces, other control characters U+FFFD: Excel ends a row at a lone CR or LF even
    ///   where RFC 4180 would not.
    /// - Text that a program would take for a formula gets an apostrophe before it.
    /// - Text that a program would take for a number, a date or a time (`0991…`, `16:9`) gets a tab after it, which
    ///   keeps it text and does not show.
    /// - Text over 32 000 UTF-16 units is cut: beyond 32 767 Excel spills it into other rows.
    static func text(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "" }
        let shown = cut(visible(text))
        if beginsFormula(text) { return quoted("'" + shown) }
        return quoted(looksLikeFigure(shown) ? shown + "\t" : shown)
    }

    /// Source: RFC 4180, 2.5 to 2.7; blanks at the ends and other programs' delimiters are quoted, too.
    private static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isPlain = !scalars.contains { special.contains($0) } && scalars.first != " " && scalars.last != " "
        if isPlain { return text }
        return "\"" + scalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

    private static let special: Set<Unicode.Scalar> = ["\"", ",", ";", "\t"]

    private static func visible(_ text: String) -> String {
        var previous: Unicode.Scalar?
        return text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\n" where previous == "\r": break
            case "\t", "\n", "\u{b}", "\u{c}", "\r", "\u{85}", "\u{2028}", "\u{2029}": result += " "
            case _ where scalar.properties.generalCategory == .control: result += "\u{fffd}"
            default: result.unicodeScalars.append(scalar)
            }
            previous = scalar
        }
    }

    /// By scalar, not by character: `=` and a combining mark are one character, but still begin a formula.
    private static func beginsFormula(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        if let first = scalars.first, ["\t", "\r", "\n"].contains(first) { return true }
        return scalars.first { !isBlank($0) }.map(formulaStarts.contains) ?? false
    }

    /// What a program may skip or not show before a formula.
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
