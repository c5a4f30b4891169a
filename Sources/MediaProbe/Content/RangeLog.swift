internal import MediaFacts

/// Time ranges of pictures that are damaged or missing; ranges of neighbouring pictures become one.
struct RangeLog {
    /// The ranges in order of time, at most `FactBounds.damageRanges`.
    var ranges: [TimeRange] { Array(found.sorted { $0.start < $1.start }.prefix(FactBounds.damageRanges)) }
    private var found: [TimeRange] = []

    /// Ranges that are kept before they are sorted; decoding order may differ from that of presentation.
    private static let most = 1000
    /// Neighbouring pictures may be this far apart: timestamps are rounded.
    private static let gap = Duration.milliseconds(2)

    /// Adds a range.
    mutating func add(_ range: TimeRange) {
        if let last = found.last, last.start <= range.start, range.start <= last.end + Self.gap {
            found[found.count - 1].end = max(last.end, range.end)
        } else if found.count < Self.most {
            found.append(range)
        }
    }
}
