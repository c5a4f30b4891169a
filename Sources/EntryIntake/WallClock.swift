internal import ContestRules
internal import Foundation

/// Tells the time of day; replaced in tests.
public struct WallClock: Sendable {
    /// The present moment.
    public var now: @Sendable () -> Moment

    /// Makes a clock.
    public init(now: @escaping @Sendable () -> Moment) { self.now = now }

    /// The machine's clock in the machine's time zone.
    public static let system = WallClock { Moment(Date(), TimeZone.current) }
}

/// A moment with the offset in which it was written down.
public struct Moment: Sendable, Hashable {
    /// Milliseconds since 1970-01-01T00:00Z.
    public let milliseconds: Int64
    /// RFC 3339, to the second, with offset: `2026-11-21T09:00:00+08:00`.
    public let text: String

    /// Names a moment.
    public init(milliseconds: Int64, text: String) {
        self.milliseconds = milliseconds
        self.text = text
    }

    init(_ date: Date, _ zone: TimeZone) {
        milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded(.down))
        let seconds = Int64(date.timeIntervalSince1970.rounded(.down))
        text = RFC3339.text(secondsSinceEpoch: seconds, offset: zone.secondsFromGMT(for: date))
    }
}
