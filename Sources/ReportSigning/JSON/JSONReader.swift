/// Reads JSON text strictly: one value, no byte order mark, no member twice, no half of a surrogate pair.
///
/// The text may come from anybody. Source: RFC 8259; RFC 8785 §3.1 for the demands beyond it.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var level = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The value that `bytes` are the text of.
    static func value(of bytes: [UInt8]) throws(JSONFault) -> JSONValue {
        var reader = JSONReader(bytes)
        let value = try reader.value()
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.fault(.trailingBytes) }
        return value
    }

    private mutating func value() throws(JSONFault) -> JSONValue {
        skipSpace()
        switch try current() {
        case UInt8(ascii: "{"): return try nested { reader throws(JSONFault) in try reader.object() }
        case UInt8(ascii: "["): return try nested { reader throws(JSONFault) in try reader.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONFault) -> JSONValue
    ) throws(JSONFault) -> JSONValue {
        guard level < CanonicalJSON.mostLevels else { throw fault(.tooDeep) }
        level += 1
        position += 1
        defer { level -= 1 }
        return try read(&self)
    }

    private mutating func array() throws(JSONFault) -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            elements.append(try value())
            skipSpace()
            if take("]") { return .array(elements) }
            try require(",")
        }
    }

    private mutating func object() throws(JSONFault) -> JSONValue {
        var members: [JSONValue.Member] = []
        var names: Set<[UInt8]> = []
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard try current() == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
            let start = position
            let name = try string()
            // By bytes: `String` takes two spellings of one character for equal.
            guard names.insert(Array(name.utf8)).inserted else {
                throw JSONFault(code: .duplicateName, offset: start)
            }
            skipSpace()
            try require(":")
            members.append(.init(name: name, value: try value()))
            skipSpace()
            if take("}") { return .object(members) }
            try require(",")
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount {
            guard try current() == text.utf8Start[index] else { throw fault(.unexpectedByte) }
            position += 1
        }
        return value
    }

    /// Source: RFC 8259 §6.
    private mutating func number() throws(JSONFault) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits() }
        if take(".") { try digits() }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONFault) {
        guard Self.isDigit(try current()) else { throw fault(.unexpectedByte) }
        while position < bytes.count, Self.isDigit(bytes[position]) { position += 1 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

// Strings. Source: RFC 8259 §7.
extension JSONReader {
    private mutating func string() throws(JSONFault) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while true {
            let byte = try current()
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw JSONFault(code: .invalidUTF8, offset: start)
                }
                return string
            case UInt8(ascii: "\\"):
                position += 1
                text.append(contentsOf: try escaped())
            case 0..<0x20: throw fault(.unexpectedByte)
            default:
                text.append(byte)
                position += 1
            }
        }
    }

    private mutating func escaped() throws(JSONFault) -> [UInt8] {
        let byte = try current()
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f, UInt8(ascii: "b"): 0x08,
            UInt8(ascii: "f"): 0x0c, UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
        ]
        if let plain = simple[byte] {
            position += 1
            return [plain]
        }
        let start = position - 1
        let first = try codeUnit()
        guard UTF16.isLeadSurrogate(first) || UTF16.isTrailSurrogate(first) else { return Self.utf8([first]) }
        guard UTF16.isLeadSurrogate(first), take("\\") else { throw JSONFault(code: .loneSurrogate, offset: start) }
        guard try current() == UInt8(ascii: "u") else { throw JSONFault(code: .loneSurrogate, offset: start) }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else { throw JSONFault(code: .loneSurrogate, offset: start) }
        return Self.utf8([first, second])
    }

    /// The `u` of an escape and its four hexadecimal digits.
    private mutating func codeUnit() throws(JSONFault) -> UInt16 {
        try require("u")
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(UnicodeScalar(try current())).hexDigitValue else {
                throw fault(.unexpectedByte)
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private static func utf8(_ units: [UInt16]) -> [UInt8] { Array(String(decoding: units, as: UTF16.self).utf8) }
}

extension JSONReader {
    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
    }

    private func current() throws(JSONFault) -> UInt8 {
        guard position < bytes.count else { throw fault(.unexpectedEnd) }
        return bytes[position]
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func require(_ scalar: Unicode.Scalar) throws(JSONFault) {
        guard try current() == UInt8(ascii: scalar) else { throw fault(.unexpectedByte) }
        position += 1
    }

    private func fault(_ code: JSONFault.Code) -> JSONFault { JSONFault(code: code, offset: position) }
}
