/// Turns the stored value of a cell into the text that a spreadsheet program shows.
struct CellReader: Sendable {
    /// Shared texts, by index.
    var strings: [String] = []
    /// Indices of the cell styles with a date or time format.
    var dateStyles: Set<Int> = []
    /// Whether dates count days from 1904.
    var countsFrom1904 = false

    /// The text of a cell.
    ///
    /// - Parameters:
    ///   - kind: `n` number, `s` shared string, `str` result of a formula, `inlineStr`, `b` boolean, `d` date, `e` error.
    ///   - style: index of the cell's style.
    ///   - value: text of the element `v`.
    ///   - inline: text of the element `is`.
    func text(_ kind: String, _ style: Int, _ value: String, inline: String) -> String {
        switch kind {
        case "inlineStr": return inline
        case "s":
            guard let index = Int(value), strings.indices.contains(index) else { return "" }
            return strings[index]
        case "str": return TextReader.unescaped(value)
        case "b": return value == "1" ? "TRUE" : value == "0" ? "FALSE" : value
        case "n":
            guard let number = Double(value), number.isFinite else { return value }
            return (dateStyles.contains(style) ? date(number) : nil) ?? Self.text(number)
        default: return value
        }
    }

    /// A number without exponent or `.0` below 10¹⁸, so that telephone numbers keep all of their digits.
    static func text(_ number: Double) -> String {
        if number == number.rounded(), abs(number) < 1e18 { return "\(Int64(number))" }
        return "\(number)"
    }

    /// `2024-03-01`, `2024-03-01 09:30`, or `9:30` for a time without a day; nil for a number outside of 1900 to 9999.
    private func date(_ serial: Double) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }  // to the end of the year 9999
        let seconds = Int((serial * 86_400).rounded())
        let (day, second) = (seconds / 86_400, seconds % 86_400)
        let time = Self.time(second)
        guard day > 0 else { return time }
        // Excel counts a 29 February 1900, which the calendar lacks.
        let since1970 = countsFrom1904 ? day - 24_107 : day - 25_569 + (day < 60 ? 1 : 0)
        let date = Self.civil(since1970)
        return second == 0 ? date : "\(date) \(second < 36_000 ? "0" : "")\(time)"
    }

    /// `9:30`, `9:30:05`.
    private static func time(_ second: Int) -> String {
        let rest = second % 60
        return "\(second / 3600):\(padded(second / 60 % 60))" + (rest == 0 ? "" : ":\(padded(rest))")
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The day of the Gregorian calendar that lies `days` after 1970-01-01; for years from 1900 on.
    private static func civil(_ days: Int) -> String {
        // An era of 400 years begins on 1 March, so the leap day is the last day of a year.
        let shifted = days + 719_468
        let (era, day) = (shifted / 146_097, shifted % 146_097)
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        return "\(era * 400 + year + (civilMonth <= 2 ? 1 : 0))-\(padded(civilMonth))-\(padded(dayOfMonth))"
    }
}
