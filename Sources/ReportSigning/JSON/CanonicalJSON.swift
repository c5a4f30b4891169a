/// The canonical form of JSON: equal values are equal bytes, whatever the order of members, the spaces and the escapes.
///
/// Source: RFC 8785 (JSON Canonicalization Scheme).
public enum CanonicalJSON {
    /// Most levels that arrays and objects may nest. A report has 6.
    public static let mostLevels = 64

    /// How numbers are treated that a double cannot hold.
    public enum Numbers: Sendable {
        /// As RFC 8785 has it: the nearest double stands for the number.
        case nearestDouble
        /// Every digit counts: an integer beyond 2⁵³ keeps its digits, another number that no double holds is refused.
        /// Numbers that a double holds have the form of RFC 8785. Signatures use this, so that no digit can be changed.
        case everyDigit
    }

    /// The value that `bytes` are the text of, for `bytes(_:)`.
    public static func value(of bytes: [UInt8]) throws(JSONFault) -> JSONValue { try JSONReader.value(of: bytes) }

    /// The canonical form of JSON text, UTF-8.
    public static func bytes(of text: [UInt8], numbers: Numbers = .everyDigit) throws(JSONFault) -> [UInt8] {
        try bytes(try value(of: text), numbers: numbers)
    }

    /// The canonical form of a value, UTF-8.
    public static func bytes(_ value: JSONValue, numbers: Numbers = .everyDigit) throws(JSONFault) -> [UInt8] {
        var bytes: [UInt8] = []
        try write(value, numbers, to: &bytes)
        return bytes
    }

    private static func write(_ value: JSONValue, _ numbers: Numbers, to bytes: inout [UInt8]) throws(JSONFault) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let isTrue): bytes.append(contentsOf: (isTrue ? "true" : "false").utf8)
        case .number(let text): bytes.append(contentsOf: try CanonicalNumber(text).form(numbers).utf8)
        case .string(let text): write(text, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try write(element, numbers, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members): try write(members, numbers, to: &bytes)
        }
    }

    /// Writes members in the order of the UTF-16 code units of their names. Source: RFC 8785 §3.2.3.
    private static func write(
        _ members: [JSONValue.Member], _ numbers: Numbers, to bytes: inout [UInt8]
    ) throws(JSONFault) {
        bytes.append(UInt8(ascii: "{"))
        let sorted = members.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        for (index, member) in sorted.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(member.name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            try write(member.value, numbers, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes a string with the fewest escapes. Source: RFC 8785 §3.2.2.2.
    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case 0x08: bytes.append(contentsOf: #"\b"#.utf8)
            case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
            case 0x0a: bytes.append(contentsOf: #"\n"#.utf8)
            case 0x0c: bytes.append(contentsOf: #"\f"#.utf8)
            case 0x0d: bytes.append(contentsOf: #"\r"#.utf8)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0..<0x20:
                bytes.append(contentsOf: (#"\u00"# + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
