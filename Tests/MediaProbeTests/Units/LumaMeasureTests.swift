import Testing

@testable import MediaProbe

/// Averages, differences and deviations of cells, in images that the tests draw.
struct LumaMeasureTests {
    @Test(
        "`LumaImage` keeps every line of a small picture and at most 269 lines of a tall one",
        arguments: [(1, 1, 1), (269, 269, 1), (270, 135, 2), (1080, 135, 8), (1079, 155, 7)])
    func lines(height: Int, rows: Int, step: Int) {
        let image = LumaImage(width: 4, height: height)
        #expect(image.rows == rows && image.step == step)
    }

    @Test("`LumaMeasure` averages brightness and difference in 16×9 cells, line by line")
    func cells() {
        let image = LumaImage(width: 320, height: 180) { x, y in UInt8(x / 20 + y / 20 * 16) }
        let other = LumaImage(width: 320, height: 180) { x, y in UInt8(x / 20 + y / 20 * 16 + (x % 2 == 0 ? 4 : 0)) }
        let measure = LumaMeasure(image, against: other, blackCeiling: 15)
        #expect(measure.brightness == (0..<144).map { Float($0) })
        #expect(measure.difference == [Float](repeating: 2, count: 144))
        #expect(measure.darkSamples == 16 * 400)
        #expect(measure.samples == 320 * 180)
        #expect(measure.averageBrightness == 71.5)
        #expect(measure.averageDifference == 2)
    }

    @Test("`LumaMeasure` has no difference without a reference, and the same difference in both directions")
    func directions() {
        let dark = LumaImage(width: 32, height: 18) { _, _ in 10 }
        let light = LumaImage(width: 32, height: 18) { _, _ in 250 }
        #expect(LumaMeasure(dark, against: nil, blackCeiling: 15).averageDifference == 0)
        #expect(LumaMeasure(dark, against: light, blackCeiling: 15).averageDifference == 240)
        #expect(LumaMeasure(light, against: dark, blackCeiling: 15).averageDifference == 240)
    }

    @Test("`LumaMeasure` measures a picture of 1×1 samples in one cell")
    func tiny() {
        let measure = LumaMeasure(LumaImage(width: 1, height: 1) { _, _ in 90 }, against: nil, blackCeiling: 15)
        #expect(measure.samples == 1 && measure.darkSamples == 0)
        #expect(measure.brightness.filter { $0 != 0 } == [90])
    }

    @Test("`LumaImage.deviation` is the standard deviation of one cell only")
    func deviation() {
        let image = LumaImage(width: 320, height: 180) { x, y in
            x / 20 == 3 && y / 20 == 5 ? (x % 2 == 0 ? 60 : 100) : 80
        }
        let deviations = (0..<144).map { image.deviation(ofCell: $0) }
        #expect(deviations[5 * 16 + 3] == 20)
        #expect(deviations.filter { $0 == 0 }.count == 143)
    }
}
