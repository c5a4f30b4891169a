import TestSupport

/// Random changes of bytes from a seed.
struct SeededBytes {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// `bytes` with one to eight changes: a flipped bit, another byte, a cut end, bytes removed or repeated.
    mutating func changed(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...16, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 4..<7: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
            case 7: bytes.removeLast(bytes.count - place)
            case 8: bytes.removeSubrange(place..<end)
            default: bytes.insert(contentsOf: bytes[place..<end], at: place)
            }
        }
        return bytes
    }
}
