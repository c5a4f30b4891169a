/// Reads the bits of a parameter set, the most significant bit first. Behind the last bit every read returns nil.
///
/// Source: ITU-T H.264 §7.2 and §9.1, the same in H.265.
struct BitReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Reads the payload of a NAL unit without its emulation prevention bytes: of 00 00 03 the 03 is left out. Source:
    /// ITU-T H.264 §7.4.1.1.
    init(unit: some Collection<UInt8>) {
        var payload: [UInt8] = []
        var zeros = 0
        for byte in unit {
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            payload.append(byte)
        }
        bytes = payload
    }

    /// Reads `bytes` as they are.
    init(bytes: some Collection<UInt8>) { self.bytes = Array(bytes) }

    /// Number of bits that were not read.
    var bitsLeft: Int { bytes.count * 8 - position }

    /// An unsigned number of `count` bits (0...32), `u(n)`.
    mutating func bits(_ count: Int) -> Int? {
        guard bitsLeft >= count else { return nil }
        var value = 0
        for _ in 0..<count {
            value = value << 1 | Int(bytes[position / 8] >> UInt8(7 - position % 8) & 1)
            position += 1
        }
        return value
    }

    /// Skips `count` bits; false when the data ends before.
    mutating func skip(_ count: Int) -> Bool {
        guard bitsLeft >= count else { return false }
        position += count
        return true
    }

    /// Skips `count` Exp-Golomb numbers; false when the data ends before.
    mutating func skipNumbers(_ count: Int) -> Bool {
        for _ in 0..<count { guard unsigned() != nil else { return false } }
        return true
    }

    /// One bit, `u(1)`.
    mutating func flag() -> Bool? { bits(1).map { $0 == 1 } }

    /// An Exp-Golomb number of at most 32 bits behind its zeros, `ue(v)`.
    mutating func unsigned() -> Int? {
        var zeros = 0
        while let bit = flag() {
            if bit { return bits(zeros).map { (1 << zeros) - 1 + $0 } }
            zeros += 1
            guard zeros <= 32 else { return nil }
        }
        return nil
    }

    /// A signed Exp-Golomb number, `se(v)`.
    mutating func signed() -> Int? { unsigned().map { $0 % 2 == 1 ? ($0 + 1) / 2 : -$0 / 2 } }
}
