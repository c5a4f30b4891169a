internal import MediaFacts

/// Finds the time ranges in which the picture is black.
///
/// A picture is black when at least `blackAreaPercent` of its samples are at or below `LumaRange.blackCeiling`, as in
/// ffmpeg's blackdetect, and no cell has a brighter average, so that a small logo on black does not count as black. A
/// smaller `blackAreaPercent` also allows the same share of bright cells.
struct BlackDetector {
    /// Black ranges of 400 ms or longer.
    private(set) var found = RangeCollector(shortest: .milliseconds(400))
    /// End of the last black picture's interval.
    private var lastEnd = Duration.zero

    /// Least share of dark samples in a black picture, 0...1.
    private let darkShare: Double
    /// Largest number of cells of a black picture with an average above `LumaRange.blackCeiling`.
    private let brightCells: Int

    init(_ thresholds: ContentThresholds) {
        darkShare = thresholds.blackAreaPercent / 100
        let spared = ContentThresholds.usual.blackAreaPercent - thresholds.blackAreaPercent
        brightCells = Int(max(0, spared) / 100 * Double(LumaMeasure.columns * LumaMeasure.lines))
    }

    /// Whether a picture is black.
    func isBlack(_ measure: LumaMeasure, _ range: LumaRange) -> Bool {
        Double(measure.darkSamples) >= darkShare * Double(measure.samples)
            && measure.brightness.count { $0 > Float(range.blackCeiling) } <= brightCells
    }

    /// Adds the next picture in order of presentation.
    ///
    /// - Parameter shown: the interval during which the picture is displayed. A black range lasts until the end of its
    ///   last picture's interval.
    mutating func append(isBlack: Bool, shown: TimeRange) {
        if isBlack {
            found.begin(at: shown.start)
            lastEnd = shown.end
        } else {
            found.end(at: lastEnd)
        }
    }

    /// Closes an open range at `time`, where the film ends or the next picture is not the successor of the last one.
    mutating func endRun(at time: Duration) { found.end(at: time) }
}
