internal import MediaFacts

/// Time ranges of damaged or missing pictures; ranges of consecutive pictures are joined.
struct RangeLog {
    /// The ranges in order of time, at most `FactBounds.damageRanges`.
    var ranges: [TimeRange] { Array(found.sorted { $0.start < $1.start }.prefix(FactBounds.damageRanges)) }
    private var found: [TimeRange] = []

    /// Most ranges that are kept before sorting; pictures may be decoded in another order than they are shown.
    private static let most = 1000
    /// Largest gap between consecutive pictures, which comes from rounded timestamps.
    private static let gap = Duration.milliseconds(2)

    /// Adds a range, or extends the last one if they touch.
    mutating func add(_ range: TimeRange) {
        if let last = found.last, last.start <= range.start, range.start <= last.end + Self.gap {
            found[found.count - 1].end = max(last.end, range.end)
        } else if found.count < Self.most {
            found.append(range)
        }
    }
}
