internal import MediaFacts

/// Time ranges in ascending order with at least `gap` between them; ranges closer to each other are joined.
struct RangeSet {
    /// The ranges.
    private(set) var ranges: [TimeRange] = []
    private let gap: Duration

    /// Most ranges; further ones extend an adjacent range, so that no time is lost.
    private static let most = 10_000

    /// Makes a set without ranges.
    init(gap: Duration) { self.gap = gap }

    /// Adds a range; a range without length is ignored.
    mutating func insert(_ range: TimeRange) {
        guard range.end > range.start else { return }
        var joined = range
        // Ranges mostly arrive in order, so the place is searched from the end.
        var upper = ranges.count
        while upper > 0, ranges[upper - 1].start - gap >= range.end { upper -= 1 }
        var lower = upper
        while lower > 0, ranges[lower - 1].end + gap > range.start { lower -= 1 }
        if lower == upper, ranges.count >= Self.most { lower = max(0, upper - 1) }
        if lower == upper, lower == 0, ranges.count >= Self.most { upper = 1 }
        for other in ranges[lower..<upper] {
            joined = TimeRange(start: min(joined.start, other.start), end: max(joined.end, other.end))
        }
        ranges.replaceSubrange(lower..<upper, with: [joined])
    }

    /// The parts of `others` that do not overlap the set and last `shortest` or longer.
    ///
    /// - Parameter others: ranges in ascending order that do not overlap.
    func parts(of others: [TimeRange], shortest: Duration) -> [TimeRange] {
        var (parts, number) = ([TimeRange](), 0)
        for other in others {
            var start = other.start
            while number < ranges.count, ranges[number].end <= start { number += 1 }
            var next = number
            while next < ranges.count, ranges[next].start < other.end {
                parts.append(TimeRange(start: start, end: max(start, ranges[next].start)))
                start = ranges[next].end
                next += 1
            }
            parts.append(TimeRange(start: start, end: max(start, other.end)))
        }
        return parts.filter { $0.length >= shortest }
    }
}
