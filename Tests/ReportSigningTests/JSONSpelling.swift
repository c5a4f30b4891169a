import TestSupport

@testable import ReportSigning

/// Writes JSON values as text that is not canonical, to see that the spelling does not matter.
struct JSONSpelling: Sendable {
    private var random: SeededGenerator?

    /// Members in the order of the value, no spaces, no escapes but the needed ones.
    static let plain = JSONSpelling(random: nil)

    /// Members in any order, spaces between tokens, characters escaped and numbers respelt at random.
    static func shuffled(seed: UInt64) -> JSONSpelling { JSONSpelling(random: SeededGenerator(seed: seed)) }

    private init(random: SeededGenerator?) { self.random = random }

    /// The text of `value`.
    func text(of value: JSONValue) -> [UInt8] {
        var writer = self
        return Array(writer.write(value).utf8)
    }

    private mutating func write(_ value: JSONValue) -> String {
        let text: String =
            switch value {
            case .null: "null"
            case .bool(let isTrue): isTrue ? "true" : "false"
            case .number(let digits): number(digits)
            case .string(let string): quoted(string)
            case .array(let elements): "[" + elements.map { write($0) }.joined(separator: ",") + "]"
            case .object(let members): "{" + ordered(members).map { member($0) }.joined(separator: ",") + "}"
            }
        return space + text + space
    }

    private mutating func member(_ member: JSONValue.Member) -> String {
        space + quoted(member.name) + space + ":" + write(member.value)
    }

    private mutating func ordered(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
        guard var random else { return members }
        defer { self.random = random }
        return members.shuffled(using: &random)
    }

    private mutating func chance(_ outOf: Int) -> Bool {
        guard var random else { return false }
        defer { self.random = random }
        return Int.random(in: 0..<outOf, using: &random) == 0
    }

    private var space: String {
        mutating get { chance(4) ? " \n" : chance(8) ? "\t\r" : "" }
    }

    private mutating func number(_ digits: String) -> String {
        guard digits != "0", digits.allSatisfy({ $0.isNumber || $0 == "-" }), chance(2) else { return digits }
        return chance(2) ? digits + ".00" : digits + "0e-1"
    }

    private mutating func quoted(_ string: String) -> String {
        var text = "\""
        for unit in string.utf16 {
            let isPlain = unit >= 0x20 && unit != 0x22 && unit != 0x5c && unit < 0x7f
            if isPlain, !chance(6) {
                text += String(decoding: [unit], as: UTF16.self)
            } else {
                let hex = String(unit, radix: 16, uppercase: chance(2))
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            }
        }
        return text + "\""
    }
}
