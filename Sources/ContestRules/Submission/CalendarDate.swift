/// A day of the Gregorian calendar, as people write it into a form.
struct CalendarDate: Sendable, Hashable, Comparable {
    let year: Int
    let month: Int
    let day: Int

    /// Makes a day; nil when the calendar has no such day.
    init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads a year of four digits, a month and a day: `2024-02-27`, `2024年2月27日`, `2024/2/27` or `2024.2.27`, in signs
    /// of any width and with spaces between them; nil for every other text and for a day that the calendar lacks.
    init?(_ text: String) {
        guard let written = Self.written(text) else { return nil }
        self.init(year: written.year, month: written.month, day: written.day)
    }

    /// Whether `text` has the form of a date, whose day the calendar may lack: `2024-02-30`.
    static func isWritten(_ text: String) -> Bool { written(text) != nil }

    /// `2024-02-27`.
    var text: String {
        let pad = { (number: Int, width: Int) in
            String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
        }
        return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
    }

    static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func written(_ text: String) -> (year: Int, month: Int, day: Int)? {
        guard text.unicodeScalars.count <= 64 else { return nil }
        let folded = HalfWidth.trimmed(HalfWidth.folded(text))
        guard !folded.contains(/[0-9] +[0-9]/) else { return nil }
        let plain = folded.replacing(" ", with: "")
        let signs = /([0-9]{4})(?:-([0-9]{1,2})-|\/([0-9]{1,2})\/|\.([0-9]{1,2})\.|年([0-9]{1,2})月)([0-9]{1,2})([日号]?)/
        guard let parts = plain.wholeMatch(of: signs)?.output else { return nil }
        // 日 stands with 年 and 月 only, and may be missing there.
        if !parts.7.isEmpty, parts.5 == nil { return nil }
        guard let month = (parts.2 ?? parts.3 ?? parts.4 ?? parts.5).flatMap({ Int($0) }), let year = Int(parts.1),
            let day = Int(parts.6)
        else { return nil }
        return (year, month, day)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && year % 100 != 0 || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
