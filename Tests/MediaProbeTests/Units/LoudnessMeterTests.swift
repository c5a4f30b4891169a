import Foundation
import MediaFacts
import Testing

@testable import MediaProbe

/// Loudness of sound that the tests make. A stereo sine of 997 Hz at −20 dBFS has −20 LUFS (ITU-R BS.1770-4, annex 1);
/// the same sine in one channel has 3.01 LU less.
struct LoudnessMeterTests {
    private static let surround: [ChannelWeight] = [.front, .front, .front, .lowFrequency, .surround, .surround]

    /// Loudness of a sine of 997 Hz at −20 dBFS in `channels`; the other channels are silent.
    private func loudness(of channels: Set<Int>, _ weights: [ChannelWeight] = surround) -> Double? {
        let timeline = SoundTimeline()
        let sound = SoundSamples(seconds: 4, weights: weights) { number, channel in
            channels.contains(channel) ? 0.1 * Float(sin(2 * Double.pi * 997 * Double(number) / 48_000)) : 0
        }
        timeline.append(sound, at: .zero)
        return timeline.content(filmLength: nil).loudness
    }

    @Test(
        "`LoudnessMeter` weights a surround channel by 1.41 and the low-frequency channel by 0",
        arguments: [
            ([0], -23.01), ([0, 1], -20), ([2], -23.01), ([4], -21.52), ([5], -21.52), ([4, 5], -18.51),
            ([0, 1, 3], -20),
        ] as [(Set<Int>, Double)])
    func weights(channels: Set<Int>, expected: Double) throws {
        #expect(abs(try #require(loudness(of: channels)) - expected) <= 0.02)
    }

    @Test("`LoudnessMeter` measures no loudness in sound of the low-frequency channel alone")
    func lowFrequency() { #expect(loudness(of: [3]) == nil) }

    @Test(
        "`ChannelWeight` maps each of libav's channel positions to its weight",
        arguments: [
            (ChannelWeight.front, [0, 1, 2, 6, 7, 11, 12, 13, 14, 29, 30, 768, -1]), (.lowFrequency, [3, 35]),
            (.surround, [4, 5, 8, 9, 10, 15, 16, 17, 33, 34]),
        ] as [(ChannelWeight, [Int32])])
    func places(weight: ChannelWeight, places: [Int32]) {
        for place in places { #expect(ChannelWeight(place: place) == weight) }
    }

    @Test("`LoudnessMeter.truePeak` is the peak of a sine between its samples")
    func truePeak() throws {
        // Every sample of a quarter-rate sine with a phase of 45° is 3.01 dB below its peak. The sine fades in, because
        // a sudden start would be louder between the samples.
        let sound = SoundSamples(seconds: 1) { number, _ in
            min(1, Float(number) / 4800) * 0.5 * Float(sin(Double.pi * (Double(number) / 2 + 0.25)))
        }
        let timeline = SoundTimeline()
        timeline.append(sound, at: .zero)
        #expect(abs(try #require(timeline.content(filmLength: nil).truePeak) + 6.02) <= 0.2)
    }

    @Test(
        "`SoundTimeline` gives one curve value for each second, whatever the length of the frames",
        arguments: [(48_000, 65_535), (8000, 65_535), (48_000, 1024), (44_100, 1152), (8000, 160), (44_100, 7)])
    func curve(rate: Int, frame: Int) {
        let timeline = SoundTimeline()
        // Odd seconds are 20 dB louder.
        let sound = SoundSamples(seconds: 20, rate: rate) { number, _ in
            (number / rate % 2 == 1 ? 0.1 : 0.01) * Float(sin(2 * Double.pi * 440 * Double(number) / Double(rate)))
        }
        timeline.append(sound, frame: frame, at: .zero)
        let content = timeline.content(filmLength: .seconds(20))
        #expect(content.curveStep == .seconds(1))
        #expect(content.curve.map { $0 > -33 } == (0..<20).map { $0 % 2 == 1 })
    }

    @Test("`SoundTimeline` places curve values by the film's time, with −70 in pauses")
    func curveWithPauses() {
        let timeline = SoundTimeline()
        timeline.append(.tone(seconds: 2), at: .seconds(3))
        timeline.append(.tone(seconds: 1), at: .seconds(9))
        timeline.append(.tone(seconds: 1), at: .seconds(12))
        let content = timeline.content(filmLength: .milliseconds(15_400))
        let isHeard = [3, 4, 9, 12]
        #expect(content.curve.map { $0 > -70 } == (0..<15).map { isHeard.contains($0) })
        #expect(Set(content.curve).count == 2)
    }

    @Test(
        "`SoundTimeline` measures an integrated loudness that a pause of a second to a year changes by less than 0.1 LU"
    )
    func pausesDoNotCount() throws {
        let reference = SoundTimeline()
        reference.append(.tone(seconds: 40), at: .zero)
        let expected = try #require(reference.content(filmLength: nil).loudness)
        for pause in [Duration.seconds(1), .seconds(60), .seconds(31_536_000)] {
            let timeline = SoundTimeline()
            timeline.append(.tone(seconds: 20), at: .zero)
            timeline.append(.tone(seconds: 20), at: .seconds(20) + pause)
            #expect(abs(try #require(timeline.content(filmLength: nil).loudness) - expected) < 0.1)
        }
    }

    @Test(
        "`LoudnessCurve` merges seconds by their maximum to at most 600 values",
        arguments: [
            (600, 600, 1), (601, 301, 2), (1200, 600, 2), (1201, 401, 3), (86_400, 600, 144), (86_401, 592, 146),
            (1, 1, 1),
        ] as [(Int64, Int, Int64)])
    func merging(seconds: Int64, count: Int, step: Int64) {
        var curve = LoudnessCurve()
        for second in 0..<seconds { curve.note(second == seconds - 1 ? -10 : -30, second: second) }
        let (values, length) = curve.values(until: .seconds(seconds))
        #expect(length == .seconds(step))
        #expect(values == [Double](repeating: -30, count: count - 1) + [-10])
    }

    @Test(
        "`LoudnessCurve` counts a last second of at least half its length, and has at least one value",
        arguments: [(0, 1), (400, 1), (1499, 1), (1500, 2), (6300, 6), (39_980, 40), (40_020, 40)] as [(Int64, Int)])
    func unfinishedSecond(milliseconds: Int64, count: Int) {
        #expect(LoudnessCurve().values(until: .milliseconds(milliseconds)).values.count == count)
    }

    @Test("`LoudnessCurve` covers 35,000 years with at most 600 values")
    func longest() {
        var curve = LoudnessCurve()
        curve.note(-20, second: 0)
        curve.note(-10, second: FactBounds.latest.components.seconds)
        curve.note(-1, second: -1)
        let (values, step) = curve.values(until: FactBounds.latest)
        #expect(values.count <= 600)
        #expect(step * values.count >= FactBounds.latest)
        #expect((values.first, values.last, Set(values)) == (-20, -10, [-20, -70, -10]))
    }

    @Test("`SampleReader.bounded` turns NaN to zero and limits infinite samples to 120 dBFS")
    func bounded() {
        let values: [Float] = [0.5, -2, .nan, .infinity, -.infinity, 1e30]
        #expect(values.map(SampleReader.bounded) == [0.5, -2, 0, 1e6, -1e6, 1e6])
    }

    @Test(
        "`SoundFormat` is nil for rates and channel counts that are not measured",
        arguments: [(0, 1), (-1, 1), (2_822_401, 1), (48_000, 0), (48_000, 65)])
    func formats(rate: Int, channels: Int) {
        #expect(SoundFormat(rate: rate, weights: [ChannelWeight](repeating: .front, count: channels)) == nil)
    }

    @Test("`SoundTimeline` reports sound that libebur128 refuses as `unknownFormat`, and still measures its silence")
    func refused() {
        let timeline = SoundTimeline()
        timeline.append(SoundSamples(seconds: 10, rate: 8) { _, _ in 0 }, frame: 3, at: .zero)
        let content = timeline.content(filmLength: .seconds(10))
        #expect(content.shortfall == .unknownFormat)
        #expect(content.silent == [soundRange(0, 10_000)])
    }
}
