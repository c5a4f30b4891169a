import Foundation
import MediaFacts
import Testing

@testable import MediaProbe

/// Boundaries of frozen ranges, and differences at which two pictures count as equal.
struct FreezeDetectorTests {
    private static func shown(_ start: Int64, _ end: Int64) -> TimeRange {
        TimeRange(fromMilliseconds: start, toMilliseconds: end)
    }

    @Test(
        "`FreezeDetector` finds a frozen range of 900 ms and none of 899 ms, in one interval or in several",
        arguments: [(899, 1), (900, 1), (899, 3), (900, 3)] as [(Int64, Int64)])
    func shortest(length: Int64, pictures: Int64) {
        var detector = FreezeDetector(.usual)
        detector.append(.moved, isBlack: false, shown: Self.shown(0, 500))
        for index in 0..<pictures {
            detector.append(
                index == 0 ? .moved : .still, isBlack: false,
                shown: Self.shown(500 + length * index / pictures, 500 + length * (index + 1) / pictures))
        }
        detector.append(.moved, isBlack: false, shown: Self.shown(500 + length, 540 + length))
        detector.endRun(at: .milliseconds(540 + length))
        #expect(detector.ranges == (length < 900 ? [] : [Self.shown(500, 500 + length)]))
    }

    @Test("`FreezeDetector` finds one picture whose interval is 150 s as a frozen range of 150 s")
    func held() {
        var detector = FreezeDetector(.usual)
        detector.append(.moved, isBlack: false, shown: Self.shown(0, 150_000))
        #expect(detector.runStart == .zero)
        detector.endRun(at: .seconds(150))
        #expect(detector.ranges == [Self.shown(0, 150_000)])
        #expect(detector.runStart == nil)
    }

    @Test("`FreezeDetector` never counts a black picture as frozen, and begins a new run behind it")
    func black() {
        var detector = FreezeDetector(.usual)
        detector.append(.moved, isBlack: true, shown: Self.shown(0, 5000))
        detector.append(.still, isBlack: true, shown: Self.shown(5000, 10_000))
        #expect(detector.runStart == nil)
        detector.append(.still, isBlack: false, shown: Self.shown(10_000, 10_500))
        detector.append(.still, isBlack: false, shown: Self.shown(10_500, 11_000))
        detector.append(.still, isBlack: true, shown: Self.shown(11_000, 12_000))
        detector.endRun(at: .seconds(12))
        #expect(detector.ranges == [Self.shown(10_000, 11_000)])
    }

    @Test("`FreezeDetector` continues a run across a keyframe that coded it anew")
    func recoded() {
        var detector = FreezeDetector(.usual)
        detector.append(.moved, isBlack: false, shown: Self.shown(0, 600))
        detector.append(.recoded, isBlack: false, shown: Self.shown(600, 1200))
        detector.append(.still, isBlack: false, shown: Self.shown(1200, 1300))
        detector.append(.moved, isBlack: false, shown: Self.shown(1300, 1340))
        #expect(detector.ranges == [Self.shown(0, 1300)])
    }

    @Test("`FreezeDetector.runStart` is set for two pictures or one of 900 ms, and nil for one of 899 ms")
    func runStart() {
        var detector = FreezeDetector(.usual)
        detector.append(.moved, isBlack: false, shown: Self.shown(1000, 1899))
        #expect(detector.runStart == nil)
        detector.append(.still, isBlack: false, shown: Self.shown(1899, 1900))
        #expect(detector.runStart == .seconds(1))
        detector.append(.moved, isBlack: false, shown: Self.shown(2000, 2900))
        #expect(detector.runStart == .seconds(2))
    }

    private static func texture(shift: Int = 0, brighter: Int = 0) -> LumaImage {
        LumaImage(width: 320, height: 180) { x, y in
            UInt8(60 + ((x + shift) * 7 + y * 13) % 64 * 2 + brighter)
        }
    }

    private static func stillness(_ image: LumaImage, _ reference: LumaImage) -> FreezeDetector.Stillness {
        var detector = FreezeDetector(.usual)
        return detector.stillness(
            LumaMeasure(image, against: reference, blackCeiling: 38), reference, isKeyframe: false)
    }

    @Test("`FreezeDetector` calls an equal picture still, and one shifted by four samples moved")
    func compared() {
        #expect(Self.stillness(Self.texture(), Self.texture()) == .still)
        #expect(Self.stillness(Self.texture(shift: 4), Self.texture()) == .moved)
    }

    @Test(
        "`FreezeDetector` calls a picture with one cell one step brighter still, and two steps brighter moved"
    )
    func cell() {
        func plain(_ sample: UInt8) -> LumaImage {
            LumaImage(width: 320, height: 180) { x, y in x / 20 == 7 && y / 20 == 4 ? sample : 100 }
        }
        #expect(Self.stillness(plain(101), plain(100)) == .still)
        #expect(Self.stillness(plain(102), plain(100)) == .moved)
    }

    /// A detector whose current run has `pictures` pictures.
    private static func detector(pictures: Int, _ thresholds: ContentThresholds = .usual) -> FreezeDetector {
        var detector = FreezeDetector(thresholds)
        for index in 0..<Int64(pictures) {
            detector.append(
                index == 0 ? .moved : .still, isBlack: false, shown: Self.shown(index * 40, index * 40 + 40))
        }
        return detector
    }

    private static func compare(
        _ detector: inout FreezeDetector, _ image: LumaImage, _ reference: LumaImage, isKeyframe: Bool = false
    ) -> FreezeDetector.Stillness {
        detector.stillness(
            LumaMeasure(image, against: reference, blackCeiling: 38), reference, isKeyframe: isKeyframe)
    }

    private static func plain(_ sample: UInt8) -> LumaImage {
        LumaImage(width: 320, height: 180) { _, _ in sample }
    }

    /// A plain picture with noise of −4...4, which differs from sample to sample.
    private static func noisy() -> LumaImage {
        var state = UInt32(7)
        return LumaImage(width: 320, height: 180) { _, _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(96 + (state >> 16) % 9)
        }
    }

    @Test("`FreezeDetector` calls a noisy picture still in a run of two pictures, and moved behind a single one")
    func noise() {
        for (pictures, expected) in [(1, FreezeDetector.Stillness.moved), (2, .still)] {
            var detector = Self.detector(pictures: pictures)
            #expect(Self.compare(&detector, Self.noisy(), Self.plain(100)) == expected)
        }
    }

    @Test("`FreezeDetector` calls a picture in which a thin line appears moved")
    func line() {
        var detector = Self.detector(pictures: 2)
        let line = LumaImage(width: 320, height: 180) { x, y in x == 150 && (60..<100).contains(y) ? 180 : 100 }
        #expect(Self.compare(&detector, line, Self.plain(100)) == .moved)
    }

    @Test(
        "`FreezeDetector` calls a keyframe 3 steps brighter recoded if a run of two precedes it, and otherwise moved",
        arguments: [
            (2, true, 103, .recoded), (2, false, 103, .moved), (1, true, 103, .moved), (2, true, 104, .moved),
        ] as [(Int, Bool, UInt8, FreezeDetector.Stillness)])
    func keyframe(pictures: Int, isKeyframe: Bool, sample: UInt8, expected: FreezeDetector.Stillness) {
        var detector = Self.detector(pictures: pictures)
        #expect(Self.compare(&detector, Self.plain(sample), Self.plain(100), isKeyframe: isKeyframe) == expected)
    }

    @Test("`FreezeDetector` calls a keyframe moved if detail had moved before it")
    func keyframeAfterMovement() {
        func wave(_ shift: Double) -> LumaImage {
            LumaImage(width: 320, height: 180) { x, _ in UInt8(120 + 60 * sin((Double(x) + shift) / 8)) }
        }
        var detector = Self.detector(pictures: 2)
        #expect(Self.compare(&detector, wave(1), wave(0)) == .still)
        #expect(Self.compare(&detector, wave(2.5), wave(0), isKeyframe: true) == .moved)
        var other = Self.detector(pictures: 2)
        #expect(Self.compare(&other, wave(0), wave(0)) == .still)
        #expect(Self.compare(&other, wave(2.5), wave(0), isKeyframe: true) == .recoded)
    }

    @Test("`FreezeDetector` allows twice the difference when `freezeMovementPercent` is twice its default")
    func scale() {
        var detector = Self.detector(pictures: 1, ContentThresholds(freezeMovementPercent: 0.98))
        #expect(Self.compare(&detector, Self.plain(102), Self.plain(100)) == .still)
        #expect(Self.compare(&detector, Self.plain(103), Self.plain(100)) == .moved)
    }
}
