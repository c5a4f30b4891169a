/// Writes the bits of a parameter set, the most significant bit first.
struct BitWriter {
    private var bits: [UInt8] = []

    /// Writes `value` in `count` bits, `u(n)`.
    mutating func write(_ value: Int, bits count: Int) {
        for place in (0..<count).reversed() { bits.append(UInt8(value >> place & 1)) }
    }

    /// Writes an Exp-Golomb number, `ue(v)`.
    mutating func write(unsigned value: Int) {
        let length = String(value + 1, radix: 2).count
        write(0, bits: length - 1)
        write(value + 1, bits: length)
    }

    /// Writes a signed Exp-Golomb number, `se(v)`.
    mutating func write(signed value: Int) { write(unsigned: value > 0 ? 2 * value - 1 : -2 * value) }

    /// The bytes, filled up with zero bits.
    var bytes: [UInt8] {
        stride(from: 0, to: bits.count, by: 8).map { start in
            (0..<8).reduce(UInt8(0)) { $0 << 1 | (start + $1 < bits.count ? bits[start + $1] : 0) }
        }
    }

    /// The bytes with the stop bit, and with an emulation prevention byte where the payload would hold a start code.
    var payload: [UInt8] {
        var closed = self
        closed.write(1, bits: 1)
        var escaped: [UInt8] = []
        for byte in closed.bytes {
            if byte <= 3, escaped.count >= 2, escaped.suffix(2) == [0, 0] { escaped.append(3) }
            escaped.append(byte)
        }
        return escaped
    }
}
