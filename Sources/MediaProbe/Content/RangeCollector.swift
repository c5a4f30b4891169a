internal import MediaFacts

/// Collects the time ranges during which a property of picture or sound holds.
struct RangeCollector {
    /// Shorter ranges are dropped; a range of exactly this length is kept.
    let shortest: Duration
    /// Most ranges that are kept.
    let most: Int
    /// The ranges that have ended, in the order of their ends.
    private(set) var ranges: [TimeRange] = []
    /// Start of the range that has not ended yet; nil while the property does not hold.
    private(set) var start: Duration?
    /// `true` when a range of two seconds or more was dropped because `ranges` already held `most`.
    private(set) var isFull = false

    init(shortest: Duration, most: Int = FactBounds.ranges) {
        self.shortest = shortest
        self.most = most
    }

    /// Opens a range at `time`; a range that is already open keeps its start.
    mutating func begin(at time: Duration) { start = start ?? time }

    /// Closes the open range at `time`. The part before zero is cut off: pictures before the film's start are not shown.
    mutating func end(at time: Duration) {
        guard let opened = start else { return }
        start = nil
        let range = TimeRange(start: max(.zero, opened), end: time)
        guard range.length >= shortest, range.length > .zero else { return }
        if ranges.count < most { ranges.append(range) } else { replaceShortest(by: range) }
    }

    /// Drops the shortest range. A film that changes its picture once a second has as many frozen ranges as seconds,
    /// and each of them matters less than a long one.
    private mutating func replaceShortest(by range: TimeRange) {
        let shortest = ranges.indices.min { ranges[$0].length < ranges[$1].length }
        guard let shortest, ranges[shortest].length < range.length else {
            isFull = isFull || range.length >= Self.notable
            return
        }
        isFull = isFull || ranges[shortest].length >= Self.notable
        ranges.remove(at: shortest)
        ranges.append(range)
    }

    /// Least length of a dropped range that must be reported: rules limit ranges of a second and more.
    private static let notable = Duration.seconds(2)
}
