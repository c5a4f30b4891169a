internal import CFFmpeg
internal import MediaFacts

/// Counts and timestamps of one stream's packets, in ticks of the stream's time base.
struct StreamTally {
    /// Packets that are presented: those flagged for decoding only (before an edit's start) are left out.
    private(set) var packets = 0
    /// Every packet, presented or not.
    private(set) var allPackets = 0
    /// Bytes of all packets.
    private(set) var bytes: Int64 = 0
    /// Packets with neither presentation nor decoding timestamp.
    private(set) var withoutTimestamp = 0
    /// Decoding timestamps smaller than the one before.
    private(set) var backwardSteps = 0

    private var presentation = Span()
    private var decoding = Span()
    private var withoutPresentation = 0
    private var lastDecoding: Int64?
    /// How often each step between decoding timestamps occurs.
    private var steps: [Int64: Int] = [:]

    /// First and last timestamp seen and the duration of the packet that carries the last.
    private struct Span {
        var first = Int64.max
        var last = Int64.min
        var lastDuration: Int64 = 0

        mutating func add(_ timestamp: Int64, _ duration: Int64) {
            first = min(first, timestamp)
            guard timestamp >= last else { return }
            last = timestamp
            lastDuration = duration
        }
    }

    /// Different steps that are told apart; hostile files have no more, honest ones a few.
    private static let mostDifferentSteps = 1000

    mutating func add(_ packet: AVPacket) {
        allPackets += 1
        bytes += Int64(packet.size)
        noteDecodingOrder(packet.dts)
        guard packet.flags & AV_PKT_FLAG_DISCARD == 0 else { return }
        packets += 1
        if packet.pts != cff_no_timestamp {
            presentation.add(packet.pts, packet.duration)
        } else {
            withoutPresentation += 1
        }
        if packet.dts != cff_no_timestamp { decoding.add(packet.dts, packet.duration) }
        if packet.pts == cff_no_timestamp && packet.dts == cff_no_timestamp { withoutTimestamp += 1 }
    }

    private mutating func noteDecodingOrder(_ timestamp: Int64) {
        guard timestamp != cff_no_timestamp else { return }
        defer { lastDecoding = timestamp }
        guard let lastDecoding else { return }
        let (step, overflow) = timestamp.subtractingReportingOverflow(lastDecoding)
        if overflow || step < 0 {
            backwardSteps += 1
        } else if step > 0, steps.count < Self.mostDifferentSteps || steps[step] != nil {
            steps[step, default: 0] += 1
        }
    }

    /// The most frequent step between two packets, in ticks; nil when there are not two.
    var usualStep: Int64? { steps.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }

    /// Presentation timestamps where every packet has one; else decoding timestamps (avi with B-frames), whose span is
    /// as long.
    private var span: Span? {
        let chosen = withoutPresentation == 0 ? presentation : decoding
        return chosen.first <= chosen.last ? chosen : nil
    }

    /// First timestamp; nil when no packet has one.
    func firstTimestamp(_ timeBase: AVRational) -> Duration? {
        span.flatMap { duration($0.first, timeBase) }
    }

    /// First to last timestamp plus the last packet's own duration; nil when no packet has a timestamp.
    ///
    /// Where the container gives the last packet no duration, or libav guesses one tick, the usual step stands in.
    func length(_ timeBase: AVRational) -> Duration? {
        guard let span else { return nil }
        let own = span.lastDuration > 1 ? span.lastDuration : usualStep ?? span.lastDuration
        let (ticks, overflow) = span.last.subtractingReportingOverflow(span.first)
        let (whole, tooLong) = ticks.addingReportingOverflow(own)
        return overflow || tooLong ? nil : duration(whole, timeBase)
    }

    /// Steps over a second and over ten average intervals between two packets in decoding order.
    func gaps(_ timeBase: AVRational) -> Int {
        guard allPackets > 2, let spread = span.flatMap({ duration($0.last &- $0.first, timeBase) }) else { return 0 }
        let limit = max(.seconds(1), spread / (allPackets - 1) * 10)
        return steps.reduce(0) { total, step in
            total + ((duration(step.key, timeBase) ?? .zero) > limit ? step.value : 0)
        }
    }
}
