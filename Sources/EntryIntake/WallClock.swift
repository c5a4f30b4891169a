internal import ContestRules
internal import Foundation
internal import MediaFacts

/// The source of the present time. Tests use one of their own.
public struct WallClock: Sendable {
    /// The present moment.
    public var now: @Sendable () -> Moment

    /// Makes a clock.
    public init(now: @escaping @Sendable () -> Moment) { self.now = now }

    /// A clock that begins at `start` and runs on from there, for trying out deadlines.
    public static func started(at start: Moment) -> WallClock {
        let begin = ContinuousClock.now
        return WallClock { start.advanced(by: ContinuousClock.now - begin) }
    }

    /// The machine's clock in the machine's time zone.
    public static let system = WallClock { Moment(Date(), TimeZone.current) }
}

/// A moment, and its text with the offset from UTC in which it was recorded.
public struct Moment: Sendable, Hashable, Codable {
    /// Milliseconds since 1970-01-01T00:00Z.
    public let milliseconds: Int64
    /// RFC 3339, to the second, with offset: `2026-11-21T09:00:00+08:00`.
    public let text: String

    /// Makes a moment; `milliseconds` and `text` must name the same one.
    public init(milliseconds: Int64, text: String) {
        self.milliseconds = milliseconds
        self.text = text
    }

    /// Reads RFC 3339 with an offset, to the second or finer; nil for any other text. `Z` becomes `+00:00`.
    public init?(rfc3339 text: String) {
        let pattern = /([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})/
        guard let match = text.wholeMatch(of: pattern)?.output,
            let date = try? Date("\(match.1)\(match.3)", strategy: .iso8601)
        else { return nil }
        let fraction = match.2.flatMap { Double("0\($0)") } ?? 0
        let offset = match.3 == "Z" ? "+00:00" : String(match.3)
        self.init(
            milliseconds: Int64(date.timeIntervalSince1970) * 1000 + Int64(fraction * 1000),
            text: "\(match.1)\(offset)")
    }

    /// The moment `duration` later, in the same offset.
    public func advanced(by duration: Duration) -> Moment {
        Moment(milliseconds: milliseconds + duration.wholeMilliseconds, offset: offsetSeconds)
    }

    /// The moment `milliseconds` after 1970-01-01T00:00Z, written with an offset in seconds east of Greenwich.
    public init(milliseconds: Int64, offset: Int) {
        let seconds = (Double(milliseconds) / 1000).rounded(.down)
        self.init(
            milliseconds: milliseconds, text: RFC3339.text(secondsSinceEpoch: Int64(seconds), offset: offset))
    }

    /// The offset in `text`, in seconds east of Greenwich.
    private var offsetSeconds: Int {
        let parts = text.suffix(6).split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2 else { return 0 }
        return parts[0] * 3600 + (parts[0] < 0 || text.suffix(6).first == "-" ? -1 : 1) * parts[1] * 60
    }

    init(_ date: Date, _ zone: TimeZone) {
        milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
        let seconds = Int64(date.timeIntervalSince1970.rounded(.down))
        text = RFC3339.text(secondsSinceEpoch: seconds, offset: zone.secondsFromGMT(for: date))
    }
}
