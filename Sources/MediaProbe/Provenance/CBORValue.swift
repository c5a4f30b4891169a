/// A CBOR value, as far as the claim of Content Credentials needs it. Source: RFC 8949.
enum CBORValue: Sendable, Hashable {
    case text(String)
    case array([CBORValue])
    case map([Entry])
    /// A number, bytes, a simple value or a float; none of them is needed.
    case other

    /// An entry of a map.
    struct Entry: Sendable, Hashable {
        let key: CBORValue
        let value: CBORValue
    }

    /// Greatest number of arrays, maps and tags inside each other.
    static let deepest = 16

    /// Reads `bytes`, which must hold one value and nothing else; nil when they do not.
    init?(_ bytes: some Collection<UInt8>) {
        var reader = CBORReader(bytes)
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    /// The value of the first entry called `key`; nil for anything but a map, and when there is none.
    subscript(key: String) -> CBORValue? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { $0.key == .text(key) }?.value
    }

    /// The text; nil for any other value.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The items of an array; nil for any other value.
    var items: [CBORValue]? {
        if case .array(let items) = self { items } else { nil }
    }
}

/// A reader of CBOR. Every function returns nil for bytes that RFC 8949 does not allow, and for strings of indefinite
/// length. An item takes at least one byte, so a count larger than the rest of the bytes is refused before anything is
/// stored.
private struct CBORReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes) }

    var isAtEnd: Bool { place == bytes.count }

    private var left: UInt64 { UInt64(bytes.count - place) }

    /// The value that begins here.
    mutating func value(depth: Int) -> CBORValue? {
        guard depth <= CBORValue.deepest, let head = head() else { return nil }
        switch (head.major, head.argument) {
        case (0, .some), (1, .some), (7, .some): return .other
        case (2, let count?): return string(count) == nil ? nil : .other
        case (3, let count?):
            return string(count).flatMap { String(validating: $0, as: UTF8.self) }.map(CBORValue.text)
        case (4, let count): return items(count, depth: depth).map(CBORValue.array)
        case (5, let count): return map(count, depth: depth)
        case (6, .some): return value(depth: depth + 1)
        default: return nil
        }
    }

    /// The major type and the argument of a head (§3); the argument is nil for an indefinite length. A head with a
    /// reserved argument is nil.
    private mutating func head() -> (major: UInt8, argument: UInt64?)? {
        guard left > 0 else { return nil }
        let (major, short) = (bytes[place] >> 5, bytes[place] & 0x1f)
        place += 1
        switch short {
        case 0..<24: return (major, UInt64(short))
        case 24...27:
            guard let argument = string(1 << UInt64(short - 24)) else { return nil }
            return (major, argument.bigEndian)
        case 31: return (major, nil)
        default: return nil
        }
    }

    private mutating func string(_ count: UInt64) -> ArraySlice<UInt8>? {
        guard count <= left else { return nil }
        let start = place
        place += Int(count)
        return bytes[start..<place]
    }

    /// `count` items, or the items up to the break code.
    private mutating func items(_ count: UInt64?, depth: Int) -> [CBORValue]? {
        guard count ?? 0 <= left else { return nil }
        var items: [CBORValue] = []
        while count.map({ UInt64(items.count) < $0 }) ?? !skipBreak() {
            guard let item = value(depth: depth + 1) else { return nil }
            items.append(item)
        }
        return items
    }

    private mutating func map(_ count: UInt64?, depth: Int) -> CBORValue? {
        guard count ?? 0 <= left / 2, let items = items(count.map { $0 * 2 }, depth: depth), items.count % 2 == 0 else {
            return nil
        }
        let entries = stride(from: 0, to: items.count, by: 2).map {
            CBORValue.Entry(key: items[$0], value: items[$0 + 1])
        }
        return .map(entries)
    }

    /// Steps over a break code if it is here.
    private mutating func skipBreak() -> Bool {
        guard left > 0, bytes[place] == 0xff else { return false }
        place += 1
        return true
    }
}
