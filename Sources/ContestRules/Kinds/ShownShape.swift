internal import MediaFacts

/// A shape of the film's picture, and all time ranges in which the picture has this shape.
struct ShownShape: Hashable {
    /// Size, pixel shape and orientation.
    var picture: PictureGeometry
    /// Ranges in order of time; one or more.
    var ranges: [TimeRange]

    /// Total time of `ranges`.
    var length: Duration { ranges.reduce(.zero) { $0 + max(.zero, $1.length) } }

    /// Shortest total time of a shape that geometry rules judge.
    static let shortest = Duration.seconds(1)
}

extension MediaFacts {
    /// The shapes that geometry rules judge: each that is shown for 1 s or longer in all, in order of first appearance.
    ///
    /// The shape at the end counts at any length while the film's own length is unknown. All shapes count when none is
    /// shown for 1 s. Empty when the picture's size is unknown.
    var shownShapes: [ShownShape] {
        var found: [ShownShape] = []
        for (when, picture) in shapes {
            if let index = found.firstIndex(where: { $0.picture == picture }) {
                found[index].ranges.append(when)
            } else {
                found.append(ShownShape(picture: picture, ranges: [when]))
            }
        }
        let last = duration == nil ? shapes.last?.picture : nil
        let lasting = found.filter { $0.length >= ShownShape.shortest || $0.picture == last }
        return lasting.isEmpty ? found : lasting
    }

    /// The shape of the picture during most of `range`; nil when the picture's size is unknown.
    func shape(during range: TimeRange) -> PictureGeometry? {
        let shared = shapes.map { min($0.when.end, range.end) - max($0.when.start, range.start) }
        guard let index = shared.indices.max(by: { shared[$0] < shared[$1] }) else { return nil }
        return shapes[index].picture
    }
}
