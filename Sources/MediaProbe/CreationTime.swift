/// A creation time that a file gives, checked character by character because it is the sender's text.
struct CreationTime {
    /// RFC 3339 in UTC, to the second.
    let text: String

    /// Reads `2023-05-01T10:20:30.000000Z` or its beginning; nil for anything else and for the epochs that encoders
    /// write when they do not know (1904, 1970).
    init?(_ tag: String) {
        let digits = Array(tag.utf8)
        guard digits.count >= 19, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-") else { return nil }
        let fields = [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19)].compactMap { range in
            Int(String(decoding: digits[range.0..<range.1], as: UTF8.self))
        }
        guard fields.count == 6, fields[0] > 1970, (1...12).contains(fields[1]), (1...31).contains(fields[2]),
            (0...23).contains(fields[3]), (0...59).contains(fields[4]), (0...60).contains(fields[5])
        else { return nil }
        text =
            String(decoding: digits[..<10], as: UTF8.self) + "T" + String(decoding: digits[11..<19], as: UTF8.self)
            + "Z"
    }
}
