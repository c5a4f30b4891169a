internal import Foundation
public import MediaFacts

/// A moment as a notice writes it: to the minute or the second, with the offset of its time zone, `24:00` being the end of
/// the day.
public struct ContestTime: Sendable, Hashable, Comparable {
    /// The notice's own way of writing, `2024-04-23T24:00+08:00`.
    public let text: String
    /// Seconds since 1970-01-01T00:00Z.
    public let secondsSinceEpoch: Int64
    /// Seconds east of Greenwich.
    let offset: Int

    /// Reads `YYYY-MM-DDThh:mm` or `YYYY-MM-DDThh:mm:ss` with `+hh:mm`, `-hh:mm` or `Z`; nil for anything else or a day that does not exist.
    public init?(_ text: String) {
        let pattern =
            /([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|([+-])([0-9]{2}):([0-9]{2}))/
        guard let match = text.wholeMatch(of: pattern)?.output,
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3),
            let hour = Int(match.4), let minute = Int(match.5), minute < 60,
            let second = Int(match.6 ?? "00"), second < 60, hour < 24 || (hour == 24 && minute == 0 && second == 0)
        else { return nil }
        let offsetHours = match.9.flatMap { Int($0) } ?? 0
        let offsetMinutes = match.10.flatMap { Int($0) } ?? 0
        guard offsetHours <= 14, offsetMinutes < 60, let midnight = Self.midnight(year, month, day) else { return nil }
        offset = (offsetHours * 3600 + offsetMinutes * 60) * (match.8 == "-" ? -1 : 1)
        self.text = text
        secondsSinceEpoch = midnight + Int64(hour * 3600 + minute * 60 + second - offset)
    }

    /// The moment in RFC 3339 with the notice's offset: `24:00` is the next day's `00:00`.
    public var rfc3339: String { RFC3339.text(secondsSinceEpoch: secondsSinceEpoch, offset: offset) }

    /// The moment in the notice's words, its zone and a whole minute's seconds left out: `2024-04-23 24:00`.
    public var words: String {
        let isWholeMinute = secondsSinceEpoch % 60 == 0
        return String(text.prefix(isWholeMinute ? 16 : 19)).replacing("T", with: " ")
    }

    /// The zone in which the notice writes it.
    public var zone: LocalizedText {
        let utc = text.hasSuffix("Z") ? "UTC" : "UTC\(text.suffix(6))"
        return offset == 28_800 ? LocalizedText(zh: "北京时间", en: "Beijing time") : LocalizedText(zh: utc, en: utc)
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

extension RFC3339 {
    /// A moment in RFC 3339, to the millisecond where it is not a whole second.
    ///
    /// - Parameter offset: seconds east of Greenwich.
    static func text(milliseconds: Int64, offset: Int) -> String {
        // Beyond these years, 1 and 9999, nothing was ever received.
        let bounded = min(max(milliseconds, -62_135_510_400_000), 253_402_214_400_000)
        let rest = (bounded % 1000 + 1000) % 1000
        let text = text(secondsSinceEpoch: (bounded - rest) / 1000, offset: offset)
        let digits = String(1000 + rest).dropFirst()
        return rest == 0 ? text : "\(text.prefix(19)).\(digits)\(text.dropFirst(19))"
    }
}

/// Times on the wire.
public enum RFC3339 {
    /// A moment to the second, with offset: `2026-11-21T09:00:00+08:00`.
    ///
    /// - Parameter offset: seconds east of Greenwich.
    public static func text(secondsSinceEpoch: Int64, offset: Int) -> String {
        let local = Date(timeIntervalSince1970: TimeInterval(secondsSinceEpoch + Int64(offset)))
        let style = Date.ISO8601FormatStyle(timeZone: .gmt)
            .year().month().day().time(includingFractionalSeconds: false)
        let (hours, minutes) = (abs(offset) / 3600, abs(offset) / 60 % 60)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return local.formatted(style) + "\(offset < 0 ? "-" : "+")\(two(hours)):\(two(minutes))"
    }
}
