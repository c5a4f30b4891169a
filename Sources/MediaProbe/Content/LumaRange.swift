internal import MediaFacts

/// Luma samples that separate black, bars and picture, for one sample range and one set of thresholds.
struct LumaRange {
    /// The value of a black sample.
    let black: UInt8
    /// The value of a white sample.
    let white: UInt8
    /// Brightest sample that counts as black: `blackDarknessPercent` of the range from black to white.
    let blackCeiling: UInt8
    /// Brightest average of a line in a bar: `barDarknessPercent` of the range from black to white.
    let barAverage: UInt8
    /// Brightest sample that is usual in a bar; coding leaves traces of the picture at the edge of a bar.
    let barBrightest: UInt8

    /// Ratio of `barBrightest` to `barAverage`, both measured from black.
    private static let shadow = 3.2

    init(_ range: SampleRange, _ thresholds: ContentThresholds) {
        let (black, white) = (range.black, range.white)
        let steps = Double(white - black)
        let sample = { (percent: Double, factor: Double) in
            UInt8(max(0, min(255, Double(black) + ((percent / 100 * steps).rounded() * factor).rounded())))
        }
        self.black = black
        self.white = white
        blackCeiling = sample(thresholds.blackDarknessPercent, 1)
        barAverage = sample(thresholds.barDarknessPercent, 1)
        barBrightest = sample(thresholds.barDarknessPercent, Self.shadow)
    }

    /// The brightness of an average sample `value`, from 0 (black) to 1 (white).
    func brightness(_ value: Double) -> Double {
        max(0, min(1, (value - Double(black)) / Double(white - black)))
    }
}
