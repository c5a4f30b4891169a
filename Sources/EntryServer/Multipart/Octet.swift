/// Bytes that have a name in the grammars of RFC 2045 and RFC 2046.
extension UInt8 {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote = UInt8(ascii: "\"")
    static let percent = UInt8(ascii: "%")
    static let dash = UInt8(ascii: "-")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let equals = UInt8(ascii: "=")
    static let backslash = UInt8(ascii: "\\")

    /// Whether the byte is a space or a tab.
    var isBlank: Bool { self == .space || self == .tab }

    /// Whether the byte may stand in a `token` (RFC 2045 §5.1): visible ASCII without the `tspecials`.
    var isTokenCharacter: Bool {
        switch self {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "@"),
            UInt8(ascii: ","), .semicolon, .colon, .backslash, .quote, UInt8(ascii: "/"), UInt8(ascii: "["),
            UInt8(ascii: "]"), UInt8(ascii: "?"), .equals:
            false
        default: 0x21...0x7E ~= self
        }
    }

    /// Whether the byte may stand in a boundary (RFC 2046 §5.1.1 `bchars`); a space may not be the last one.
    var isBoundaryCharacter: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "'()+_,-./:=? ".utf8.contains(self)
        }
    }

    /// Whether the byte is a decimal digit or one of `a`...`f`.
    var isLowercaseHexadecimal: Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= self || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
    }

    /// The value of an ASCII hexadecimal digit, 0...15, or nil for any other byte.
    var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// The slice without the spaces and tabs at both ends.
    var trimmingBlanks: ArraySlice<UInt8> {
        let trimmedStart = drop(while: \.isBlank)
        guard let last = trimmedStart.lastIndex(where: { !$0.isBlank }) else { return [] }
        return trimmedStart[...last]
    }

    /// The bytes as text in lower case; invalid UTF-8 is repaired with U+FFFD.
    var lowercasedText: String { String(decoding: self, as: UTF8.self).lowercased() }
}
