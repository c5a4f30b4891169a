internal import MediaFacts

/// Finds black pictures.
///
/// Black is a picture of which 98 % are at most a tenth of the way from black to white, as ffmpeg's blackdetect has it,
/// and no cell of which is brighter on average: a small logo on black is a picture.
struct BlackDetector {
    private(set) var found = StretchCollector(shortest: 400)

    /// Share of dark samples in a black picture.
    private static let darkShare = 0.98

    /// Whether a picture is black.
    static func isBlack(_ measure: LumaMeasure, _ range: LumaRange) -> Bool {
        Double(measure.darkSamples) >= darkShare * Double(measure.samples)
            && measure.brightness.allSatisfy { $0 <= Float(range.darkest) }
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

    /// - Parameter isFull: whether samples go from 0 to 255, as computers write them, and not from 16 to 235.
    init(isFull: Bool) { black = isFull ? 0 : 16 }

    /// A tenth of the way to white.
    var darkest: UInt8 { black + 22 }
    /// Brightest average of a line in a bar.
    var barAverage: UInt32 { UInt32(black) + 10 }
    /// Brightest sample in a bar: coding leaves a shadow of the picture at its edge.
    var barBrightest: UInt8 { black + 32 }
}
