/// A day as notices and authors write it.
struct WrittenDate: Hashable {
    /// `2024-02-27`.
    let text: String

    /// The first day in `text`; nil when there is none.
    static func first(in text: String) -> WrittenDate? { all(in: text).first }

    /// The day that `text` consists of; nil for any other text.
    static func exactly(_ text: String) -> WrittenDate? {
        let folded = HalfWidth.trimmed(HalfWidth.folded(text))
        return folded.wholeMatch(of: pattern) == nil ? nil : first(in: folded)
    }

    /// All days in `text`, in their order: `2023 年 7 月 15 日-8 月 30 日` are two days of one year. A day without any year
    /// before it is left out.
    static func all(in text: String) -> [WrittenDate] {
        var year: Substring?
        return HalfWidth.folded(text).matches(of: pattern).compactMap { match in
            let parts = match.output
            year = parts.1 ?? year
            guard let year else { return nil }
            let (month, day) = (padded(parts.2), padded(parts.3))
            return WrittenDate(text: "\(year)-\(month)-\(day)")
        }
    }

    private static var pattern: Regex<(Substring, Substring?, Substring, Substring)> {
        /(?:([0-9]{4}) *[年\-.\/] *)?([0-9]{1,2}) *[月\-.\/] *([0-9]{1,2})(?: *日)?/
    }

    private static func padded(_ digits: Substring) -> String { digits.count == 1 ? "0\(digits)" : String(digits) }
}
