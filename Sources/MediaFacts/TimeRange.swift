/// A range of time in the film, from `start` up to but not including `end`; the film's first picture is at zero.
public struct TimeRange: Sendable, Hashable, Codable {
    /// The first moment of the range.
    @Milliseconds public var start: Duration
    /// The first moment behind the range.
    @Milliseconds public var end: Duration

    private enum CodingKeys: String, CodingKey {
        case start = "fromMilliseconds"
        case end = "toMilliseconds"
    }

    /// Makes a range. The initialiser checks nothing: a facts document from outside may hold an end before its start.
    public init(start: Duration, end: Duration) {
        self.start = start
        self.end = end
    }

    /// Makes a range of whole milliseconds.
    public init(fromMilliseconds start: Int64, toMilliseconds end: Int64) {
        self.init(start: .milliseconds(start), end: .milliseconds(end))
    }

    /// `start` in whole milliseconds, as the wire form has it.
    public var fromMilliseconds: Int64 { start.wholeMilliseconds }
    /// `end` in whole milliseconds, as the wire form has it.
    public var toMilliseconds: Int64 { end.wholeMilliseconds }

    /// Time from start to end.
    public var length: Duration { end - start }

    /// Whether the ranges share a moment.
    public func overlaps(_ other: TimeRange) -> Bool { start < other.end && other.start < end }
}
