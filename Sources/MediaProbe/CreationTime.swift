/// A creation time that a file states. Each character is checked because the sender can write any text there.
struct CreationTime {
    /// RFC 3339 in UTC, to the second: `2023-05-01T10:20:30Z`.
    let text: String

    /// Reads `2023-05-01T10:20:30.000000Z` or its first 19 characters, with `T` or a space between day and time; nil for
    /// anything else, for a day that its month does not have, and for years up to 1970 (encoders that do not know the
    /// time write 1904 or 1970).
    init?(_ tag: String) {
        let characters = Array(tag.utf8.prefix(19))
        guard characters.count == 19, Self.hasSeparators(characters) else { return nil }
        let fields = [0..<4, 5..<7, 8..<10, 11..<13, 14..<16, 17..<19].compactMap { Self.number(characters[$0]) }
        guard fields.count == 6, fields[0] > 1970, (1...12).contains(fields[1]),
            (1...Self.days(month: fields[1], year: fields[0])).contains(fields[2]), fields[3] <= 23, fields[4] <= 59,
            fields[5] <= 60
        else { return nil }
        text =
            String(decoding: characters[..<10], as: UTF8.self) + "T"
            + String(decoding: characters[11...], as: UTF8.self) + "Z"
    }

    private static func hasSeparators(_ characters: [UInt8]) -> Bool {
        let isDayEnd = characters[10] == UInt8(ascii: "T") || characters[10] == UInt8(ascii: " ")
        return isDayEnd && characters[4] == UInt8(ascii: "-") && characters[7] == UInt8(ascii: "-")
            && characters[13] == UInt8(ascii: ":") && characters[16] == UInt8(ascii: ":")
    }

    /// The number that the ASCII characters `digits` write; nil when one of them is no digit.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// Number of days of a month (1...12) in the Gregorian calendar.
    private static func days(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
