internal import MediaFacts

/// The length of a film, from the timestamps of its video packets.
struct FilmLength {
    /// The sum of the times for which pictures are shown; nil when no packet has a timestamp.
    var length: Duration?
    /// `length` without jumps of more than ten seconds; nil when there is no such jump.
    var withoutJumps: Duration?
    /// The relation between timestamps and the film's time.
    var timeline = Timeline()
    /// Number of jumps of more than ten seconds. A step does not count when the file states that a picture is held
    /// across it.
    var jumps = 0

    /// What a container states, apart from packets, about the time for which pictures are shown.
    struct Statement {
        /// The length that the container's table of samples states (ISO `stts`, within the edit). The last packet in
        /// the file need not be shown last, so its duration alone does not give the end.
        var samples: Duration?
        /// Whether the container states how long every picture is held (ISO, AVI), so that no step between pictures is
        /// a jump.
        var holdsAreStated = false
        /// The end of the last picture in ticks, where the container states it apart from its packets: AVI's index
        /// lists null frames, which repeat the picture before them. Nil elsewhere.
        var end: Int64?
    }

    /// Computes the length from the spans of `tally` and from what the container states.
    init(_ tally: StreamTally, _ timeBase: TimeBase, _ statement: Statement) {
        guard let first = tally.spans.first, let start = Duration(ticks: first.first, timeBase) else { return }
        timeline = Timeline(fileStart: start)
        var total = Duration.zero
        for (number, span) in tally.spans.enumerated() {
            if number > 0, let fileStart = Duration(ticks: span.first, timeBase) {
                timeline.append(Timeline.Segment(fileStart: fileStart, filmStart: total))
            }
            let isLast = number + 1 == tally.spans.count
            guard let own = Self.ticks(of: span, tally.usualStep, statement, isLast: isLast),
                let time = Duration(ticks: own, timeBase), let sum = FactBounds.length(total + time)
            else { return }
            total = sum
        }
        if tally.spans.count == 1, let stated = statement.samples { total = max(total, stated) }
        length = total.roundedToMilliseconds
        let found = tally.steps.jumps(areStated: statement.holdsAreStated)
        guard found.count > 0, let skipped = Duration(ticks: Int64(found.ticks), timeBase) else { return }
        jumps = found.count
        withoutJumps = max(.zero, total - skipped).roundedToMilliseconds
    }

    private static func ticks(
        of span: TickSpan, _ usualStep: Int64?, _ statement: Statement, isLast: Bool
    ) -> Int64? {
        guard let ticks = span.length(usualStep: usualStep) else { return nil }
        guard isLast, let end = statement.end else { return ticks }
        let (stated, overflow) = end.subtractingReportingOverflow(span.first)
        return overflow ? ticks : max(ticks, stated)
    }
}
