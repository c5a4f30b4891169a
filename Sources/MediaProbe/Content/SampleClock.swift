internal import MediaFacts

/// The time of decoded sound, counted in samples and anchored to timestamps.
///
/// Timestamps of containers are rounded, often to whole milliseconds, so a sum of them drifts. The clock therefore
/// counts samples from an anchor, and takes a new anchor only when a timestamp differs by more than 100 ms from the
/// count.
struct SampleClock {
    /// The times of consecutive samples in the film.
    struct Placement: Equatable {
        /// Time of the first sample.
        var start: Duration
        /// Time at which the last sample ends.
        var end: Duration
        /// The jump before the samples; nil when they continue the samples before.
        var jump: Jump?
    }

    /// A jump of the timestamps, at which the clock takes a new anchor.
    struct Jump: Equatable {
        /// The end of the samples before, by their own timestamps; nil for the first samples.
        var end: Duration?
        /// Error of the count at that end: `end` minus the counted end, at most 100 ms in either direction.
        var drift: Duration
    }

    /// Largest difference between count and timestamp at which the count is kept.
    private static let tolerance = Duration.milliseconds(100)

    /// The counted end of the samples so far; nil before the first.
    private(set) var end: Duration?
    /// The end by the last timestamp, at most `tolerance` away from `end`; nil while no samples had a timestamp.
    private var stampedEnd: Duration?
    private var anchor = Duration.zero
    private var samples: Int64 = 0
    private var rate = 1
    /// Whether the next timestamp becomes an anchor, however close it is.
    private var isReleased = false

    /// The time that `samples` last at `rate` samples a second; `rate` is one or more.
    static func length(of samples: Int64, rate: Int) -> Duration {
        Duration(attoseconds: Int128(samples) * 1_000_000_000_000_000_000 / Int128(max(1, rate)))
    }

    /// The number of samples that last `time`, rounded to the nearest; zero for negative times.
    static func samples(in time: Duration, rate: Int) -> Int64 {
        guard time > .zero else { return 0 }
        let second: Int128 = 1_000_000_000_000_000_000
        let whole = time.attoseconds / second * Int128(rate)
        return Int64(clamping: whole + (time.attoseconds % second * Int128(rate) + second / 2) / second)
    }

    /// Makes the next timestamp an anchor, because samples are missing before it.
    mutating func release() { isReleased = true }

    /// Computes the times of the next samples.
    ///
    /// - Parameter time: the timestamp of the first one; nil, or a time outside `FactBounds.times`, continues the
    ///   count.
    mutating func place(count: Int, rate: Int, at time: Duration?) -> Placement {
        let time = time.flatMap(FactBounds.time)
        let jump = self.jump(to: time)
        if jump != nil {
            restart(at: time ?? .zero, rate)
        } else if rate != self.rate {
            restart(at: end ?? .zero, rate)
        }
        let start = min(anchor + Self.length(of: samples, rate: rate), FactBounds.latest)
        samples &+= Int64(count)
        let end = min(anchor + Self.length(of: samples, rate: rate), FactBounds.latest)
        self.end = end
        stampedEnd = (time ?? stampedEnd).map { $0 + (end - start) }
        return Placement(start: start, end: end, jump: jump)
    }

    /// The jump to `time`, or nil when `time` continues the count.
    private func jump(to time: Duration?) -> Jump? {
        guard let end else { return Jump(end: nil, drift: .zero) }
        guard let time, isReleased || time - end > Self.tolerance || end - time > Self.tolerance else { return nil }
        return Jump(end: stampedEnd ?? end, drift: (stampedEnd ?? end) - end)
    }

    private mutating func restart(at time: Duration, _ rate: Int) {
        (anchor, samples, self.rate, isReleased) = (time, 0, rate, false)
    }
}
