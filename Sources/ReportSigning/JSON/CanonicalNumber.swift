/// A number of JSON text, to be written as ECMAScript writes it.
struct CanonicalNumber {
    /// The number as it was written.
    private let text: String

    /// Takes a number that follows the grammar of RFC 8259 §6.
    init(_ text: String) { self.text = text }

    /// The canonical form.
    func form(_ numbers: CanonicalJSON.Numbers) throws(JSONFault) -> String {
        guard let double = Double(text), double.isFinite else {
            throw JSONFault(code: .numberOutOfRange, offset: nil)
        }
        let shortest = Digits(double)
        guard numbers == .everyDigit, Digits(text) != shortest else { return shortest.text }
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: ".") && $0 | 0x20 != UInt8(ascii: "e") }) else {
            throw JSONFault(code: .numberInexact, offset: nil)
        }
        return text
    }

    /// The form of a double. Source: ECMA-262 §6.1.6.1.20 (`Number::toString`), named by RFC 8785 §3.2.2.3.
    static func form(_ double: Double) throws(JSONFault) -> String {
        guard double.isFinite else { throw JSONFault(code: .numberOutOfRange, offset: nil) }
        return Digits(double).text
    }

    /// A decimal number 0.d₁d₂…dₖ × 10ⁿ with d₁ ≠ 0 and dₖ ≠ 0; without digits it is zero.
    private struct Digits: Equatable {
        var isNegative = false
        var digits: [UInt8] = []
        /// The n of the formula; 0 for zero.
        var point = 0

        /// The fewest digits that lead back to the double. Swift's `description` has those digits.
        init(_ double: Double) {
            // A finite double's description follows the grammar of numbers, and its exponent has at most three digits.
            self = Digits(double.description) ?? Digits()
        }

        private init() {}

        /// Exponents beyond it are no double's, whatever the digits.
        private static let mostExponent = 1 << 32

        /// The decimal number that a text is; nil when its exponent exceeds `Int`.
        init?(_ text: String) {
            let parts = text.utf8.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
            guard let mantissa = parts.first else { return nil }
            var exponent = 0
            if parts.count == 2 {
                guard let read = Int(String(decoding: parts[1], as: UTF8.self)),
                    (-Self.mostExponent...Self.mostExponent).contains(read)
                else { return nil }
                exponent = read
            }
            var whole = 0
            var isFraction = false
            for byte in mantissa {
                switch byte {
                case UInt8(ascii: "-"): isNegative = true
                case UInt8(ascii: "."): isFraction = true
                default:
                    digits.append(byte)
                    if !isFraction { whole += 1 }
                }
            }
            let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
            digits.removeFirst(zeros)
            while digits.last == UInt8(ascii: "0") { digits.removeLast() }
            point = whole - zeros + exponent
            if digits.isEmpty { (isNegative, point) = (false, 0) }
        }

        /// The number as ECMAScript writes it.
        var text: String {
            guard !digits.isEmpty else { return "0" }
            let all = String(decoding: digits, as: UTF8.self)
            return (isNegative ? "-" : "") + unsigned(all, all.utf8.count)
        }

        private func unsigned(_ all: String, _ count: Int) -> String {
            switch point {
            case 1...21 where count <= point: return all + String(repeating: "0", count: point - count)
            case 1...21: return "\(all.prefix(point)).\(all.dropFirst(point))"
            case -5...0: return "0." + String(repeating: "0", count: -point) + all
            default:
                let rest = count > 1 ? ".\(all.dropFirst())" : ""
                return "\(all.prefix(1))\(rest)e\(point > 0 ? "+" : "-")\(abs(point - 1))"
            }
        }
    }
}
