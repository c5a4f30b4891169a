internal import MediaFacts

/// Finds the time ranges in which nothing is heard, to the sample.
///
/// Samples are silent while each channel stays within a band of twice the threshold over every window of 400 ms. A constant
/// offset and its slow drift are therefore silence; a tone of 20 Hz is not, although 10 ms of the tone look constant.
struct SilenceDetector {
    /// The shortest range that is reported.
    static let shortest = Duration.milliseconds(400)
    /// The same for samples that rest farther from zero than `farOffset`: the halves of a slow square wave are shorter.
    static let shortestFar = Duration.seconds(2)
    /// The offset, as a share of the full scale, up to which an offset is an error of a device (−18 dBFS).
    private static let farOffset: Float = 0.125
    /// The time over which samples must stay within the band.
    private static let window = Duration.milliseconds(400)

    /// The silent ranges so far, ascending and apart from each other, in whole milliseconds.
    private(set) var ranges: [TimeRange] = []

    /// The distance from the middle of the band at which a sample is heard, as a share of the full scale.
    private let threshold: Float
    private var channels = 0
    private var rate = 1
    /// Interleaved samples that do not fill a block of 10 ms yet.
    private var block: [Float] = []
    private var blockStart = Duration.zero
    /// The blocks of the last 400 ms that belong to the silence that holds now.
    private var recent: [SampleBand] = []
    /// The start of the silence that holds now; nil while sound is heard.
    private var start: Duration?
    /// `true` when the silence that holds now rests far from zero.
    private var isFar = false
    /// The time up to which samples were examined. Samples before are not examined twice: timestamps may go back.
    private var end = Duration.zero
    /// The end of the last range that was long enough.
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

    /// Notes that no samples exist between two times, which makes the time silent.
    mutating func pause(from: Duration, to: Duration) {
        interrupt()
        start = start ?? max(end, from)
        end = max(end, to)
    }

    /// Ends the block: the next samples do not follow the last ones. Silence far from zero ends with the last sample.
    private mutating func interrupt() {
        examineBlock()
        recent = []
        if isFar { close(at: end) }
        isFar = false
    }

    /// Moves the silence that holds now: the clock ran wrong by `drift`.
    mutating func shift(by drift: Duration) {
        interrupt()
        end = max(reportedEnd, end + drift)
        start = start.map { min(end, max(reportedEnd, $0 + drift)) }
    }

    /// Ends the silence that holds at the end of the film, or at the last sample where the sound is longer.
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

    /// Continues the silence by a block that belongs to it.
    private mutating func proceed(_ band: SampleBand, _ joined: SampleBand) {
        start = start ?? band.start
        isFar = isFar || joined.offset > Self.farOffset
        recent.append(band)
    }

    /// Ends the silence at the first sample that leaves the band, and begins another with the last samples of the block.
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

    /// The number of the first sample with which the band becomes too wide.
    private func firstHeard(_ samples: UnsafeBufferPointer<Float>, after before: SampleBand) -> Int {
        var (band, number) = (before, 0)
        while (number + 1) * channels <= samples.count {
            band.include(samples, at: number * channels, channels: channels)
            guard band.isNarrower(than: threshold) else { break }
            number += 1
        }
        return number
    }

    /// The longest end of the block that is silent by itself; one sample at least.
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

    /// The time of a sample of the block, or the time up to which samples were examined before where that is later.
    private func time(of number: Int) -> Duration {
        max(end, blockStart + SampleClock.length(of: Int64(number), rate: rate))
    }

    /// Ends the silence that holds now, and keeps its range if long enough.
    private mutating func close(at time: Duration) {
        guard let from = start?.roundedToMilliseconds else { return }
        start = nil
        let to = time.roundedToMilliseconds
        guard to - from >= (isFar ? Self.shortestFar : Self.shortest) else { return }
        reportedEnd = time
        if ranges.count < FactBounds.ranges { ranges.append(TimeRange(start: from, end: to)) }
    }
}
