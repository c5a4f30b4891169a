/// E-mail addresses as people write them.
enum EmailAddress {
    /// Whether `text` is one address that could exist. Source: RFC 5321 without quoted names, RFC 6531 for other scripts.
    static func isPlausible(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard text.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].utf8.count) else { return false }
        return isName(parts[0]) && isDomain(parts[1])
    }

    /// Whether `text` is a name of at least two labels, the last one no number.
    static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.count >= 2, let last = labels.last, last.count >= 2,
            !last.allSatisfy(\.isNumber)
        else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.unicodeScalars.allSatisfy { $0 == "-" || isLetterOrDigit($0) }
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.unicodeScalars.allSatisfy { isLetterOrDigit($0) || isSign($0) }
        }
    }

    private static func isSign(_ scalar: Unicode.Scalar) -> Bool {
        "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
    }

    /// Letters of any script but not the full-width look-alikes, which no mail program accepts.
    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.properties.isAlphabetic || HalfWidth.digit(scalar) != nil }
        guard !(0xFF00...0xFFEF).contains(scalar.value) else { return false }
        return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
    }
}
