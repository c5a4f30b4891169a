internal import MediaFacts

/// Decides from all observations of a film during which time ranges it has bars.
struct BarTimeline {
    typealias Box = ActivePictureDetector.Box

    /// A time range with the same bars, or without bars.
    struct Segment {
        /// The start of the range; it ends at the start of the next one.
        var start: Duration
        /// The picture inside the bars; nil without bars.
        var box: Box?
    }

    /// Least length of a segment with bars. In shorter ones a dark thing moves through the picture.
    static let shortest = Duration.seconds(3)
    /// Least difference of one of the 8×8 cells between two scenes, of 256 steps.
    private static let otherScene: UInt8 = 8
    /// Customary shapes of films, width over height; the picture inside bars usually has one of them.
    private static let customaryShapes: [Double] = [
        9.0 / 16, 2.0 / 3, 3.0 / 4, 4.0 / 5, 1, 5.0 / 4, 4.0 / 3, 3.0 / 2, 16.0 / 10, 5.0 / 3, 16.0 / 9, 1.85, 2, 2.2,
        21.0 / 9, 2.39, 2.55, 2.76,
    ]
    private static let shapeTolerance = 0.025

    /// The observations in order of time.
    private let observations: [BarObservation]
    private let length: Duration
    private let whole: Box
    /// Largest distance between edges of the same bars, in samples.
    private let margin: (across: Int, down: Int)

    init(_ observations: [BarObservation], until length: Duration, width: Int, height: Int) {
        self.observations = observations.sorted { $0.time < $1.time }
        self.length = length
        whole = Box(left: 0, top: 0, right: width, bottom: height)
        margin = (max(2, width / 48), max(2, height / 48))
    }

    /// The segments; the first begins at zero. Empty when every picture was black.
    var segments: [Segment] {
        let proven = merged(withProof(found))
        return merged(withoutShort(proven))
    }

    /// The segments by each observation alone. A picture that shows neither bars nor light where bars would be changes
    /// nothing.
    private var found: [Segment] {
        var segments: [Segment] = []
        for (index, observation) in observations.enumerated() {
            let current = segments.last?.box
            if let framed = observation.framed {
                if let current, current.isNear(framed, margin) {
                    segments[segments.count - 1].box = current.united(with: framed)
                    continue
                }
                if segments.isEmpty, observations[..<index].contains(where: { isContradicted(framed, by: $0) }) {
                    segments.append(Segment(start: .zero, box: nil))
                }
                segments.append(Segment(start: segments.isEmpty ? .zero : observation.time, box: framed))
            } else if let current, isContradicted(current, by: observation) {
                segments.append(Segment(start: observation.time, box: nil))
            }
        }
        return segments.isEmpty && !observations.isEmpty ? [Segment(start: .zero, box: nil)] : segments
    }

    /// Whether a picture has light where bars around `box` would be: a lit line, or writing in both bars.
    private func isContradicted(_ box: Box, by observation: BarObservation) -> Bool {
        let (outer, solid) = (observation.outer, observation.solid)
        let isOver = (
            left: outer.left < box.left - margin.across, right: outer.right > box.right + margin.across,
            top: outer.top < box.top - margin.down, bottom: outer.bottom > box.bottom + margin.down
        )
        return isOver.left && isOver.right || isOver.top && isOver.bottom
            || solid.left < box.left - margin.across || solid.right > box.right + margin.across
            || solid.top < box.top - margin.down || solid.bottom > box.bottom + margin.down
    }

    /// The segments, without the bars that are not proven.
    private func withProof(_ segments: [Segment]) -> [Segment] {
        let isWhole = segments.allSatisfy { segment in
            segment.box.map { box in segments[0].box?.isNear(box, margin) ?? false } ?? false
        }
        return segments.map { segment in
            guard let box = segment.box, !isProven(box, throughout: isWhole) else { return segment }
            return Segment(start: segment.start, box: nil)
        }
    }

    /// Whether bars around `box` are proven: they stayed while the scene inside them changed, or the whole film has
    /// them.
    private func isProven(_ box: Box, throughout isWhole: Bool) -> Bool {
        var scenes: [SIMD64<UInt8>] = []
        let isPair = box.width == whole.width || box.height == whole.height
        let isEasy = isPair && hasCustomaryShape(box)
        let least = isWhole && (isPair || hasCustomaryShape(box)) ? 1 : isEasy ? 2 : 3
        for observation in observations where observation.framed?.isNear(box, margin) ?? false {
            if scenes.last.map({ Self.differ($0, observation.scene) }) ?? true { scenes.append(observation.scene) }
            if scenes.count >= least { return true }
        }
        return false
    }

    private static func differ(_ one: SIMD64<UInt8>, _ other: SIMD64<UInt8>) -> Bool {
        let larger = one.replacing(with: other, where: other .> one)
        let smaller = one.replacing(with: other, where: other .< one)
        return (larger &- smaller).max() >= otherScene
    }

    private func hasCustomaryShape(_ box: Box) -> Bool {
        let shape = Double(box.width) / Double(max(1, box.height))
        return Self.customaryShapes.contains { abs(shape / $0 - 1) <= Self.shapeTolerance }
    }

    /// Joins adjacent segments with the same bars.
    private func merged(_ segments: [Segment]) -> [Segment] {
        segments.reduce(into: []) { merged, segment in
            switch (merged.last?.box, segment.box) {
            case (let box?, let other?) where box.isNear(other, margin):
                merged[merged.count - 1].box = box.united(with: other)
            case (nil, nil) where !merged.isEmpty: break
            default: merged.append(segment)
            }
        }
    }

    /// Joins each run of short segments to the segment before it. A run that is long as a whole becomes a segment
    /// without bars.
    private func withoutShort(_ segments: [Segment]) -> [Segment] {
        var kept: [Segment] = []
        var run: Duration?
        for (index, segment) in segments.enumerated() {
            let end = index + 1 < segments.count ? segments[index + 1].start : max(length, segment.start)
            if end - segment.start < Self.shortest {
                run = run ?? segment.start
                if index + 1 < segments.count { continue }
            }
            let isLong = end - segment.start >= Self.shortest
            let next = isLong ? segment.start : end
            if let run, next - run >= Self.shortest { kept.append(Segment(start: run, box: nil)) }
            run = nil
            if isLong { kept.append(segment) }
        }
        if kept.isEmpty { return segments.prefix(1).map { Segment(start: .zero, box: $0.box) } }
        kept[0].start = .zero
        return kept
    }
}
