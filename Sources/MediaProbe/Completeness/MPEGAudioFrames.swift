/// Finds out whether a stretch of MPEG sound (layers 1 to 3) ends with a whole frame.
///
/// The first byte may lie inside a frame. Source: ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3.
struct MPEGAudioFrames {
    private var bytes: [UInt8] = []

    /// Bytes after which no more are added: about 150 frames of the highest bit rate.
    private static let mostBytes = 1 << 18

    /// Adds the next bytes of the stream.
    mutating func append(_ part: some Collection<UInt8>) {
        guard bytes.count < Self.mostBytes else { return }
        bytes.append(contentsOf: part)
    }

    /// `true` when at least three frames follow each other and the last one ends with the last byte.
    var endsWithWholeFrame: Bool {
        var start = 0
        while start + 4 <= bytes.count, start < 4096 {
            if let (frames, end) = run(from: start), frames >= 3 { return end == bytes.count }
            start += 1
        }
        return false
    }

    /// Number of frames from `start` on, and the position behind the last one; nil when other bytes come between
    /// frames.
    private func run(from start: Int) -> (frames: Int, end: Int)? {
        var (at, frames) = (start, 0)
        while at + 4 <= bytes.count {
            guard let size = Self.frameSize(bytes[at..<(at + 4)]) else { return nil }
            (at, frames) = (at + size, frames + 1)
        }
        return (frames, at)
    }

    private static let bitRates: [[Int]] = [
        [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],  // MPEG-1, layer 1
        [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],  // MPEG-1, layer 2
        [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],  // MPEG-1, layer 3
        [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],  // MPEG-2, layer 1
        [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],  // MPEG-2, layers 2 and 3
    ]

    /// Number of bytes of the frame that `head` begins; nil when `head` begins no frame, or one of free bit rate.
    private static func frameSize(_ head: ArraySlice<UInt8>) -> Int? {
        let word = head.bigEndian
        let (version, layer) = (Int(word >> 19 & 3), 4 - Int(word >> 17 & 3))
        let (rateIndex, frequencyIndex, padding) = (Int(word >> 12 & 15), Int(word >> 10 & 3), Int(word >> 9 & 1))
        guard word >> 21 == 0x7ff, version != 1, layer < 4, 1...14 ~= rateIndex, frequencyIndex < 3 else { return nil }
        let isFirst = version == 3
        let row = isFirst ? layer - 1 : layer == 1 ? 3 : 4
        let bitRate = bitRates[row][rateIndex - 1] * 1000
        let frequency = [44_100, 48_000, 32_000][frequencyIndex] / (isFirst ? 1 : version == 2 ? 2 : 4)
        switch layer {
        case 1: return (12 * bitRate / frequency + padding) * 4
        case 3 where !isFirst: return 72 * bitRate / frequency + padding
        default: return 144 * bitRate / frequency + padding
        }
    }
}
