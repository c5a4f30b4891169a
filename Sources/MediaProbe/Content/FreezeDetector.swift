internal import MediaFacts

/// Finds pictures that stand still.
///
/// Each picture is compared, cell by cell, with the one that the stillness began with, not with its neighbour: what moves
/// slowly moves away from it. A cell stands still when its samples differ by little on average; by somewhat more where
/// it is full of detail, because that is coded anew now and then. A keyframe may look somewhat different as long as nothing
/// moved before it: it is what the next pictures are compared with. So pieces of one still picture are one, whatever
/// keyframes lie between them, and a moving caption ends it.
struct FreezeDetector {
    private(set) var found = StretchCollector(shortest: 900)
    /// When the picture that others are compared with was shown.
    private var since: Int64 = 0
    /// How much more may differ than usual.
    private let scale: Float

    /// - Parameter thresholds: what counts as movement; all differences below are its share of theirs.
    init(_ thresholds: ContentThresholds) {
        scale = Float(thresholds.freezeMovementPercent / ContentThresholds.usual.freezeMovementPercent)
    }

    /// Differences that coding alone makes, in steps of 256.
    private static let least: Float = 1.25
    /// Differences beyond which no detail excuses them.
    private static let most: Float = 9
    /// Difference of a cell over the deviation within it: movement makes one, coding a fifth.
    private static let excusedShare: Float = 0.35

    /// Likewise where a keyframe codes the same picture anew.
    private static let leastAtKeyframe: Float = 3.5
    private static let mostAtKeyframe: Float = 16
    private static let excusedShareAtKeyframe: Float = 0.8
    /// Differences of a picture before a keyframe that may look different.
    private static let strict: Float = 2.5
    /// Whether the picture before this one was nearly equal to the one compared with.
    private var wasStrictlyStill = false

    /// How a picture follows the one that it is compared with.
    enum Stillness {
        /// Something moved.
        case moved
        /// Nothing moved, but a keyframe coded it anew: the next pictures are compared with this one.
        case recoded
        /// Nothing moved.
        case still
    }

    /// Whether something has moved between `reference` and the picture that `measure` compares with it.
    mutating func stillness(_ measure: LumaMeasure, _ reference: LumaImage, isKeyframe: Bool) -> Stillness {
        defer { wasStrictlyStill = measure.difference.allSatisfy { $0 <= Self.strict * scale } }
        if isWithin(Self.least, Self.most, Self.excusedShare, measure, reference) { return .still }
        guard isKeyframe, wasStrictlyStill, found.start != nil,
            isWithin(
                Self.leastAtKeyframe, Self.mostAtKeyframe, Self.excusedShareAtKeyframe, measure, reference)
        else { return .moved }
        return .recoded
    }

    private func isWithin(
        _ least: Float, _ most: Float, _ share: Float, _ measure: LumaMeasure, _ reference: LumaImage
    ) -> Bool {
        let (least, most) = (least * scale, most * scale)
        return measure.difference.indices.allSatisfy { cell in
            let difference = measure.difference[cell]
            return difference <= least
                || difference <= most && difference <= least + share * reference.deviation(ofCell: cell)
        }
    }

    /// Takes a picture; one that does not stand still is what the next are compared with.
    mutating func take(isStill: Bool, at time: Int64) {
        if isStill {
            found.begin(at: since)
        } else {
            found.end(at: time)
            since = time
        }
    }

    mutating func end(at time: Int64) { found.end(at: time) }
}

extension LumaImage {
    /// Standard deviation of the samples of a cell, 0...128.
    func deviation(ofCell cell: Int) -> Float {
        let (line, column) = (cell / LumaMeasure.columns, cell % LumaMeasure.columns)
        let columns = column * width / LumaMeasure.columns..<(column + 1) * width / LumaMeasure.columns
        let lines = (0..<rows).filter { $0 * LumaMeasure.lines / rows == line }
        var (sum, squares) = (0, 0)
        for row in lines {
            let samples = self.line(row)
            for index in columns {
                let sample = Int(samples[index])
                sum += sample
                squares += sample * sample
            }
        }
        let count = max(1, lines.count * columns.count)
        let mean = Double(sum) / Double(count)
        return Float(max(0, Double(squares) / Double(count) - mean * mean).squareRoot())
    }
}
