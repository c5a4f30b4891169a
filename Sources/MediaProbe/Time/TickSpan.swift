/// The timestamps of the pictures in one segment of a stream, in ticks.
struct TickSpan: Equatable {
    /// Lowest timestamp.
    private(set) var first = Int64.max
    /// Highest timestamp.
    private(set) var last = Int64.min
    /// Duration of the packet with the highest timestamp; 0 when unknown.
    private(set) var lastDuration: Int64 = 0

    /// Figures of the packets with a presentation timestamp, and of those with a decoding timestamp only.
    private var presentations = (first: Int64.max, last: Int64.min, duration: Int64(0), count: 0)
    private var decodings = (first: Int64.max, last: Int64.min, duration: Int64(0), count: 0)

    /// Adds the timestamp and the duration of a picture.
    mutating func add(_ timestamp: Int64, duration: Int64, hasPresentation: Bool) {
        if hasPresentation {
            Self.extend(&presentations, timestamp, duration)
        } else {
            Self.extend(&decodings, timestamp, duration)
        }
        // Presentation timestamps decide unless most packets lack one; then only the decoding order is known.
        let chosen = presentations.count >= decodings.count ? presentations : decodings
        (first, last, lastDuration) = (chosen.first, chosen.last, chosen.duration)
    }

    private static func extend(
        _ span: inout (first: Int64, last: Int64, duration: Int64, count: Int), _ timestamp: Int64, _ duration: Int64
    ) {
        span.count += 1
        span.first = min(span.first, timestamp)
        guard timestamp >= span.last else { return }
        (span.last, span.duration) = (timestamp, duration)
    }

    /// Ticks from the first picture's start to the last picture's end; nil when that overflows.
    ///
    /// - Parameter usualStep: replaces the last picture's duration when the file states none, or libav guessed one
    ///   tick.
    func length(usualStep: Int64?) -> Int64? {
        guard first <= last else { return nil }
        let own = lastDuration > 1 ? lastDuration : usualStep ?? lastDuration
        let (ticks, overflow) = last.subtractingReportingOverflow(first)
        let (whole, tooLong) = ticks.addingReportingOverflow(own)
        return overflow || tooLong ? nil : whole
    }

    static func == (left: TickSpan, right: TickSpan) -> Bool {
        (left.first, left.last, left.lastDuration) == (right.first, right.last, right.lastDuration)
    }
}
