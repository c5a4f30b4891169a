internal import CFFmpeg
internal import MediaFacts

/// Changes of the picture's size, pixel shape or orientation, as decoded pictures show them.
struct ShapeLog {
    private var changes: [PictureChange] = []
    private let first: PictureGeometry?
    private let containerShape: Ratio?

    /// - Parameters:
    ///   - first: the picture at the film's start, as the facts have it.
    ///   - containerShape: the pixel shape that the container states, which holds for every picture; nil when the coded
    ///     stream decides.
    init(first: PictureGeometry?, _ containerShape: Ratio?) {
        self.first = first
        self.containerShape = containerShape
    }

    /// Notes a decoded picture; the order of times does not matter.
    mutating func note(width: Int, height: Int, shape: Ratio?, at time: Duration) {
        guard let first else { return }
        let before = changes.last { $0.at <= time }?.picture ?? first
        guard
            let now = PictureGeometry(
                codedWidth: width, codedHeight: height,
                sampleAspectRatio: containerShape ?? shape ?? before.sampleAspectRatio, orientation: first.orientation),
            !now.hasSameShape(as: before), changes.count < FactBounds.pictureChanges
        else { return }
        let place = changes.lastIndex { $0.at <= time }.map { $0 + 1 } ?? 0
        changes.insert(PictureChange(at: max(.zero, time), picture: now), at: place)
    }

    /// The changes in order of time, without those that change nothing after the one before.
    var ordered: [PictureChange] {
        var kept: [PictureChange] = []
        for change in changes where !change.picture.hasSameShape(as: kept.last?.picture ?? first ?? change.picture) {
            kept.append(change)
        }
        return kept
    }
}

extension PictureGeometry {
    /// Whether a viewer sees the same size, and the coded picture is as large.
    fileprivate func hasSameShape(as other: PictureGeometry) -> Bool {
        codedWidth == other.codedWidth && codedHeight == other.codedHeight
            && displayWidth == other.displayWidth && displayHeight == other.displayHeight
    }
}
