/// Counts how often the timestamps of one stream start over.
///
/// Program streams and transport streams that were joined by copying, and Matroska clusters that begin at zero again, hold
/// several timelines one behind the other. The walk over packets and the decoding passes run this same counter, so they
/// agree on the timeline of every packet.
struct RestartDetector {
    /// Number of the current timeline, the first being 0.
    private(set) var segment = 0
    private var last: Int64?
    /// The stream has had a decoding timestamp.
    private(set) var hasDecodingTimes = false
    /// Ticks of the stream's time base in a second.
    let ticksPerSecond: Double
    /// A forward step that is a backward step in truth: libav adds 2³³ to MPEG timestamps that lie long before the first.
    private let wrap: Int64?

    /// Timelines that are told apart. Later restarts stay in the last one: a hostile file restarts at every packet.
    static let most = 1000

    /// - Parameters:
    ///   - ticksPerSecond: of the stream's time base.
    ///   - wrapBits: bits of a timestamp in the container. Source: `AVStream.pts_wrap_bits`.
    init(ticksPerSecond: Double, wrapBits: Int = 64) {
        self.ticksPerSecond = ticksPerSecond
        wrap = (1..<63).contains(wrapBits) ? Int64(1) << (wrapBits - 1) : nil
    }

    /// Takes the next packet in file order; returns the number of its timeline.
    ///
    /// A step back of more than a second begins a timeline: reordering of pictures moves decoding timestamps by nothing,
    /// and presentation timestamps by less.
    mutating func accept(_ stamp: PacketStamp) -> Int {
        guard let time = order(of: stamp) else { return segment }
        defer { last = time }
        guard let last else { return segment }
        let (step, overflow) = time.subtractingReportingOverflow(last)
        let isBack = overflow || Double(step) < -ticksPerSecond || wrap.map { step > $0 } ?? false
        if isBack, segment + 1 < Self.most { segment += 1 }
        return segment
    }

    /// The timestamp that never goes back within one timeline: the decoding timestamp, and the presentation timestamp in a
    /// stream that has no other. The first packets of a stream may lack the decoding timestamp, so the two never mix.
    mutating func order(of stamp: PacketStamp) -> Int64? {
        if stamp.decoding != nil, !hasDecodingTimes { (hasDecodingTimes, last) = (true, nil) }
        return hasDecodingTimes ? stamp.decoding : stamp.presentation
    }
}
