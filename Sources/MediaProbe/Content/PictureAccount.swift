internal import MediaFacts

/// The account of packets that were decoded and pictures that came of them.
///
/// A decoder drops pictures that it cannot show without reporting an error: after a lost keyframe every call succeeds and
/// nothing comes. Only the difference between packets and pictures tells.
struct PictureAccount {
    /// Pictures that packets promised.
    private(set) var expected = 0
    /// Pictures that the decoder showed.
    private(set) var shown = 0
    /// Packets that the decoder refused.
    private(set) var refused = 0
    /// Pictures at the film's start that refer to others before it and are never shown, not among `expected`.
    private(set) var leading = 0
    /// Times of pictures that were promised and passed over.
    private var passedOver: [Duration] = []
    /// Times of pictures that may still come, in order.
    private var waiting: [Duration] = []
    private let usualInterval: Duration

    /// Pictures whose times are kept. A decoder holds back some tens at most.
    private static let mostTimes = 20_000
    /// A recording may begin in the middle of a group of pictures: a viewer does not miss pictures of its first second.
    private static let start = Duration.seconds(1)

    /// - Parameter usualInterval: the time from one picture to the next.
    init(usualInterval: Duration) { self.usualInterval = usualInterval }

    /// Counts a packet that shows a picture.
    mutating func send(at time: Duration?) {
        expected += 1
        guard let time, waiting.count < Self.mostTimes else { return }
        let place = waiting.lastIndex { $0 <= time }.map { $0 + 1 } ?? 0
        waiting.insert(time, at: place)
    }

    /// Counts a packet that the decoder refused: its picture is damaged, not missing.
    mutating func refuse(at time: Duration?) {
        refused += 1
        if let time, let place = waiting.lastIndex(of: time) { waiting.remove(at: place) }
    }

    /// Counts a picture. Pictures come in order of time, so those before it that did not come will not.
    mutating func show(at time: Duration?) {
        shown += 1
        guard let time else { return }
        let early = waiting.prefix { $0 < time - usualInterval / 2 }
        if shown == 1, time <= Self.start {
            leading += early.count
            expected -= early.count
        } else if passedOver.count < Self.mostTimes {
            passedOver += early
        }
        waiting.removeFirst(early.count)
        if let first = waiting.first, first <= time + usualInterval / 2 { waiting.removeFirst() }
    }

    /// Begins anew at a keyframe: pictures that are shown before it refer to pictures that were not decoded.
    mutating func begin() { waiting = [] }

    /// Counts as missing what has not come; the decoder is empty.
    mutating func end() {
        passedOver += waiting.prefix(max(0, Self.mostTimes - passedOver.count))
        waiting = []
    }

    /// Pictures that were promised, and neither shown nor refused.
    var missing: Int { max(0, expected - shown - refused) }

    /// Time ranges of the missing pictures, in order; empty when none is missing.
    var missingRanges: [TimeRange] {
        guard missing > 0 else { return [] }
        var log = RangeLog()
        for time in passedOver.sorted() { log.add(TimeRange(start: max(.zero, time), end: time + usualInterval)) }
        return log.ranges
    }
}
