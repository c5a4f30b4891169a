internal import MediaFacts

/// Finds black pictures.
///
/// Black is a picture of which 98 % are at most a tenth of the way from black to white, as ffmpeg's blackdetect has it,
/// and no cell of which is brighter on average: a small logo on black is a picture. Who asks for a smaller share allows
/// as much of the cells, too.
struct BlackDetector {
    private(set) var found = StretchCollector(shortest: 400)

    /// Share of dark samples in a black picture.
    private let darkShare: Double
    /// Cells of it that may be brighter on average.
    private let brightCells: Int

    init(_ thresholds: ContentThresholds) {
        darkShare = thresholds.blackAreaPercent / 100
        let spared = ContentThresholds.usual.blackAreaPercent - thresholds.blackAreaPercent
        brightCells = Int(max(0, spared) / 100 * Double(LumaMeasure.columns * LumaMeasure.lines))
    }

    /// Whether a picture is black.
    func isBlack(_ measure: LumaMeasure, _ range: LumaRange) -> Bool {
        Double(measure.darkSamples) >= darkShare * Double(measure.samples)
            && measure.brightness.count { $0 > Float(range.darkest) } <= brightCells
    }

    mutating func take(_ isBlack: Bool, at time: Int64) {
        if isBlack { found.begin(at: time) } else { found.end(at: time) }
    }

    mutating func end(at time: Int64) { found.end(at: time) }
}

/// Where black is in the samples of a picture, and what counts as nearly that.
struct LumaRange {
    /// The sample that is black.
    let black: UInt8
    /// Brightest sample of black: a tenth of the way to white.
    let darkest: UInt8
    /// Brightest average of a line in a bar.
    let barAverage: UInt32
    /// Brightest sample in a bar: coding leaves a shadow of the picture at its edge.
    let barBrightest: UInt8

    /// Steps from black to white in video.
    private static let steps = 219.0
    /// The brightest sample in a bar, over its brightest average.
    private static let shadow = 3.2

    /// - Parameter isFull: whether samples go from 0 to 255, as computers write them, and not from 16 to 235.
    init(isFull: Bool, _ thresholds: ContentThresholds) {
        let black: UInt8 = isFull ? 0 : 16
        let sample = { (percent: Double, factor: Double) in
            UInt8(min(255, Double(black) + ((percent / 100 * Self.steps).rounded() * factor).rounded()))
        }
        self.black = black
        darkest = sample(thresholds.blackDarknessPercent, 1)
        barAverage = UInt32(sample(thresholds.barDarknessPercent, 1))
        barBrightest = sample(thresholds.barDarknessPercent, Self.shadow)
    }
}
