/// A scanner of XML without document type declarations: tags, attributes and text, with the five predefined entities and
/// character references. Nothing is loaded or expanded, so the work is linear in the length of the text.
///
/// Source: XML 1.0 §2, §4.6. The scanner accepts more than XML allows in names; it refuses open elements at the end, end
/// tags of other names, unknown entities and more than 64 elements inside each other.
struct XMLScanner {
    /// A start tag.
    struct Tag {
        let name: String
        let attributes: [(name: String, value: [UInt8])]
        /// Whether the element has no content (`<a/>`); no end follows.
        let isEmpty: Bool
    }

    /// A part of the text.
    enum Event {
        case start(Tag)
        case end
        case text([UInt8])
    }

    /// Whether the scan ended at text that is no XML.
    private(set) var isBroken = false
    private let bytes: [UInt8]
    private var place = 0
    private var open: [String] = []

    /// Greatest number of elements inside each other.
    private static let deepest = 64

    /// Prepares to scan `bytes`, which must be UTF-8.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next part; nil at the end, and at text that is no XML.
    mutating func next() -> Event? {
        while !isBroken, place < bytes.count {
            guard bytes[place] == UInt8(ascii: "<") else { return text() }
            if skips("<?") {
                skip(past: "?>")
            } else if skips("<!--") {
                skip(past: "-->")
            } else if skips("<![CDATA[") {
                return characterData()
            } else if skips("</") {
                return endTag()
            } else {
                return startTag()
            }
        }
        if !open.isEmpty { isBroken = true }
        return nil
    }

    // MARK: Parts

    private mutating func text() -> Event? {
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "<") { place += 1 }
        guard !open.isEmpty else { return .text([]) }  // padding around the packet
        return unescaped(bytes[start..<place]).map(Event.text) ?? broken()
    }

    private mutating func characterData() -> Event? {
        let start = place
        guard let end = skip(past: "]]>") else { return nil }
        return .text(Array(bytes[start..<end]))
    }

    private mutating func endTag() -> Event? {
        let name = name()
        skipSpace()
        guard skips(">"), open.popLast() == name else { return broken() }
        return .end
    }

    private mutating func startTag() -> Event? {
        place += 1
        let name = name()
        guard !name.isEmpty, open.count < Self.deepest else { return broken() }  // `<!` ends here as well
        var attributes: [(name: String, value: [UInt8])] = []
        while true {
            skipSpace()
            if skips("/>") { return .start(Tag(name: name, attributes: attributes, isEmpty: true)) }
            if skips(">") {
                open.append(name)
                return .start(Tag(name: name, attributes: attributes, isEmpty: false))
            }
            guard let attribute = attribute() else { return broken() }
            attributes.append(attribute)
        }
    }

    private mutating func attribute() -> (name: String, value: [UInt8])? {
        let name = name()
        skipSpace()
        guard !name.isEmpty, skips("=") else { return nil }
        skipSpace()
        guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") || bytes[place] == UInt8(ascii: "'") else {
            return nil
        }
        let quote = bytes[place]
        let start = place + 1
        guard let end = bytes[start...].firstIndex(of: quote), !bytes[start..<end].contains(UInt8(ascii: "<")),
            let value = unescaped(bytes[start..<end])
        else { return nil }
        place = end + 1
        return (name, value)
    }

    private mutating func name() -> String {
        let start = place
        while place < bytes.count, !Self.nameEnds.contains(bytes[place]) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    // MARK: Steps

    private static let spaces: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
    private static let nameEnds = spaces.union("=/><!?&\"'".utf8)

    private mutating func skipSpace() {
        while place < bytes.count, Self.spaces.contains(bytes[place]) { place += 1 }
    }

    /// Steps over `mark` if it is here.
    private mutating func skips(_ mark: StaticString) -> Bool {
        let isHere = mark.withUTF8Buffer { bytes[place...].starts(with: $0) }
        if isHere { place += mark.utf8CodeUnitCount }
        return isHere
    }

    /// Steps behind the next `mark` and returns its position; the scan is broken when there is none.
    @discardableResult
    private mutating func skip(past mark: String) -> Int? {
        guard let found = bytes.position(of: Array(mark.utf8), from: place) else {
            isBroken = true
            return nil
        }
        place = found + mark.utf8.count
        return found
    }

    private mutating func broken() -> Event? {
        isBroken = true
        return nil
    }

    // MARK: Entities

    /// `text` with its references replaced; nil for a reference that is not predefined.
    private func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.contains(UInt8(ascii: "&")) else { return Array(text) }
        var result: [UInt8] = []
        var rest = text
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            result += rest[..<mark]
            let name = rest[(mark + 1)...].prefix(10).prefix { $0 != UInt8(ascii: ";") }
            guard name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ";"),
                let character = Self.character(String(decoding: name, as: UTF8.self))
            else { return nil }
            result += Array(String(character).utf8)
            rest = rest[(name.endIndex + 1)...]
        }
        return result + rest
    }

    private static func character(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "lt": "<"
        case "gt": ">"
        case "amp": "&"
        case "quot": "\""
        case "apos": "'"
        case _ where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }
}
