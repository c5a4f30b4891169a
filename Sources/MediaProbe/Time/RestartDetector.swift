/// Counts how often the timestamps of one stream start over.
///
/// Program streams and transport streams that were joined by copying, and Matroska clusters that begin at zero again, hold
/// several timelines one behind the other. The walk over packets and the decoding passes run this same counter, so they
/// agree on the timeline of every packet.
struct RestartDetector {
    /// Number of the current timeline, the first being 0.
    private(set) var segment = 0
    /// Whether the stream has had a decoding timestamp; decoding timestamps never go back within one timeline.
    private(set) var hasDecodingTimes = false
    /// Ticks of the stream's time base in a second.
    let ticksPerSecond: Double
    /// The newest timestamp in order. Later timestamps of the same timeline are not lower.
    private var last: Int64?
    private var reordered = ReorderBuffer()
    /// A forward step above this value is really a backward step: libav adds 2³³ to MPEG timestamps that lie long
    /// before the first. Nil when the container's timestamps do not wrap.
    private let wrap: Int64?

    /// Most timelines of a stream. Later restarts count to the last timeline, because a hostile file can restart at
    /// every packet.
    static let most = 1000

    /// - Parameters:
    ///   - ticksPerSecond: ticks of the stream's time base in a second.
    ///   - wrapBits: number of bits of a timestamp in the container. Source: `AVStream.pts_wrap_bits`.
    init(ticksPerSecond: Double, wrapBits: Int = 64) {
        self.ticksPerSecond = ticksPerSecond
        wrap = (1..<63).contains(wrapBits) ? Int64(1) << (wrapBits - 1) : nil
    }

    /// Reads the next packet in file order and returns the number of its timeline. A new timeline begins where a
    /// timestamp is more than a second lower than the newest timestamp in order.
    mutating func accept(_ stamp: PacketStamp) -> Int {
        if stamp.decoding != nil, !hasDecodingTimes { (hasDecodingTimes, last) = (true, nil) }
        guard let time = hasDecodingTimes ? stamp.decoding : stamp.presentation else { return segment }
        if let last, isBack(from: last, to: time), segment + 1 < Self.most {
            segment += 1
            self.last = nil
            reordered = ReorderBuffer()
        }
        last = hasDecodingTimes ? time : reordered.push((time, stamp.duration))?.time ?? last
        return segment
    }

    private func isBack(from last: Int64, to time: Int64) -> Bool {
        let (step, overflow) = time.subtractingReportingOverflow(last)
        return overflow || Double(step) < -ticksPerSecond || wrap.map { step > $0 } ?? false
    }
}
