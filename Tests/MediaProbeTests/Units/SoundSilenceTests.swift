import Foundation
import MediaFacts
import Testing

@testable import MediaProbe

/// Signals of about two seconds, and the ranges of each that are silent at −60 dBFS.
struct SoundSilenceTests {
    /// A signal and its silent ranges.
    struct Signal: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var silent: [TimeRange]
        var seconds = 2.0
        var sample: @Sendable (Int, Int) -> Float

        init(
            _ name: String, _ silent: [TimeRange], seconds: Double = 2,
            _ sample: @escaping @Sendable (Int, Int) -> Float
        ) {
            (testDescription, self.silent, self.seconds, self.sample) = (name, silent, seconds, sample)
        }
    }

    private static let whole = [TimeRange(fromMilliseconds: 0, toMilliseconds: 2000)]

    static let signals = [
        Signal("zeros", whole) { _, _ in 0 },
        Signal("a constant offset of 1 %", whole) { _, _ in 0.01 },
        Signal("a constant offset of 10 %", whole) { _, _ in 0.1 },
        Signal("an offset of 1 % in one channel and −1 % in the other", whole) { _, channel in
            channel == 0 ? 0.01 : -0.01
        },
        Signal("an offset that drifts by 0.2 % a second", whole) { number, _ in Float(number) / 48_000 * 0.002 },
        Signal("dither of one step of 16 bits", whole) { number, _ in (number % 2 == 0 ? 1 : -1) / 32768 },
        Signal("a sine of 20 Hz at −50 dBFS", []) { number, _ in 0.003162 * sin(Float(number) * 2 * .pi * 20 / 48_000)
        },
        Signal("a sine of 20 Hz at −62 dBFS", whole) { number, _ in
            0.000794 * sin(Float(number) * 2 * .pi * 20 / 48_000)
        },
        Signal("a square wave of 1 Hz at full scale", []) { number, _ in number / 24_000 % 2 == 0 ? 1 : -1 },
        Signal("the same in one channel of two", []) { number, channel in
            channel == 0 ? 0 : number / 24_000 % 2 == 0 ? 1 : -1
        },
        Signal("a constant at full scale for 2 s", whole) { _, _ in 1 },
        Signal("a constant at full scale for 1.9 s", [], seconds: 1.9) { _, _ in 1 },
        Signal("one loud sample in the middle", [soundRange(0, 1000), soundRange(1000, 2000)]) { number, _ in
            number == 48_000 ? 0.5 : 0
        },
        Signal("half-waves just below the threshold", whole) { number, _ in number % 100 < 50 ? 0.00199 : 0 },
        Signal("half-waves at twice the threshold", []) { number, _ in number % 100 < 50 ? 0.002 : 0 },
        Signal("a step from one offset to another", [soundRange(0, 1000), soundRange(1000, 2000)]) { number, _ in
            number < 48_000 ? 0.01 : 0
        },
    ]

    @Test("`SoundTimeline` reports silence for nearly constant samples, and none for slow waves", arguments: signals)
    func signal(signal: Signal) {
        for frame in [1024, 37, 96_000] {
            let sound = SoundSamples(seconds: signal.seconds, weights: [.front, .front], signal.sample)
            let timeline = SoundTimeline()
            timeline.append(sound, frame: frame, at: .zero)
            #expect(timeline.content(filmLength: nil).silent == signal.silent)
        }
    }

    @Test(
        "`SoundTimeline` reports a pause in the samples of 400 ms or longer, to the millisecond",
        arguments: [(320, false), (399, false), (400, true), (401, true), (2000, true)] as [(Int64, Bool)])
    func shortest(pause: Int64, isReported: Bool) {
        // 6.2051 s is inside a block of 10 ms and inside a frame of 1024 samples.
        let tone = SoundSamples.tone(seconds: 6.2051, rate: 44_100)
        let sound = tone.then(.silence(seconds: Double(pause) / 1000, rate: 44_100)).then(
            .tone(seconds: 1, rate: 44_100))
        let timeline = SoundTimeline()
        timeline.append(sound, at: .zero, grain: .milliseconds(1))
        let silent = timeline.content(filmLength: nil).silent
        #expect(silent.count == (isReported ? 1 : 0))
        for range in silent {
            #expect(abs(range.fromMilliseconds - 6205) <= 1)
            #expect(abs(range.length.wholeMilliseconds - pause) <= 1)
        }
    }

    @Test("`SoundTimeline` joins silent samples, a pause and the time behind the sound to one silent range")
    func joined() {
        let timeline = SoundTimeline()
        timeline.append(.tone(seconds: 1).then(.silence(seconds: 0.3)), at: .zero)
        timeline.append(.silence(seconds: 0.2), at: .milliseconds(1500))
        #expect(timeline.content(filmLength: .seconds(2)).silent == [soundRange(1000, 2000)])
    }

    @Test("`SilenceDetector` keeps the first 1,000 ranges")
    func mostRanges() {
        var detector = SilenceDetector(threshold: 0.001)
        for number in 0..<Int64(1005) {
            SoundSamples.tone(seconds: 0.01, rate: 8000).samples.withUnsafeBufferPointer { samples in
                guard let format = SoundFormat(rate: 8000, weights: [.front]) else { return }
                detector.append(samples, format, at: .milliseconds(number * 1000))
            }
            detector.pause(from: .milliseconds(number * 1000 + 10), to: .milliseconds(number * 1000 + 1000))
        }
        detector.finish(filmLength: nil)
        #expect(detector.ranges.count == 1000)
        #expect(detector.ranges.first == soundRange(10, 1000))
    }
}
