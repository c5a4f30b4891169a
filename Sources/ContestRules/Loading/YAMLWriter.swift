internal import Foundation

/// Writes a tree as YAML that `YAMLComposer` reads as the same tree.
enum YAMLWriter {
    /// Most columns of a list or a mapping that stands on one line.
    private static let width = 100

    /// The text of a mapping, one pair a line, and keys in the order of `order`; other keys follow in theirs.
    static func text(_ mapping: YAMLMapping, order: [String]) -> String { block(mapping, order, indent: "") }

    private static func block(_ mapping: YAMLMapping, _ order: [String], indent: String) -> String {
        sorted(mapping, order).map { pair in "\(indent)\(scalar(pair.key)):\(value(pair.value, order, indent))" }
            .joined()
    }

    /// A value behind its key, with the line's end.
    private static func value(_ node: YAMLNode, _ order: [String], _ indent: String) -> String {
        let line = flow(node, order)
        switch node.content {
        case .scalar, .null: return " \(line)\n"
        // Rules and fields stand one below the other, however short they are.
        case .sequence(let items) where items.contains { $0.mapping != nil } || line.count > width:
            return items.reduce("\n") { $0 + item($1, order, indent + "  ") }
        case .mapping(let mapping) where line.count > width: return "\n" + block(mapping, order, indent: indent + "  ")
        case .sequence, .mapping: return " \(line)\n"
        }
    }

    private static func item(_ node: YAMLNode, _ order: [String], _ indent: String) -> String {
        let line = flow(node, order)
        guard let mapping = node.mapping, line.count > width else { return "\(indent)- \(line)\n" }
        return "\(indent)- " + block(mapping, order, indent: indent + "  ").dropFirst(indent.count + 2)
    }

    /// A node on one line.
    private static func flow(_ node: YAMLNode, _ order: [String]) -> String {
        switch node.content {
        case .scalar(let text): return scalar(text)
        case .null: return "null"
        case .sequence(let items): return "[\(items.map { flow($0, order) }.joined(separator: ", "))]"
        case .mapping(let mapping):
            let pairs = sorted(mapping, order).map { "\(scalar($0.key)): \(flow($0.value, order))" }
            return "{\(pairs.joined(separator: ", "))}"
        }
    }

    private static func sorted(_ mapping: YAMLMapping, _ order: [String]) -> [YAMLMapping.Pair] {
        let ranks = Dictionary(zip(order, 0...)) { first, _ in first }
        return mapping.pairs.enumerated().sorted { left, right in
            let (one, other) = (ranks[left.element.key] ?? order.count, ranks[right.element.key] ?? order.count)
            return (one, left.offset) < (other, right.offset)
        }.map(\.element)
    }

    /// A text without quotes where it can be nothing else, otherwise in double quotes.
    static func scalar(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let isBare = scalars.allSatisfy { isPlain($0) } && scalars.first.map(beginsPlain) == true
        return isBare && text != "null" ? text : quoted(text)
    }

    private static func beginsPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || isDigit(scalar)
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        beginsPlain(scalar) || "-_./%+（）、，；。〔〕《》“”×–".unicodeScalars.contains(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": return "\\\(scalar)"
            case "\n": return "\\n"
            case "\t": return "\\t"
            default: return needsEscape(scalar) ? escape(scalar) : String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    /// Whether YAML allows the scalar as an escape only, or reads it as the end of a line.
    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f...0x9f, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
