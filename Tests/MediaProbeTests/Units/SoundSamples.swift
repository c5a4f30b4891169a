import Foundation
import MediaFacts

@testable import MediaProbe

/// Sound that a test makes in memory.
struct SoundSamples {
    /// Interleaved samples.
    var samples: [Float]
    /// The sample rate and the channels of the samples.
    var format: SoundFormat

    /// Makes sound in which each sample is a function of its number and its channel.
    init(
        seconds: Double, rate: Int = 48_000, weights: [ChannelWeight] = [.front],
        _ sample: (_ number: Int, _ channel: Int) -> Float
    ) {
        guard let format = SoundFormat(rate: rate, weights: weights) else { fatalError("no such format") }
        self.format = format
        samples = []
        let count = Int((seconds * Double(rate)).rounded())
        for number in 0..<count {
            for channel in weights.indices { samples.append(sample(number, channel)) }
        }
    }

    /// A sine in all channels.
    static func tone(
        _ hertz: Double = 997, amplitude: Float = 0.5, seconds: Double, rate: Int = 48_000,
        weights: [ChannelWeight] = [.front]
    ) -> SoundSamples {
        SoundSamples(seconds: seconds, rate: rate, weights: weights) { number, _ in
            amplitude * Float(sin(2 * Double.pi * hertz * Double(number) / Double(rate)))
        }
    }

    /// Silence in one channel.
    static func silence(seconds: Double, rate: Int = 48_000) -> SoundSamples {
        SoundSamples(seconds: seconds, rate: rate) { _, _ in 0 }
    }

    /// This sound followed by `next`.
    func then(_ next: SoundSamples) -> SoundSamples {
        var sound = self
        sound.samples += next.samples
        return sound
    }

    /// Duration of a number of samples.
    func length(_ count: Int) -> Duration { SampleClock.length(of: Int64(count), rate: format.rate) }
}

extension SoundTimeline {
    /// Makes a timeline with the default threshold of −60 dBFS.
    convenience init() { self.init(threshold: 0.001) }

    /// Appends sound in frames of `frame` samples.
    ///
    /// - Parameters:
    ///   - start: timestamp of the first frame; the others follow by their number of samples.
    ///   - grain: the unit to multiples of which timestamps are rounded down; nil rounds none.
    func append(_ sound: SoundSamples, frame: Int = 1024, at start: Duration?, grain: Duration? = nil) {
        let count = sound.samples.count / sound.format.channels
        for first in stride(from: 0, to: count, by: frame) {
            let next = min(count, first + frame)
            var time = start.map { $0 + sound.length(first) }
            if let exact = time, let grain {
                time = .init(attoseconds: exact.attoseconds / grain.attoseconds * grain.attoseconds)
            }
            sound.samples[first * sound.format.channels..<next * sound.format.channels].withUnsafeBufferPointer {
                append($0, sound.format, at: time)
            }
        }
    }

    /// The measurements of sound without damaged packets.
    func content(filmLength: Duration?) -> SoundContent { content(damaged: 0, filmLength: filmLength) }
}

/// A range of whole milliseconds.
func soundRange(_ start: Int64, _ end: Int64) -> TimeRange {
    TimeRange(fromMilliseconds: start, toMilliseconds: end)
}
