import MediaFacts
import Testing

@testable import MediaProbe

/// Boundaries of black pictures (brightness, area) and of black ranges (length), in both sample ranges.
struct BlackDetectorTests {
    private static func isBlack(
        _ image: LumaImage, _ range: SampleRange = .limited, _ thresholds: ContentThresholds = .usual
    ) -> Bool {
        let range = LumaRange(range, thresholds)
        let measure = LumaMeasure(image, against: nil, blackCeiling: range.blackCeiling)
        return BlackDetector(thresholds).isBlack(measure, range)
    }

    @Test(
        "`LumaRange` counts thresholds in 219 steps above 16 in limited range and in 255 steps above 0 in full range",
        arguments: [
            (SampleRange.limited, [16, 235, 38, 26, 48]), (.full, [0, 255, 26, 12, 38]),
        ] as [(SampleRange, [UInt8])])
    func ranges(range: SampleRange, expected: [UInt8]) {
        let luma = LumaRange(range, .usual)
        #expect([luma.black, luma.white, luma.blackCeiling, luma.barAverage, luma.barBrightest] == expected)
    }

    @Test("`LumaRange.brightness` maps black to 0 and white to 1, and limits values outside")
    func brightness() {
        #expect(LumaRange(.limited, .usual).brightness(16 + 219 / 4.0) == 0.25)
        #expect(LumaRange(.full, .usual).brightness(51) == 0.2)
        #expect(LumaRange(.limited, .usual).brightness(240) == 1)
        #expect(LumaRange(.limited, .usual).brightness(3) == 0)
    }

    @Test(
        "`BlackDetector` calls a plain picture black up to a tenth of the range from black to white, in both ranges",
        arguments: [
            (SampleRange.limited, 38, true), (.limited, 39, false), (.full, 26, true), (.full, 27, false),
        ] as [(SampleRange, UInt8, Bool)])
    func depth(range: SampleRange, sample: UInt8, isBlack: Bool) {
        #expect(Self.isBlack(LumaImage(width: 160, height: 90) { _, _ in sample }, range) == isBlack)
    }

    @Test(
        "`BlackDetector` calls a picture black when 2 % of its samples are bright, and not when more are"
    )
    func area() {
        // Every fiftieth sample is bright, and `more` further ones. The averages of cells stay dark.
        func spread(more: Int) -> LumaImage {
            LumaImage(width: 160, height: 90) { x, y in
                (y * 160 + x) % 50 == 0 || y == 0 && (1...3).prefix(more).contains(x) ? 60 : 16
            }
        }
        #expect(Self.isBlack(spread(more: 0)))
        #expect(!Self.isBlack(spread(more: 1)))
    }

    @Test(
        "`BlackDetector` does not call a picture with one bright cell black, unless `blackAreaPercent` is small enough")
    func cell() {
        let logo = LumaImage(width: 320, height: 180) { x, y in x < 20 && y < 20 ? 235 : 16 }
        #expect(!Self.isBlack(logo))
        #expect(Self.isBlack(logo, .limited, ContentThresholds(blackAreaPercent: 90)))
    }

    @Test(
        "`BlackDetector` finds a black range of 400 ms, up to the end of its last picture, and none of 399 ms",
        arguments: [399, 400] as [Int64])
    func length(last: Int64) {
        var detector = BlackDetector(.usual)
        detector.append(isBlack: false, shown: TimeRange(fromMilliseconds: 0, toMilliseconds: 1000))
        detector.append(isBlack: true, shown: TimeRange(fromMilliseconds: 1000, toMilliseconds: 1200))
        detector.append(isBlack: true, shown: TimeRange(fromMilliseconds: 1200, toMilliseconds: 1000 + last))
        detector.append(isBlack: false, shown: TimeRange(fromMilliseconds: 5000, toMilliseconds: 5040))
        let expected = last < 400 ? [] : [TimeRange(fromMilliseconds: 1000, toMilliseconds: 1000 + last)]
        #expect(detector.found.ranges == expected)
    }

    @Test("`BlackDetector` finds one black picture of 150 s as a range that ends with the film")
    func held() {
        var detector = BlackDetector(.usual)
        detector.append(isBlack: true, shown: TimeRange(start: .seconds(2), end: .seconds(152)))
        #expect(detector.found.start == .seconds(2))
        detector.endRun(at: .seconds(152))
        #expect(detector.found.ranges == [TimeRange(start: .seconds(2), end: .seconds(152))])
    }
}
