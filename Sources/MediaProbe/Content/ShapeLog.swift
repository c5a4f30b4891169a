internal import CFFmpeg
internal import MediaFacts

/// Records changes of the picture's size, pixel shape or orientation, as decoded pictures show them.
struct ShapeLog {
    private var changes: [PictureChange] = []
    private let first: PictureGeometry?
    private let containerShape: Ratio?

    /// - Parameters:
    ///   - first: the picture at the film's start; nil when unknown, and then no change is recorded.
    ///   - containerShape: the pixel shape that the container states, which applies to every picture; nil when the
    ///     coded stream decides.
    init(first: PictureGeometry?, _ containerShape: Ratio?) {
        self.first = first
        self.containerShape = containerShape
    }

    /// Records a decoded picture; the order of times does not matter.
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

    /// The changes in order of time, without those that equal the shape before them.
    var ordered: [PictureChange] {
        var kept: [PictureChange] = []
        for change in changes where !change.picture.hasSameShape(as: kept.last?.picture ?? first ?? change.picture) {
            kept.append(change)
        }
        return kept
    }
}

extension PictureGeometry {
    /// Whether both the coded and the displayed size are equal.
    fileprivate func hasSameShape(as other: PictureGeometry) -> Bool {
        codedWidth == other.codedWidth && codedHeight == other.codedHeight
            && displayWidth == other.displayWidth && displayHeight == other.displayHeight
    }
}
