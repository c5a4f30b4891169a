import Foundation
import MediaFacts
import Testing

@testable import MediaProbe

/// The time of sound is counted in samples, anchored to timestamps, and zero at the film's first picture.
struct SoundTimeTests {
    @Test(
        "`SoundTimeline` measures the length of sound by its samples, also with timestamps rounded to 40 ms",
        arguments: [
            (6.30, 48_000, 1024, Int64(6300)), (9.90, 44_100, 1024, 9900), (6.30, 48_000, 1, 6300),
            (40, 8000, 65_535, 40_000), (36, 22_050, 576, 36_000),
        ] as [(Double, Int, Int, Int64)])
    func length(seconds: Double, rate: Int, frame: Int, expected: Int64) {
        for grain in [Duration.milliseconds(1), .milliseconds(40)] {
            let timeline = SoundTimeline()
            timeline.append(.tone(seconds: seconds, rate: rate), frame: frame, at: .zero, grain: grain)
            let content = timeline.content(filmLength: .milliseconds(expected))
            #expect(content.length == .milliseconds(expected))
            #expect(content.silent == [])
        }
    }

    @Test("`SampleClock` keeps its count up to a difference of 100 ms and takes a new anchor at 101 ms")
    func anchor() {
        for (step, start) in [(100, 1000), (-100, 1000), (101, 1101), (-101, 899)] as [(Int64, Int64)] {
            var clock = SampleClock()
            _ = clock.place(count: 48_000, rate: 48_000, at: .zero)
            let place = clock.place(count: 480, rate: 48_000, at: .milliseconds(1000 + step))
            #expect(place.start == .milliseconds(start))
            #expect((place.jump != nil) == (step.magnitude > 100))
            #expect(place.end == .milliseconds(start + 10))
        }
    }

    @Test("`SampleClock` takes the next timestamp after `release` as an anchor, however close it is")
    func release() {
        var clock = SampleClock()
        _ = clock.place(count: 48_000, rate: 48_000, at: .zero)
        clock.release()
        #expect(clock.place(count: 48_000, rate: 48_000, at: .milliseconds(1021)).start == .milliseconds(1021))
        #expect(clock.place(count: 480, rate: 48_000, at: .milliseconds(2000)).start == .milliseconds(2021))
    }

    @Test("`SampleClock` continues its count without timestamps, from zero at the start, also at a new sample rate")
    func noTimestamps() {
        var clock = SampleClock()
        #expect(clock.place(count: 22_050, rate: 44_100, at: nil).start == .zero)
        #expect(clock.place(count: 8000, rate: 8000, at: nil).start == .milliseconds(500))
        #expect(clock.place(count: 1, rate: 8000, at: nil).start == .milliseconds(1500))
    }

    @Test("`SoundTimeline` measures a pause by the timestamps around it, not by the count, which may have drifted")
    func driftedPause() {
        for (pause, expected) in [(320, []), (399, []), (400, [(2090, 2490)])] as [(Int64, [(Int64, Int64)])] {
            let timeline = SoundTimeline()
            timeline.append(.tone(seconds: 1), at: .zero)
            // The timestamps are 90 ms ahead of the count, which is not enough for a new anchor.
            timeline.append(.tone(seconds: 1), at: .milliseconds(1090))
            timeline.append(.tone(seconds: 1), at: .milliseconds(2090 + pause))
            let content = timeline.content(filmLength: nil)
            #expect(content.silent == expected.map { soundRange($0.0, $0.1) })
            #expect(content.length == .milliseconds(3090 + pause))
        }
    }

    @Test("`SoundTimeline` reports silence before the first sample, and from the last sample to the film's end")
    func lateSound() {
        let timeline = SoundTimeline()
        timeline.append(.tone(seconds: 8), at: .seconds(12))
        let content = timeline.content(filmLength: .seconds(30))
        #expect(content.silent == [soundRange(0, 12_000), soundRange(20_000, 30_000)])
        #expect(content.length == .seconds(20))
    }

    @Test("`SoundTimeline` drops samples before the film's start")
    func priming() {
        let timeline = SoundTimeline()
        timeline.append(.silence(seconds: 1.5).then(.tone(seconds: 1)), at: .milliseconds(-1000))
        let content = timeline.content(filmLength: .milliseconds(1500))
        #expect(content.silent == [soundRange(0, 500)])
        #expect(content.length == .milliseconds(1500))
    }

    @Test("`SoundTimeline` reports the whole film as silent if all samples come before its start")
    func allBefore() {
        let timeline = SoundTimeline()
        timeline.append(.tone(seconds: 1), at: .seconds(-5))
        let content = timeline.content(filmLength: .seconds(3))
        #expect(content == SoundContent(silent: [soundRange(0, 3000)]))
    }

    @Test("`SoundTimeline` reports a shortfall and no silence for time that was not decoded")
    func nothing() {
        #expect(SoundTimeline().content(filmLength: .seconds(9)) == SoundContent(shortfall: .nothingDecoded))
        let unreadable = SoundTimeline()
        unreadable.appendUnreadable(count: 48_000, rate: 48_000, at: .seconds(1))
        let content = unreadable.content(filmLength: .milliseconds(2300))
        #expect(content.silent == [soundRange(0, 1000)])
        #expect(content.shortfall == .unknownFormat)
    }

    @Test("`SoundTimeline` ends a silent range where sound did not decode")
    func undecodable() {
        let timeline = SoundTimeline()
        timeline.append(.silence(seconds: 1), at: .zero)
        timeline.noteUndecodable(from: .seconds(1), to: .milliseconds(1021))
        timeline.append(.silence(seconds: 1), at: .milliseconds(1021))
        // The second range lies behind the last sample; 300 ms remain between it and the film's end.
        timeline.noteUndecodable(from: .milliseconds(2500), to: .milliseconds(4700))
        let content = timeline.content(damaged: 2, filmLength: .seconds(5))
        #expect(content.silent == [soundRange(0, 1000), soundRange(1021, 2500)])
        #expect(content.damagedPackets == 2)
        #expect(content.length == .milliseconds(2021))
    }

    @Test("`RangeSet` joins ranges closer than its gap, and removes them from other ranges")
    func rangeSet() {
        var set = RangeSet(gap: .milliseconds(400))
        for (start, end) in [(5000, 5100), (1000, 1100), (1499, 1600), (9000, 9000), (2000, 2100)] as [(Int64, Int64)] {
            set.insert(soundRange(start, end))
        }
        #expect(set.ranges == [soundRange(1000, 1600), soundRange(2000, 2100), soundRange(5000, 5100)])
        set.insert(soundRange(1700, 1800))
        #expect(set.ranges == [soundRange(1000, 2100), soundRange(5000, 5100)])
        let parts = set.parts(of: [soundRange(0, 3000), soundRange(4600, 9000)], shortest: .milliseconds(400))
        #expect(
            parts == [
                soundRange(0, 1000), soundRange(2100, 3000), soundRange(4600, 5000), soundRange(5100, 9000),
            ])
    }

    @Test("`RangeSet` keeps at most 10,000 ranges, and extends the last one by later ranges")
    func manyRanges() {
        var set = RangeSet(gap: .milliseconds(400))
        for number in 0..<Int64(10_100) { set.insert(soundRange(number * 1000, number * 1000 + 1)) }
        #expect(set.ranges.count == 10_000)
        #expect(set.ranges.last == soundRange(9_999_000, 10_099_001))
    }

    @Test("`SoundTimeline` examines no time twice if timestamps go back")
    func backwards() {
        let timeline = SoundTimeline()
        timeline.append(.silence(seconds: 2), at: .zero)
        for _ in 0..<100 { timeline.append(.silence(seconds: 0.5), at: .zero) }
        timeline.append(.tone(seconds: 1), at: .seconds(2))
        #expect(timeline.content(filmLength: nil).silent == [soundRange(0, 2000)])
    }

    @Test(
        "`SoundTimeline` keeps its limits for times 35,000 years away",
        arguments: [
            [Duration.zero, FactBounds.latest], [FactBounds.latest, .zero],
            [.zero - FactBounds.latest, FactBounds.latest],
            [.zero, .seconds(Int64.max / 2), .seconds(Int64.min / 2), .milliseconds(10)],
        ])
    func farTimes(times: [Duration]) {
        let timeline = SoundTimeline()
        for time in times { timeline.append(.tone(seconds: 1), at: time) }
        timeline.noteUndecodable(from: .zero - FactBounds.latest, to: .seconds(Int64.max / 2))
        let content = timeline.content(filmLength: FactBounds.latest)
        #expect(content.curve.count <= FactBounds.curveValues)
        #expect(FactBounds.lengths.contains(content.length))
        #expect(content.curveStep * content.curve.count >= FactBounds.latest)
    }

    @Test("`SoundTimeline` measures silence across a change of format, and reports the change")
    func formatChange() {
        let timeline = SoundTimeline()
        timeline.append(.tone(seconds: 1), at: .zero)
        timeline.append(.silence(seconds: 1, rate: 44_100), at: .seconds(1))
        timeline.append(.tone(seconds: 1, rate: 44_100, weights: [.front, .front]), at: .seconds(2))
        let content = timeline.content(filmLength: .seconds(3))
        #expect(content.silent == [soundRange(1000, 2000)])
        #expect(content.shortfall == .formatChanges)
        #expect(content.loudness == nil)
        #expect(content.curve.map { $0 > -20 } == [true, false, true])
    }
}
