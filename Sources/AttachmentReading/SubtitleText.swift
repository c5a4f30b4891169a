/// Turns the bytes of a text into ASCII signs; every other character becomes `0xFF`.
enum SubtitleText {
    /// Encodings that differ in the place of the ASCII signs.
    enum Encoding {
        /// UTF-8, GB18030 and every other encoding in which an ASCII sign is one byte.
        case bytes
        case utf16Little
        case utf16Big

        /// The encoding that the byte order mark names; `bytes` without one.
        init(_ head: ByteView) {
            self = head.has([0xFF, 0xFE], at: 0) ? .utf16Little : head.has([0xFE, 0xFF], at: 0) ? .utf16Big : .bytes
        }
    }

    /// The ASCII signs of `bytes`, which begin where the file begins; a byte order mark is left out.
    static func ascii(_ bytes: ArraySlice<UInt8>, _ encoding: Encoding) -> [UInt8] {
        switch encoding {
        case .bytes:
            return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : Array(bytes)
        case .utf16Little, .utf16Big:
            let (low, high) = encoding == .utf16Little ? (0, 1) : (1, 0)
            let units = bytes.dropFirst(2)
            return stride(from: units.startIndex, to: units.endIndex - 1, by: 2).map { index in
                units[index + high] == 0 && units[index + low] < 0x80 ? units[index + low] : 0xFF
            }
        }
    }

    /// Whether `signs` have no control character but tabs, ends of lines and form feeds.
    static func isText(_ signs: [UInt8]) -> Bool {
        !signs.contains { $0 == 0x7F || ($0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains($0)) }
    }
}
