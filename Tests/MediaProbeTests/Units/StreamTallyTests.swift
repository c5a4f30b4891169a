import MediaFacts
import Testing

@testable import MediaProbe

/// Counts and spans of packets that the tests make, at a thousand ticks a second.
struct StreamTallyTests {
    private static func tally(_ stamps: [PacketStamp], wrapBits: Int = 64) -> StreamTally {
        var tally = StreamTally(RestartDetector(ticksPerSecond: 1000, wrapBits: wrapBits))
        for stamp in stamps { tally.add(stamp) }
        tally.finish()
        return tally
    }

    /// Packets whose presentation and decoding timestamps are equal.
    private static func plain(_ times: [Int64], duration: Int64 = 40) -> [PacketStamp] {
        times.map { PacketStamp(presentation: $0, decoding: $0, duration: duration, size: 10) }
    }

    private static func length(_ tally: StreamTally, _ statement: FilmLength.Statement = .init()) -> FilmLength {
        FilmLength(tally, TimeBase(1, 1000), statement)
    }

    @Test("`StreamTally` counts packets, bytes and shown pictures, two fields as one picture")
    func counts() {
        var stamps = Self.plain([0, 40, 80, 120])
        stamps[1].isDiscarded = true
        stamps[2].isField = true
        stamps[3].isField = true
        stamps.append(PacketStamp(presentation: 160, decoding: 160, size: 10, isHidden: true))
        let tally = Self.tally(stamps)
        #expect(tally.packets == 5)
        #expect(tally.bytes == 50)
        #expect(tally.pictures == 2)
    }

    @Test(
        "`StreamTally` measures steps between pictures, not fields, and needs no timestamp of a second field"
    )
    func fields() {
        let stamps = (0..<20).map { number in
            let time = number % 2 == 0 ? Int64(number) * 20 : nil
            return PacketStamp(presentation: time, decoding: time, duration: 20, isField: true)
        }
        let tally = Self.tally(stamps)
        #expect((tally.pictures, tally.withoutTimestamp, tally.usualStep) == (10, 0, 40))
    }

    @Test(
        "`StreamTally` begins a segment where timestamps go back by more than a second",
        arguments: [
            ([0, 40, 80, 0, 40], 1), ([0, 1000, 0], 1), ([0, 1001, 0], 2), ([0, 5000, 0, 5000, 0, 5000], 3),
        ] as [([Int64], Int)])
    func segments(times: [Int64], count: Int) {
        #expect(Self.tally(Self.plain(times)).spans.count == count)
    }

    @Test("`RestartDetector` treats a forward step of more than half the timestamp range as a backward step")
    func wrap() {
        let times: [Int64] = [90_000, 93_600, 93_600 + (1 << 33) - 90_000]
        #expect(Self.tally(Self.plain(times), wrapBits: 33).spans.count == 2)
        #expect(Self.tally(Self.plain(times)).spans.count == 1)
    }

    @Test("`RestartDetector` counts at most 1,000 restarts, also if timestamps go back at every packet")
    func manySegments() {
        let times = (0..<5000).map { Int64(10_000_000 - $0 * 2000) }
        #expect(Self.tally(Self.plain(times)).spans.count == RestartDetector.most)
    }

    @Test(
        "`StepCounter` counts a step as a gap above a second and above ten usual steps",
        arguments: [
            // At 25 pictures a second, the limit of one second decides.
            (40, 1000, 0), (40, 1001, 1), (40, 2000, 1),
            // With a picture every 200 ms, the limit of ten usual steps decides.
            (200, 2000, 0), (200, 2001, 1), (200, 700, 0), (200, 1900, 0), (200, 5000, 1),
        ] as [(Int64, Int64, Int)])
    func gaps(step: Int64, gap: Int64, count: Int) {
        let before = (0..<10).map { $0 * step }
        let after = (0..<10).map { (before.last ?? 0) + gap + $0 * step }
        #expect(Self.tally(Self.plain(before + after, duration: step)).steps.gaps == count)
    }

    @Test("`StepCounter` finds a gap after more than a thousand different steps")
    func gapBehindManySteps() {
        var times: [Int64] = [0]
        for step in 1...1100 { times.append((times.last ?? 0) + Int64(step % 7 == 0 ? 40 : 400 + step % 600)) }
        for _ in 0..<200 { times.append((times.last ?? 0) + 40) }
        times.append((times.last ?? 0) + 60_000)
        #expect(Self.tally(Self.plain(times)).steps.gaps == 1)
    }

    @Test(
        "`FilmLength` finds a jump of more than ten seconds unless the file states that the picture is held",
        arguments: [
            (9_000, 40, false, nil), (10_000, 40, false, nil), (10_001, 40, false, 440), (60_000, 40, false, 440),
            (60_000, 60_000, false, nil), (60_000, 54_000, false, nil), (60_000, 53_000, false, 440),
            (60_000, 40, true, nil),
        ] as [(Int64, Int64, Bool, Int64?)])
    func jumps(jump: Int64, stated: Int64, areStated: Bool, without: Int64?) {
        var stamps = Self.plain([0, 40, 80, 120, 160] + (0..<6).map { 160 + jump + $0 * 40 })
        stamps[4].duration = stated
        let length = Self.length(Self.tally(stamps), .init(holdsAreStated: areStated))
        #expect(length.length == .milliseconds(160 + jump + 240))
        #expect(length.withoutJumps == without.map { .milliseconds($0) })
        #expect(length.jumps == (without == nil ? 0 : 1))
    }

    @Test("`FilmLength` adds the lengths of segments whose timestamps start over")
    func sumOfSegments() {
        let part = (0..<100).map { Int64($0) * 40 }
        let length = Self.length(Self.tally(Self.plain(part + part + part.map { $0 + 500 })))
        #expect(length.length == .milliseconds(12_000))
        #expect(length.timeline.segments.map(\.filmStart) == [.zero, .seconds(4), .seconds(8)])
        #expect(length.timeline.filmTime(of: .milliseconds(540), inSegment: 2) == .milliseconds(8040))
    }

    @Test("`FilmLength` includes the last packet's duration, or the usual step if that is unknown")
    func lastPicture() {
        var stamps = Self.plain([0, 40, 80])
        stamps[2].duration = 15_000
        #expect(Self.length(Self.tally(stamps)).length == .milliseconds(15_080))
        stamps[2].duration = 1
        #expect(Self.length(Self.tally(stamps)).length == .milliseconds(120))
        stamps[2].duration = 0
        #expect(Self.length(Self.tally(stamps)).length == .milliseconds(120))
    }

    @Test("`FilmLength` includes all samples of the container's table")
    func reordered() {
        let stamps = [(0, 0), (120, 40), (40, 80), (80, 120)].map {
            PacketStamp(presentation: $0.0, decoding: $0.1, duration: 40)
        }
        #expect(Self.length(Self.tally(stamps)).length == .milliseconds(160))
        #expect(Self.length(Self.tally(stamps), .init(samples: .milliseconds(9120))).length == .milliseconds(9120))
        #expect(Self.length(Self.tally(stamps), .init(samples: .milliseconds(80))).length == .milliseconds(160))
    }

    @Test("`FilmLength` extends to the end that the container states apart from its packets")
    func statedEnd() {
        #expect(Self.length(Self.tally(Self.plain([0, 40])), .init(end: 5000)).length == .seconds(5))
        #expect(Self.length(Self.tally(Self.plain([0, 40])), .init(end: 10)).length == .milliseconds(80))
    }

    @Test("`FilmLength` ignores a few missing timestamps, and uses decoding timestamps if most packets have no others")
    func missingTimestamps() {
        var stamps = Self.plain((0..<20).map { Int64($0) * 40 })
        stamps[7].presentation = nil
        stamps[9] = PacketStamp(size: 10)
        let few = Self.tally(stamps)
        #expect(few.withoutTimestamp == 1)
        #expect(Self.length(few).length == .milliseconds(800))
        for index in stamps.indices { stamps[index].presentation = nil }
        #expect(Self.length(Self.tally(stamps)).length == .milliseconds(800))
        #expect(Self.length(Self.tally([PacketStamp(size: 1)])).length == nil)
    }

    @Test(
        "`StreamTally` sorts presentation timestamps without decoding timestamps, so reordering is no restart",
        arguments: [40, 1000, 3000] as [Int64])
    func presentationOnly(interval: Int64) {
        var stamps: [PacketStamp] = []
        for group in 0..<30 {
            for place in [0, 4, 2, 1, 3] {
                stamps.append(PacketStamp(presentation: Int64(group * 5 + place) * interval, size: 1))
            }
        }
        let tally = Self.tally(stamps)
        #expect((tally.backwardSteps, tally.spans.count, tally.usualStep) == (0, 1, interval))
        #expect(Self.length(tally).length == .milliseconds(150 * interval))
        #expect(Self.tally(stamps + stamps).spans.count == 2)
    }

    @Test("`StreamTally` does not compare decoding timestamps with presentation timestamps of earlier packets")
    func mixedTimestamps() {
        let stamps = [(0, nil), (67, nil), (33, 0), (200, 33), (133, 67), (100, 100)].map {
            PacketStamp(presentation: $0.0, decoding: $0.1, duration: 1)
        }
        let tally = Self.tally(stamps)
        #expect((tally.backwardSteps, tally.spans.count) == (0, 1))
        #expect(tally.usualStep == 33)
        #expect(Self.length(tally).length == .milliseconds(233))
    }

    @Test(
        "`FilmLength` is nil or within its limits for timestamps near the ends of 64 bits",
        arguments: [Int64.min, Int64.min + 1, -1, .max])
    func extremes(first: Int64) {
        let stamps = Self.plain([first, Int64.max - 1, .min + 2, 1 << 62], duration: .max)
        let length = Self.length(Self.tally(stamps), .init(samples: FactBounds.latest, end: .min))
        #expect(length.length.map(FactBounds.lengths.contains) ?? true)
    }

    @Test(
        "`Duration(ticks:)` is exact, and nil outside `FactBounds.times` or for a broken time base",
        arguments: [
            (1, 1, 90_000, Duration(secondsComponent: 0, attosecondsComponent: 11_111_111_111_111)),
            (-3, 1, 2, .milliseconds(-1500)), (1 << 50, 1, 1000, FactBounds.latest),
            ((1 << 50) + 1, 1, 1000, nil), (.max, .max, 1, nil), (.min, 1, .max, .seconds(-4_294_967_298)),
            (1, 0, 1, nil), (1, 1, 0, nil), (1, -1, 1, nil),
        ] as [(Int64, Int32, Int32, Duration?)])
    func exactTimes(ticks: Int64, numerator: Int32, denominator: Int32, time: Duration?) {
        let found = Duration(ticks: ticks, TimeBase(numerator, denominator))
        if ticks == .min {
            #expect(found.map { abs(($0 - (time ?? .zero)).seconds) < 1 } ?? false)
        } else {
            #expect(found == time)
        }
    }

    @Test(
        "`StepCounter.areEven` allows one millisecond around the most frequent step",
        arguments: [
            ([], 1000, nil), ([40], 1000, nil), ([40, 40], 1000, true), ([33, 33, 34, 33], 1000, true),
            ([33, 33, 35], 1000, false), ([3600, 3600, 3690], 90_000, true), ([3600, 3600, 3691], 90_000, false),
            ([512, 512, 1024], 12_800, false), ([1, 1, 1], 25, true), ([1, 1, 2], 25, false),
        ] as [([Int64], Double, Bool?)])
    func evenSteps(steps: [Int64], ticksPerSecond: Double, areEven: Bool?) {
        var counter = StepCounter(ticksPerSecond: ticksPerSecond)
        for step in steps { counter.add(step, stated: step) }
        #expect(counter.areEven == areEven)
    }
}
