/// A JSON value with its members in the order of the text, doubled ones included. A decoder keeps one member of each
/// name, and thereby hides a contradiction.
///
/// Source: RFC 8259. The text must be short: all of it is held in memory.
enum JSONValue: Sendable, Hashable {
    case object([Member])
    case array([JSONValue])
    case text(String)
    /// A number as it is written.
    case number(String)
    /// `true`, `false` or `null`.
    case word

    /// A member of an object.
    struct Member: Sendable, Hashable {
        let key: String
        let value: JSONValue
    }

    /// Greatest number of objects and arrays inside each other.
    static let deepest = 8

    /// Reads `text`; nil when it is no JSON text or nests deeper than `deepest`.
    init?(_ text: some Sequence<UInt8>) {
        var reader = JSONReader(text)
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    /// The members of an object; nil for any other value.
    var members: [Member]? {
        if case .object(let members) = self { members } else { nil }
    }
}

/// A reader of JSON text. Every function returns nil for text that RFC 8259 does not allow.
private struct JSONReader {
    private let text: [UInt8]
    private var place = 0

    init(_ text: some Sequence<UInt8>) { self.text = Array(text) }

    /// Whether only spaces follow.
    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return place == text.count
        }
    }

    /// The value that begins here, behind spaces.
    mutating func value(depth: Int) -> JSONValue? {
        skipSpace()
        guard depth <= JSONValue.deepest, let next else { return nil }
        switch next {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map(JSONValue.text)
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return word()
        default: return number()
        }
    }

    private var next: UInt8? { place < text.count ? text[place] : nil }

    private mutating func skipSpace() {
        while let next, [0x20, 0x09, 0x0a, 0x0d].contains(next) { place += 1 }
    }

    /// Steps over `character`, behind spaces; false when another one is there.
    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func object(depth: Int) -> JSONValue? {
        place += 1
        var members: [JSONValue.Member] = []
        if skip("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\""), let key = string(), skip(":"), let value = value(depth: depth + 1) else {
                return nil
            }
            members.append(JSONValue.Member(key: key, value: value))
        } while skip(",")
        return skip("}") ? .object(members) : nil
    }

    private mutating func array(depth: Int) -> JSONValue? {
        place += 1
        var items: [JSONValue] = []
        if skip("]") { return .array([]) }
        repeat {
            guard let item = value(depth: depth + 1) else { return nil }
            items.append(item)
        } while skip(",")
        return skip("]") ? .array(items) : nil
    }

    private mutating func word() -> JSONValue? {
        for word in ["true", "false", "null"] where text[place...].starts(with: word.utf8) {
            place += word.utf8.count
            return .word
        }
        return nil
    }

    private mutating func number() -> JSONValue? {
        let start = place
        while let next, "+-.eE0123456789".utf8.contains(next) { place += 1 }
        let digits = String(decoding: text[start..<place], as: UTF8.self)
        return digits.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/) != nil ? .number(digits) : nil
    }

    /// The string that begins here with a quotation mark.
    private mutating func string() -> String? {
        place += 1
        var scalars = String.UnicodeScalarView()
        var plain = place
        while let next, next >= 0x20 {
            guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") else {
                place += 1
                continue
            }
            guard let part = String(validating: text[plain..<place], as: UTF8.self) else { return nil }
            scalars.append(contentsOf: part.unicodeScalars)
            place += 1
            if next == UInt8(ascii: "\"") { return String(scalars) }
            guard let escaped = escape() else { return nil }
            scalars.append(escaped)
            plain = place
        }
        return nil
    }

    /// The character of an escape whose backslash was read.
    private mutating func escape() -> Unicode.Scalar? {
        guard let letter = next else { return nil }
        place += 1
        if letter == UInt8(ascii: "u") { return unicodeEscape() }
        let letters = Array("\"\\/bfnrt".utf8)
        let meanings: [Unicode.Scalar] = ["\"", "\\", "/", "\u{8}", "\u{c}", "\n", "\r", "\t"]
        return letters.firstIndex(of: letter).map { meanings[$0] }
    }

    private mutating func unicodeEscape() -> Unicode.Scalar? {
        guard let first = hexadecimal() else { return nil }
        guard (0xd800...0xdbff).contains(first) else { return Unicode.Scalar(first) }
        guard text[place...].starts(with: "\\u".utf8) else { return nil }
        place += 2
        guard let second = hexadecimal(), (0xdc00...0xdfff).contains(second) else { return nil }
        return Unicode.Scalar(0x1_0000 + (first - 0xd800) << 10 + (second - 0xdc00))
    }

    private mutating func hexadecimal() -> UInt32? {
        guard text.count - place >= 4 else { return nil }
        let digits = text[place..<place + 4]
        guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
        place += 4
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
