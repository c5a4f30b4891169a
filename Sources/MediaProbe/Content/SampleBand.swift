/// The lowest and the highest sample of each channel during a time.
struct SampleBand {
    /// Time of the first sample.
    var start: Duration
    /// The lowest sample of each channel; empty when there are no samples.
    private(set) var low: [Float] = []
    /// The highest sample of each channel.
    private(set) var high: [Float] = []

    /// Makes a band that contains no samples yet.
    init(start: Duration) { self.start = start }

    /// Makes the band of interleaved samples; their number is a multiple of `channels`.
    init(start: Duration, _ samples: UnsafeBufferPointer<Float>, channels: Int) {
        self.start = start
        guard samples.count >= channels else { return }
        low = Array(samples[0..<channels])
        high = low
        low.withUnsafeMutableBufferPointer { low in
            high.withUnsafeMutableBufferPointer { high in
                for index in stride(from: channels, to: samples.count - channels + 1, by: channels) {
                    for channel in 0..<channels {
                        let sample = samples[index + channel]
                        if sample < low[channel] { low[channel] = sample }
                        if sample > high[channel] { high[channel] = sample }
                    }
                }
            }
        }
    }

    /// Extends the band by one sample of each channel; `samples[index]` is the first of them.
    mutating func include(_ samples: UnsafeBufferPointer<Float>, at index: Int, channels: Int) {
        guard !low.isEmpty else {
            (low, high) = (Array(samples[index..<index + channels]), Array(samples[index..<index + channels]))
            return
        }
        for channel in 0..<channels {
            low[channel] = min(low[channel], samples[index + channel])
            high[channel] = max(high[channel], samples[index + channel])
        }
    }

    /// Extends the band by another one with as many channels; `start` stays.
    mutating func include(_ other: SampleBand) {
        guard !low.isEmpty, low.count == other.low.count else {
            if low.isEmpty { (low, high) = (other.low, other.high) }
            return
        }
        for channel in low.indices {
            low[channel] = min(low[channel], other.low[channel])
            high[channel] = max(high[channel], other.high[channel])
        }
    }

    /// Whether the samples of each channel stay closer than `threshold` to the middle of their band.
    func isNarrower(than threshold: Float) -> Bool {
        for channel in low.indices where (high[channel] - low[channel]) / 2 >= threshold { return false }
        return true
    }

    /// The largest distance between zero and the middle of a channel's band: its constant offset.
    var offset: Float {
        low.indices.reduce(0) { max($0, ((low[$1] + high[$1]) / 2).magnitude) }
    }
}
