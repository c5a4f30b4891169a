internal import ContestRules
internal import Foundation
internal import MediaFacts

/// Tells the time of day; replaced in tests.
public struct WallClock: Sendable {
    /// The present moment.
    public var now: @Sendable () -> Moment

    /// Makes a clock.
    public init(now: @escaping @Sendable () -> Moment) { self.now = now }

    /// A clock that stood at `start` when it was made and has gone on since, for trying deadlines out.
    public static func started(at start: Moment) -> WallClock {
        let begin = ContinuousClock.now
        return WallClock { start.advanced(by: ContinuousClock.now - begin) }
    }

    /// The machine's clock in the machine's time zone.
    public static let system = WallClock { Moment(Date(), TimeZone.current) }
}

/// A moment with the offset in which it was written down.
public struct Moment: Sendable, Hashable, Codable {
    /// Milliseconds since 1970-01-01T00:00Z.
    public let milliseconds: Int64
    /// RFC 3339, to the second, with offset: `2026-11-21T09:00:00+08:00`.
    public let text: String

    /// Names a moment.
    public init(milliseconds: Int64, text: String) {
        self.milliseconds = milliseconds
        self.text = text
    }

    /// Reads RFC 3339 with offset, to the second or finer; nil for anything else.
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

    /// Seconds east of Greenwich, as `text` says.
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
