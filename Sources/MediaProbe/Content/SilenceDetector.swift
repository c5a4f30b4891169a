internal import MediaFacts

/// Finds the silent time ranges, exact to the sample.
///
/// Samples are silent while each channel stays within a band of twice the threshold in every window of 400 ms. A
/// constant offset and its slow drift therefore count as silence. A tone of 20 Hz does not, although 10 ms of the tone
/// look constant.
struct SilenceDetector {
    /// Shortest silent range that is reported.
    static let shortest = Duration.milliseconds(400)
    /// Shortest silent range whose samples are farther from zero than `farOffset`. The halves of a slow square wave are
    /// shorter.
    static let shortestFar = Duration.seconds(2)
    /// Largest offset, as a share of the full scale (−18 dBFS), that is explained by an error of a device.
    private static let farOffset: Float = 0.125
    /// Length of the window in which samples must stay within the band.
    private static let window = Duration.milliseconds(400)

    /// The silent ranges so far, in ascending order, not overlapping, in whole milliseconds.
    private(set) var ranges: [TimeRange] = []

    /// Half the width of the band, as a share of the full scale.
    private let threshold: Float
    private var channels = 0
    private var rate = 1
    /// Interleaved samples of a block of 10 ms that is not full yet.
    private var block: [Float] = []
    private var blockStart = Duration.zero
    /// The blocks of the last 400 ms that belong to the current silence.
    private var recent: [SampleBand] = []
    /// The start of the current silence; nil while sound is heard.
    private var start: Duration?
    /// Whether the samples of the current silence are farther from zero than `farOffset`.
    private var isFar = false
    /// The time up to which samples were examined. Timestamps may go back; samples before this time are not examined
    /// twice.
    private var end = Duration.zero
    /// The end of the last reported range.
    private var reportedEnd = Duration.zero

    /// Makes a detector; `threshold` is a share of the full scale.
    init(threshold: Float) { self.threshold = threshold }

    /// Examines interleaved samples, which follow the last ones without a break.
    ///
    /// - Parameter start: time of the first sample, zero or later; read only where a block begins.
    mutating func append(_ samples: UnsafeBufferPointer<Float>, _ format: SoundFormat, at start: Duration) {
        if format.channels != channels || format.rate != rate {
            interrupt()
            (channels, rate) = (format.channels, format.rate)
        }
        let whole = max(1, rate / 100) * channels
        var position = 0
        while position < samples.count {
            if block.isEmpty {
                blockStart = start + SampleClock.length(of: Int64(position / channels), rate: rate)
            }
            let next = min(samples.count, position + whole - block.count)
            block.append(contentsOf: samples[position..<next])
            position = next
            if block.count == whole { examineBlock() }
        }
    }

    /// Counts a time in which no samples exist as silent.
    mutating func pause(from: Duration, to: Duration) {
        interrupt()
        start = start ?? max(end, from)
        end = max(end, to)
    }

    /// Ends the block, because the next samples do not follow the last ones. Silence far from zero ends with the last
    /// sample.
    private mutating func interrupt() {
        examineBlock()
        recent = []
        if isFar { close(at: end) }
        isFar = false
    }

    /// Moves the current silence by `drift`, the error of the clock.
    mutating func shift(by drift: Duration) {
        interrupt()
        end = max(reportedEnd, end + drift)
        start = start.map { min(end, max(reportedEnd, $0 + drift)) }
    }

    /// Ends the silence at the end of the film, or at the last sample if the sound is longer.
    mutating func finish(filmLength: Duration?) {
        interrupt()
        if let filmLength, filmLength > end { pause(from: end, to: filmLength) }
        close(at: end)
    }

    /// Examines the samples of the block and empties the block.
    private mutating func examineBlock() {
        guard !block.isEmpty else { return }
        let samples = block
        block.removeAll(keepingCapacity: true)
        samples.withUnsafeBufferPointer { samples in
            let band = SampleBand(start: time(of: 0), samples, channels: channels)
            let blockEnd = time(of: samples.count / channels)
            recent.removeAll { $0.start < blockEnd - Self.window }
            var joined = SampleBand(start: band.start)
            for other in recent { joined.include(other) }
            let before = joined
            joined.include(band)
            if joined.isNarrower(than: threshold) {
                proceed(band, joined)
            } else {
                restart(samples, band, after: before)
            }
            end = max(end, blockEnd)
        }
    }

    /// Continues the current silence by one block.
    private mutating func proceed(_ band: SampleBand, _ joined: SampleBand) {
        start = start ?? band.start
        isFar = isFar || joined.offset > Self.farOffset
        recent.append(band)
    }

    /// Ends the silence at the first sample that leaves the band, and begins another one with the last samples of the
    /// block.
    private mutating func restart(
        _ samples: UnsafeBufferPointer<Float>, _ band: SampleBand, after before: SampleBand
    ) {
        close(at: time(of: firstHeard(samples, after: before)))
        var tail = SampleBand(start: band.start)
        if band.isNarrower(than: threshold) {
            tail = band
            let kept = recent.reversed().prefix { other in
                var joined = tail
                joined.include(other)
                guard joined.isNarrower(than: threshold) else { return false }
                tail = joined
                tail.start = other.start
                return true
            }
            recent = kept.reversed() + [band]
        } else {
            tail = quietTail(samples)
            recent = [tail]
        }
        start = max(reportedEnd, tail.start)
        isFar = tail.offset > Self.farOffset
    }

    /// The number of the first sample that makes the band too wide.
    private func firstHeard(_ samples: UnsafeBufferPointer<Float>, after before: SampleBand) -> Int {
        var (band, number) = (before, 0)
        while (number + 1) * channels <= samples.count {
            band.include(samples, at: number * channels, channels: channels)
            guard band.isNarrower(than: threshold) else { break }
            number += 1
        }
        return number
    }

    /// The band of the longest silent end of the block; at least one sample.
    private func quietTail(_ samples: UnsafeBufferPointer<Float>) -> SampleBand {
        var (band, number) = (SampleBand(start: end), samples.count / channels)
        while number > 0 {
            var joined = band
            joined.include(samples, at: (number - 1) * channels, channels: channels)
            guard joined.isNarrower(than: threshold) else { break }
            band = joined
            number -= 1
        }
        band.start = time(of: number)
        return band
    }

    /// The time of a sample of the block, but not before the time up to which samples were examined.
    private func time(of number: Int) -> Duration {
        max(end, blockStart + SampleClock.length(of: Int64(number), rate: rate))
    }

    /// Ends the current silence, and reports its range if long enough.
    private mutating func close(at time: Duration) {
        guard let from = start?.roundedToMilliseconds else { return }
        start = nil
        let to = time.roundedToMilliseconds
        guard to - from >= (isFar ? Self.shortestFar : Self.shortest) else { return }
        reportedEnd = time
        if ranges.count < FactBounds.ranges { ranges.append(TimeRange(start: from, end: to)) }
    }
}
