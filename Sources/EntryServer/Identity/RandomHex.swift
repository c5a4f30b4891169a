/// Random hexadecimal digits.
enum RandomHex {
    /// `count` lower-case digits, not all zero.
    static func digits(_ count: Int) -> String {
        let alphabet = StaticString("0123456789abcdef")
        var (digits, bits): ([UInt8], UInt64) = ([], 0)
        digits.reserveCapacity(count)
        for index in 0..<count {
            // A random number of 64 bits has sixteen digits.
            if index.isMultiple(of: 16) { bits = .random(in: 1 ... .max) }
            digits.append(alphabet.utf8Start[Int(bits & 15)])
            bits >>= 4
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
