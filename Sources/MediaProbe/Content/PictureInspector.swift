internal import CFFmpeg
internal import MediaFacts

/// Measures decoded pictures in order of presentation, and passes the results to the detectors.
///
/// A picture is shown until the next one comes, so the inspector holds the newest observation back until its end is
/// known.
final class PictureInspector {
    private let reader = LumaReader()
    private var current: LumaImage?
    /// The picture with which others are compared.
    private var reference: LumaImage?
    private let thresholds: ContentThresholds
    private var black: BlackDetector
    private var freeze: FreezeDetector
    private var active = ActivePictureDetector()
    private var comb = CombDetector()
    private var edges = EdgePictures()
    private var damage = RangeLog()
    private var damagedFrames = 0
    private var shapes: ShapeLog
    private var cuts = 0
    private(set) var examined = 0
    private var pending: Observation?
    private var lastBarTime: Duration?
    private var size: (width: Int, height: Int)?
    private(set) var hasUnknownFormat = false
    private let stills: StillCollector
    private let usualInterval: Duration
    private let filmLength: Duration

    /// Average difference, 0...255, above which two pictures have nothing in common.
    private static let cut = 30.0

    /// - Parameters:
    ///   - shapes: records changes of the picture's shape.
    ///   - usualInterval: usual time from one picture to the next.
    ///   - filmLength: end of the last picture.
    init(
        _ thresholds: ContentThresholds, shapes: ShapeLog, usualInterval: Duration, filmLength: Duration,
        stills: StillCollector
    ) {
        self.thresholds = thresholds
        self.shapes = shapes
        self.usualInterval = usualInterval
        self.filmLength = filmLength
        black = BlackDetector(thresholds)
        freeze = FreezeDetector(thresholds)
        self.stills = stills
    }

    /// The measurements of a picture that are known as soon as it is decoded.
    private struct Observation {
        var time: Duration
        var isBlack: Bool
        var stillness: FreezeDetector.Stillness
    }

    /// The appearance of a keyframe by itself.
    struct KeyframeLook {
        var time: Duration
        var isBlack: Bool
        /// Average brightness of each cell.
        var cells: [Float]
    }

    /// Measures a keyframe by itself, without the pictures before it: bars and brightness, but no movement.
    func inspectKeyframe(_ frame: AVFrame, isDamaged: Bool) -> KeyframeLook? {
        guard let time = frame.filmTime, let (image, range) = read(frame) else { return nil }
        examined += 1
        let measure = LumaMeasure(image, against: nil, blackCeiling: range.blackCeiling)
        let isBlack = black.isBlack(measure, range)
        note(frame, image, measure, time, range, isBlack: isBlack, isDamaged: isDamaged)
        return KeyframeLook(time: time, isBlack: isBlack, cells: measure.brightness)
    }

    /// Measures the picture that follows the last one.
    ///
    /// - Parameter wasCounted: whether the first pass already counted this picture and its damage.
    func inspectNext(_ frame: AVFrame, isDamaged: Bool, wasCounted: Bool = false) {
        guard let time = frame.filmTime, let (image, range) = read(frame) else { return }
        if !wasCounted { examined += 1 }
        finishPending(at: time)
        let other = reference.flatMap { $0.width == image.width && $0.height == image.height ? $0 : nil }
        let measure = LumaMeasure(image, against: other, blackCeiling: range.blackCeiling)
        let isBlack = black.isBlack(measure, range)
        let stillness = other.map { freeze.stillness(measure, $0, isKeyframe: frame.isKeyframe) } ?? .moved
        if other != nil, measure.averageDifference > Self.cut { cuts += 1 }
        pending = Observation(time: time, isBlack: isBlack, stillness: stillness)
        note(frame, image, measure, time, range, isBlack: isBlack, isDamaged: isDamaged && !wasCounted)
        offerRuns(frame, at: time, isBlack: isBlack, goesOn: stillness != .moved)
        if stillness != .still { swap(&current, &reference) }
    }

    /// Passes the observation that was held back to the detectors: its picture was shown until `end`.
    private func finishPending(at end: Duration) {
        guard let shown = pending else { return }
        pending = nil
        let range = TimeRange(start: shown.time, end: max(shown.time, end))
        black.append(isBlack: shown.isBlack, shown: range)
        freeze.append(shown.stillness, isBlack: shown.isBlack, shown: range)
    }

    /// Offers the picture as a still of the black or frozen run to which it belongs.
    private func offerRuns(_ frame: AVFrame, at time: Duration, isBlack: Bool, goesOn: Bool) {
        if isBlack, let start = black.found.start, time - start >= .milliseconds(500) {
            stills.want(.black, from: start, frame, at: time)
        }
        if goesOn, !isBlack, let start = freeze.runStart, time - start >= .milliseconds(900) {
            stills.want(.frozen, from: start, frame, at: time)
        }
    }

    /// Whether the newest picture is part of a run of black or equal pictures.
    var isInRun: Bool {
        let goesOn = pending.map { $0.isBlack || $0.stillness != .moved } ?? false
        return goesOn || black.found.start != nil || freeze.runStart != nil
    }

    /// Ends all runs, because the next picture is not the successor of the last one.
    ///
    /// - Parameter end: end of the last picture; nil where its successor was not decoded.
    func endRuns(at end: Duration? = nil) {
        guard let last = pending?.time else { return }
        let end = end ?? last + usualInterval
        finishPending(at: end)
        black.endRun(at: end)
        freeze.endRun(at: end)
        reference = nil
    }

    /// Records a packet that the decoder refused.
    func noteUndecodable(at time: Duration?) {
        damagedFrames += 1
        if let time { noteDamage(at: time) }
    }

    private func noteDamage(at time: Duration) {
        damage.add(TimeRange(start: max(.zero, time), end: max(.zero, time) + usualInterval))
    }

    private func note(
        _ frame: AVFrame, _ image: LumaImage, _ measure: LumaMeasure, _ time: Duration, _ range: LumaRange,
        isBlack: Bool, isDamaged: Bool
    ) {
        if size == nil { size = (image.width, image.height) }
        shapes.note(width: image.width, height: image.height, shape: Ratio(frame.sample_aspect_ratio), at: time)
        if !isBlack, isBarTime(time), size.map({ $0 == (image.width, image.height) }) ?? true {
            active.append(image, at: time, range)
            lastBarTime = time
        }
        if examined % CombDetector.pause == 1 { frame.lumaPlane.map { comb.append($0) } }
        if isDamaged {
            damagedFrames += 1
            noteDamage(at: time)
            stills.want(.damaged, from: time, frame, at: time)
        }
        let brightness = (range.brightness(measure.averageBrightness) * 1000).rounded() / 1000
        edges.note(EdgePicture(at: time, brightness: brightness, isBlack: isBlack))
        stills.offer(frame, at: time)
    }

    private func isBarTime(_ time: Duration) -> Bool {
        lastBarTime.map { time - $0 >= ActivePictureDetector.pause || time < $0 } ?? true
    }

    private func read(_ frame: AVFrame) -> (LumaImage, LumaRange)? {
        let (width, height) = (Int(frame.width), Int(frame.height))
        guard width > 0, height > 0 else { return nil }
        if current?.width != width || current?.height != height { current = LumaImage(width: width, height: height) }
        guard let image = current, let samples = reader.read(frame, into: image) else {
            hasUnknownFormat = true
            return nil
        }
        return (image, LumaRange(samples, thresholds))
    }

    /// Everything that was measured; open runs are not closed.
    ///
    /// - Parameters:
    ///   - frames: number of pictures of the film.
    ///   - isWhole: whether every picture was decoded, so that scenes can be counted.
    func content(of frames: Int, isWhole: Bool, _ geometry: PictureGeometry?) -> PictureContent {
        var content = PictureContent(framesExamined: examined, frames: max(frames, examined))
        content.black = black.found.ranges
        content.frozen = freeze.ranges
        if let size {
            content.active = active.ranges(until: filmLength, width: size.width, height: size.height)
                .prefix(FactBounds.activeRanges)
                .map { ActivePicture($0.box, when: $0.when, of: size, geometry) }
        }
        (content.combedFrames, content.combExamined) = (comb.combed, comb.examined)
        content.scenes = isWhole && examined > 0 ? cuts + 1 : nil
        content.damagedFrames = damagedFrames
        content.damage = damage.ranges
        (content.first, content.last) = (edges.first, edges.last)
        return content
    }

    /// Changes of the picture's shape, in order of time.
    var changes: [PictureChange] { shapes.ordered }

    /// Whether a detector dropped a range of two seconds or more because there were too many.
    var hasTooManyRanges: Bool { black.found.isFull || freeze.isFull }
}
