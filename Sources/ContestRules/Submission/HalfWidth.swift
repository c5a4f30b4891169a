/// Figures and signs as people type them, in any width, brought to ASCII.
enum HalfWidth {
    /// Digits of any width or script, full-width signs, dashes and white space in ASCII; what cannot be seen is dropped.
    static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !isInvisible(scalar) { folded.append(ascii(scalar)) }
        return String(folded)
    }

    /// The value of a decimal digit of any width or script (`８`, `⑧`), 0 to 9; nil for anything else.
    static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        if scalar.isASCII { return (0x30...0x39).contains(scalar.value) ? UInt8(scalar.value - 0x30) : nil }
        switch scalar.properties.numericType {
        case .decimal, .digit: return scalar.properties.numericValue.map { UInt8($0) }
        default: return nil
        }
    }

    /// Whether a scalar leaves no mark of its own: a joiner, a direction mark, a variation selector, an accent.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        switch scalar.properties.generalCategory {
        case .format, .nonspacingMark, .enclosingMark: return true
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// Whether there is nothing to read in `text`.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.value < 0x20 || isInvisible($0) }
    }

    /// `text` without white space at its ends.
    static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }

    /// The ASCII scalar that stands for `scalar`, or `scalar` itself where none does.
    static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar.properties.isWhitespace ? " " : scalar }
        if let digit = digit(scalar) { return Unicode.Scalar(0x30 + digit) }
        if (0xFF01...0xFF5E).contains(scalar.value) {
            return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        }
        if scalar.properties.isWhitespace { return " " }
        // Minus, box-drawing line and the mark of long vowels pass for dashes.
        let isDash = scalar.properties.generalCategory == .dashPunctuation || "−─ー".unicodeScalars.contains(scalar)
        return isDash ? "-" : scalar
    }
}
