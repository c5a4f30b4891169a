/// The bytes of one stream in every second of its decoding time.
///
/// A stream of constant bit rate (CBR) is one that passes at its average rate through a buffer of fixed size. The tally
/// computes the size that such a buffer needs: with *b(k)* bytes in second *k* and the average *m*, the sums
/// *s(n) = (b(1) − m) + … + (b(n) − m)* and *s(0) = 0*, the buffer holds *max s − min s* bytes, which is
/// *(max s − min s) / m* seconds of the stream. Encoders with a fixed rate keep this below the buffer that they are given,
/// usually 0.3 to 2 s, whatever the pictures are; the time of encoders with a fixed quality grows with the film.
///
/// Source of the model: ITU-T H.264 annex C, the hypothetical reference decoder with `cbr_flag` 1.
struct RateTally {
    /// Bytes of each whole second.
    private(set) var seconds: [Int64] = []
    private var current: Int64 = 0
    /// Timestamp at which the current part of the timeline begins.
    private var origin: Int64?
    /// Number of seconds of the current part that are complete.
    private var complete = 0
    /// Timestamp at which the current second ends; the lowest number before the first packet.
    private var end = Int64.min
    private let ticksPerSecond: Double

    /// Fewest seconds for which a fluctuation is computed.
    static let leastSeconds = 10
    /// Most seconds that are kept: ten hours.
    private static let mostSeconds = 36_000

    /// - Parameter ticksPerSecond: ticks of the stream's time base in a second.
    init(ticksPerSecond: Double) { self.ticksPerSecond = ticksPerSecond }

    /// Adds a packet of `size` bytes, in file order.
    ///
    /// - Parameter time: its decoding time, else its presentation time; a packet without both counts to the second of the
    ///   packet before it.
    mutating func add(_ size: Int64, at time: Int64?) {
        if let time, time >= end { closeSeconds(before: time) }
        current &+= size
    }

    /// Drops the current second, which is not whole, and begins a new part of the timeline.
    mutating func endPart() { (current, origin, complete, end) = (0, nil, 0, .min) }

    /// Closes the seconds that end at or before `time`. Seconds without packets are empty.
    private mutating func closeSeconds(before time: Int64) {
        let begin = origin ?? time
        if origin == nil { (origin, end) = (begin, endOfSecond(begin)) }
        while time >= end, seconds.count < Self.mostSeconds {
            seconds.append(current)
            current = 0
            complete += 1
            end = endOfSecond(begin)
        }
        if seconds.count == Self.mostSeconds { end = .max }
    }

    /// The timestamp at which the second behind the complete ones ends, in a part that begins at `begin`.
    private func endOfSecond(_ begin: Int64) -> Int64 {
        let ticks = Int64(exactly: (Double(complete + 1) * ticksPerSecond).rounded(.up)) ?? .max
        let (end, overflow) = begin.addingReportingOverflow(ticks)
        return overflow ? .max : end
    }

    /// Seconds of data at the average rate that the buffer holds; nil for fewer than `leastSeconds` seconds, and for a
    /// stream without bytes.
    var fluctuation: Double? {
        guard seconds.count >= Self.leastSeconds else { return nil }
        let average = seconds.reduce(0.0) { $0 + Double($1) } / Double(seconds.count)
        guard average > 0 else { return nil }
        var (sum, lowest, highest) = (0.0, 0.0, 0.0)
        for bytes in seconds {
            sum += Double(bytes) - average
            (lowest, highest) = (min(lowest, sum), max(highest, sum))
        }
        return (highest - lowest) / average
    }
}
