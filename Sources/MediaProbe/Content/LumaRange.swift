internal import MediaFacts

/// Luma samples that separate black, bars and picture, for one sample range and one set of thresholds.
struct LumaRange {
    /// The sample that is black.
    let black: UInt8
    /// The sample that is white.
    let white: UInt8
    /// Brightest sample that counts as black: `blackDarknessPercent` of the way to white.
    let blackCeiling: UInt8
    /// Brightest average of a line in a bar: `barDarknessPercent` of the way to white.
    let barAverage: UInt8
    /// Brightest usual sample in a bar: coding leaves traces of the picture at the edge of a bar.
    let barBrightest: UInt8

    /// `barBrightest` over `barAverage`, both counted from black.
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

    /// Average sample `value` as a share of the way from black to white, 0...1.
    func brightness(_ value: Double) -> Double {
        max(0, min(1, (value - Double(black)) / Double(white - black)))
    }
}
