internal import Foundation

/// A moment as a notice writes it: to the minute, with the offset of its time zone, `24:00` being the end of the day.
public struct ContestTime: Sendable, Hashable, Comparable {
    /// The notice's own way of writing, `2024-04-23T24:00+08:00`.
    public let text: String
    /// Seconds since 1970-01-01T00:00Z.
    public let secondsSinceEpoch: Int64

    /// Reads `YYYY-MM-DDThh:mm` with `+hh:mm`, `-hh:mm` or `Z`; nil for anything else or a day that does not exist.
    public init?(_ text: String) {
        let pattern = /(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?:Z|([+-])(\d{2}):(\d{2}))/
        guard let match = text.wholeMatch(of: pattern)?.output,
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
            let hour = Int(match.4), let minute = Int(match.5), minute < 60,
            hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        let offsetHours = match.7.flatMap { Int($0) } ?? 0
        let offsetMinutes = match.8.flatMap { Int($0) } ?? 0
        guard offsetHours <= 14, offsetMinutes < 60, let midnight = Self.midnight(year, month, day) else { return nil }
        let offset = Int64(offsetHours * 3600 + offsetMinutes * 60) * (match.6 == "-" ? -1 : 1)
        self.text = text
        secondsSinceEpoch = midnight + Int64(hour * 3600 + minute * 60) - offset
    }

    /// Earlier moments come first, however they are written.
    public static func < (left: ContestTime, right: ContestTime) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }

    private static func midnight(_ year: Int, _ month: Int, _ day: Int) -> Int64? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(year: year, month: month, day: day)
        guard let date = calendar.date(from: parts),
            calendar.dateComponents([.year, .month, .day], from: date) == parts
        else { return nil }
        return Int64(date.timeIntervalSince1970)
    }
}
