internal import MediaFacts

/// Finds the time ranges in which the picture is shown without change.
///
/// Each picture is compared, cell by cell, with a reference: the picture that began the run of equal pictures, or the
/// keyframe that coded the run anew. Consecutive pictures are not compared, because in slow movement they differ
/// little. A cell is still when its average difference is small. Cells full of detail may differ more, because encoders
/// refine detail over time. In a run of two or more pictures a cell may also differ by noise, which encoders add and
/// remove late. The length of a run alone makes it frozen, so one picture of 150 s is a frozen range.
struct FreezeDetector {
    /// The relation of a picture to the reference.
    enum Stillness {
        /// Something moved: the picture begins a run, and is the next reference.
        case moved
        /// The picture is still, but a keyframe coded it anew: the picture is the next reference of the same run.
        case recoded
        /// The picture is still.
        case still
    }

    /// Limits for the average difference of a cell's samples that coding alone causes, in steps of 256.
    private struct Tolerance {
        /// Difference that is allowed in every cell.
        let base: Float
        /// Difference that is allowed in no cell, however much detail the cell has.
        let ceiling: Float
        /// Difference allowed in addition to `base` for each step of the standard deviation inside the cell.
        let detailShare: Float
    }

    /// Limits between pictures of one group.
    private static let usual = Tolerance(base: 1.25, ceiling: 9, detailShare: 0.35)
    /// Limits between a picture and a keyframe that codes the run anew.
    private static let keyframe = Tolerance(base: 3.5, ceiling: 16, detailShare: 0.8)
    /// A still picture with a larger average difference must differ by noise only; otherwise the next keyframe ends the
    /// run.
    private static let strict: Float = 2.5
    /// Largest `CellChange.correlation` and `CellChange.shift` of noise.
    private static let noise: (correlation: Float, shift: Float) = (0.75, 1.25)
    /// Largest root mean square of noise over its average; Gaussian noise has 1.25, a moving thin line 3 and more.
    private static let noisePeak: Float = 1.7
    /// Shortest frozen range.
    private static let shortest = Duration.milliseconds(900)

    private var collector = RangeCollector(shortest: shortest)
    /// `freezeMovementPercent` over its default; scales every tolerance.
    private let scale: Float
    /// Number of pictures in the current run; 0 while the picture is black or nothing was shown.
    private var pictures = 0
    /// End of the interval of the run's last picture.
    private var lastEnd = Duration.zero
    /// Whether only noise separated the last picture from its reference.
    private var wasUnmoved = true

    init(_ thresholds: ContentThresholds) {
        scale = Float(thresholds.freezeMovementPercent / ContentThresholds.usual.freezeMovementPercent)
    }

    /// Frozen ranges of 900 ms or longer that have ended.
    var ranges: [TimeRange] { collector.ranges }
    /// Whether a range of two seconds or more was dropped because there were too many.
    var isFull: Bool { collector.isFull }

    /// Start of the current run; nil while the run is a single picture of less than 900 ms.
    var runStart: Duration? {
        guard let start = collector.start, pictures > 1 || lastEnd - start >= Self.shortest else { return nil }
        return start
    }

    /// Compares a picture with the reference.
    ///
    /// - Parameters:
    ///   - measure: the picture, measured against `reference`.
    ///   - reference: the last picture that `moved` or was `recoded`.
    mutating func stillness(_ measure: LumaMeasure, _ reference: LumaImage, isKeyframe: Bool) -> Stillness {
        let stillness = compare(measure, reference, isKeyframe: isKeyframe)
        wasUnmoved = stillness != .still || isUnmoved(measure, reference)
        return stillness
    }

    private func compare(_ measure: LumaMeasure, _ reference: LumaImage, isKeyframe: Bool) -> Stillness {
        let cells = measure.difference.indices
        if cells.allSatisfy({ isWithin(Self.usual, measure, reference, $0) }) { return .still }
        guard pictures > 1, wasUnmoved else { return .moved }
        if isKeyframe, cells.allSatisfy({ isWithin(Self.keyframe, measure, reference, $0) }) { return .recoded }
        let isStill = cells.allSatisfy { cell in
            isWithin(Self.usual, measure, reference, cell) || isNoise(measure, reference, cell)
        }
        return isStill ? .still : .moved
    }

    private func isWithin(
        _ tolerance: Tolerance, _ measure: LumaMeasure, _ reference: LumaImage, _ cell: Int
    ) -> Bool {
        let (base, ceiling) = (tolerance.base * scale, tolerance.ceiling * scale)
        let difference = measure.difference[cell]
        return difference <= base
            || difference <= ceiling
                && difference <= base + tolerance.detailShare * reference.deviation(ofCell: cell)
    }

    /// Whether a cell differs from the reference only by noise that is spread evenly over its samples.
    private func isNoise(_ measure: LumaMeasure, _ reference: LumaImage, _ cell: Int) -> Bool {
        guard measure.difference[cell] <= Self.usual.ceiling * scale else { return false }
        let change = measure.image.change(from: reference, inCell: cell)
        return change.correlation <= Self.noise.correlation && abs(change.shift) <= Self.noise.shift * scale
            && change.rootMeanSquare <= Self.noisePeak * measure.difference[cell]
    }

    /// Whether a still picture differs little from the reference, or by coding and not by movement.
    private func isUnmoved(_ measure: LumaMeasure, _ reference: LumaImage) -> Bool {
        measure.difference.indices.allSatisfy { cell in
            guard measure.difference[cell] > Self.strict * scale else { return true }
            let change = measure.image.change(from: reference, inCell: cell)
            return change.correlation <= Self.noise.correlation && abs(change.shift) <= Self.noise.shift * scale
        }
    }

    /// Adds the next picture in order of presentation.
    ///
    /// - Parameters:
    ///   - isBlack: a black picture is never part of a frozen range.
    ///   - shown: the interval during which the picture is displayed.
    mutating func append(_ stillness: Stillness, isBlack: Bool, shown: TimeRange) {
        if isBlack || stillness == .moved {
            collector.end(at: lastEnd)
            pictures = 0
        }
        guard !isBlack else { return }
        collector.begin(at: shown.start)
        pictures += 1
        lastEnd = shown.end
    }

    /// Closes the run at `time`, where the film ends or the next picture is not the successor of the last one.
    mutating func endRun(at time: Duration) {
        collector.end(at: time)
        pictures = 0
        wasUnmoved = true
    }
}
