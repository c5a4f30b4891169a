import Foundation

/// Any JSON value as it is on the wire, so that tests see keys and nulls as a client does.
enum WireValue: Hashable, Sendable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([WireValue])
    case object([String: WireValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([WireValue].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: WireValue].self))
        }
    }

    /// Reads a document.
    init(_ bytes: [UInt8]) throws { self = try JSONDecoder().decode(WireValue.self, from: Data(bytes)) }

    /// The member `key`; nil when this is no object or has no such key.
    subscript(key: String) -> WireValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    /// The keys of an object; empty for anything else.
    var keys: Set<String> {
        if case .object(let members) = self { Set(members.keys) } else { [] }
    }

    /// The elements of a list; empty for anything else.
    var elements: [WireValue] {
        if case .list(let elements) = self { elements } else { [] }
    }

    /// The text; nil for anything else.
    var string: String? {
        if case .text(let text) = self { text } else { nil }
    }

    /// The first finding of the rule `id` in a report; nil when there is none.
    func finding(_ rule: String) -> WireValue? { self["findings"]?.elements.first { $0["rule"]?.string == rule } }
}

extension WireValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByNilLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(nilLiteral: ()) { self = .null }
    init(dictionaryLiteral elements: (String, WireValue)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}
