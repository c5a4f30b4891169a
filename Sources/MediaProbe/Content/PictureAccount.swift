internal import MediaFacts

/// Compares the packets that were sent to a decoder with the pictures that it output.
///
/// A decoder drops pictures that it cannot show without reporting an error: after a lost keyframe every call succeeds
/// and no picture comes. Only the difference between packets and pictures shows the loss.
struct PictureAccount {
    /// Number of pictures that packets announced.
    private(set) var expected = 0
    /// Number of pictures that the decoder output.
    private(set) var shown = 0
    /// Number of packets that the decoder refused.
    private(set) var refused = 0
    /// Number of pictures at the film's start that refer to pictures before it and are never output; not counted in
    /// `expected`.
    private(set) var leading = 0
    /// Times of announced pictures that the decoder did not output.
    private var passedOver: [Duration] = []
    /// Times of announced pictures that the decoder may still output, in order.
    private var waiting: [Duration] = []
    private let usualInterval: Duration

    /// Most times that are kept. A decoder holds back some tens of pictures at most.
    private static let mostTimes = 20_000
    /// A recording may begin inside a group of pictures: pictures of the first second that cannot be decoded do not
    /// count as missing.
    private static let start = Duration.seconds(1)

    /// - Parameter usualInterval: usual time from one picture to the next.
    init(usualInterval: Duration) { self.usualInterval = usualInterval }

    /// Counts a packet that announces a picture.
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

    /// Counts an output picture. Pictures come in order of time, so earlier ones that have not come are lost.
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

    /// Starts anew at a keyframe. Waiting pictures are dropped, because they refer to pictures that were not decoded.
    mutating func begin() { waiting = [] }

    /// Counts all waiting pictures as missing; call it when the decoder is empty.
    mutating func end() {
        passedOver += waiting.prefix(max(0, Self.mostTimes - passedOver.count))
        waiting = []
    }

    /// Number of pictures that were announced, and neither output nor refused.
    var missing: Int { max(0, expected - shown - refused) }

    /// Time ranges of the missing pictures, in order; empty when none is missing.
    var missingRanges: [TimeRange] {
        guard missing > 0 else { return [] }
        var log = RangeLog()
        for time in passedOver.sorted() { log.add(TimeRange(start: max(.zero, time), end: time + usualInterval)) }
        return log.ranges
    }
}
