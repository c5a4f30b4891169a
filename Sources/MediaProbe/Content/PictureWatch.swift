internal import CFFmpeg
internal import MediaFacts

/// Looks at decoded pictures in order of presentation and keeps what they tell.
final class PictureWatch {
    private let clock: StreamClock
    private var reader = LumaReader()
    private var current: LumaImage?
    /// The picture that others are compared with.
    private var reference: LumaImage?
    private let thresholds: ContentThresholds
    private var black: BlackDetector
    private var freeze: FreezeDetector
    private var active = ActivePictureDetector()
    private var comb = CombDetector()
    private var cuts = 0
    private var examined = 0
    private var damagedFrames = 0
    /// When damaged pictures are shown, and those would have been that did not decode at all; the first few pieces.
    private var damage: [Stretch] = []
    private var first: EdgePicture?
    private var last: EdgePicture?
    /// When the picture that was watched last was shown.
    private var lastWatched: Int64?
    private var lastLook = Int64.min / 2
    private var size: (width: Int, height: Int)?
    private var cannotRead = false
    private let stills: StillCollector

    /// Pieces of damage that are told.
    private static let mostDamage = 20
    /// Average difference of two pictures that have nothing in common, 0...255.
    private static let cut = 30.0

    init(_ clock: StreamClock, _ thresholds: ContentThresholds, stills: StillCollector) {
        self.clock = clock
        self.thresholds = thresholds
        black = BlackDetector(thresholds)
        freeze = FreezeDetector(thresholds)
        self.stills = stills
    }

    /// What a single picture tells.
    struct Glance {
        var time: Int64
        var isBlack: Bool
        /// Average brightness of each cell.
        var cells: [Float]
    }

    /// Looks at a picture by itself, whatever came before: bars and brightness, but no movement.
    func glance(_ frame: AVFrame, isDamaged: Bool) -> Glance? {
        guard let time = time(of: frame), let image = read(frame) else { return nil }
        examined += 1
        let range = LumaRange(isFull: frame.isFullRange, thresholds)
        let measure = LumaMeasure(image, against: nil, darkest: range.darkest)
        let isBlack = black.isBlack(measure, range)
        note(frame, image, measure, time, isBlack, isDamaged, range)
        return Glance(time: time, isBlack: isBlack, cells: measure.brightness)
    }

    /// Looks at the picture that follows the last one.
    ///
    /// - Parameter isKnown: whether there was a glance at it before, which counted it and its damage.
    func watch(_ frame: AVFrame, isDamaged: Bool, isKnown: Bool = false) {
        guard let time = time(of: frame), let image = read(frame) else { return }
        if !isKnown { examined += 1 }
        let range = LumaRange(isFull: frame.isFullRange, thresholds)
        let other = reference.flatMap { $0.width == image.width && $0.height == image.height ? $0 : nil }
        let measure = LumaMeasure(image, against: other, darkest: range.darkest)
        let isBlack = black.isBlack(measure, range)
        let stillness =
            other.map { freeze.stillness(measure, $0, isKeyframe: frame.key_frame != 0) } ?? .moved
        if other != nil, measure.averageDifference > Self.cut { cuts += 1 }
        black.take(isBlack, at: time)
        freeze.take(isStill: stillness != .moved && !isBlack, at: time)
        lastWatched = time
        note(frame, image, measure, time, isBlack, isDamaged && !isKnown, range)
        if black.found.start.map({ time - $0 >= 500 }) ?? false {
            stills.want("black", from: black.found.start, frame, time)
        }
        if freeze.found.start.map({ time - $0 >= 900 }) ?? false {
            stills.want("frozen", from: freeze.found.start, frame, time)
        }
        if stillness != .still { swap(&current, &reference) }
    }

    /// Notes that nothing came of a packet.
    func lose(_ packet: UnsafeMutablePointer<AVPacket>) {
        if let time = clock.milliseconds(packet.pointee.pts) { noteDamage(at: time) }
    }

    private func noteDamage(at time: Int64) {
        let end = max(0, time) + clock.usualMilliseconds
        // A millisecond is lost where times are rounded.
        if let last = damage.last, last.fromMilliseconds <= time, time <= last.toMilliseconds + 1 {
            damage[damage.count - 1].toMilliseconds = max(end, last.toMilliseconds)
        } else if damage.count < Self.mostDamage {
            damage.append(Stretch(fromMilliseconds: max(0, time), toMilliseconds: end))
        }
    }

    /// Whether what was watched last was black or stood still.
    var isInStretch: Bool { black.found.start != nil || freeze.found.start != nil }

    /// Ends what goes on: the next picture does not follow the last one.
    func interrupt() {
        guard let lastWatched else { return }
        let end = lastWatched + clock.usualMilliseconds
        black.end(at: end)
        freeze.end(at: end)
        reference = nil
    }

    private func note(
        _ frame: AVFrame, _ image: LumaImage, _ measure: LumaMeasure, _ time: Int64, _ isBlack: Bool,
        _ isDamaged: Bool, _ range: LumaRange
    ) {
        if size == nil { size = (image.width, image.height) }
        if !isBlack, time - lastLook >= ActivePictureDetector.pause || time < lastLook,
            size.map({ $0 == (image.width, image.height) }) ?? true
        {
            active.take(image, at: time, range)
            lastLook = time
        }
        if examined % CombDetector.pause == 1 { comb.take(frame) }
        if isDamaged {
            damagedFrames += 1
            noteDamage(at: time)
            stills.want("damaged", from: time, frame, time)
        }
        let brightness = max(0, (measure.averageBrightness - Double(range.black)) / (range.black == 0 ? 255 : 219))
        let edge = EdgePicture(
            atMilliseconds: time, brightness: (min(1, brightness) * 1000).rounded() / 1000, isBlack: isBlack)
        if first.map({ time < $0.atMilliseconds }) ?? true { first = edge }
        if last.map({ time >= $0.atMilliseconds }) ?? true { last = edge }
        stills.offer(frame, time)
    }

    private func time(of frame: AVFrame) -> Int64? { clock.milliseconds(frame.best_effort_timestamp) }

    private func read(_ frame: AVFrame) -> LumaImage? {
        let (width, height) = (Int(frame.width), Int(frame.height))
        guard width > 0, height > 0 else { return nil }
        if current?.width != width || current?.height != height { current = LumaImage(width: width, height: height) }
        guard let image = current, reader.read(frame, into: image) else {
            cannotRead = true
            return nil
        }
        return image
    }

    /// Everything that was seen.
    ///
    /// - Parameters:
    ///   - length: of the video, in milliseconds.
    ///   - wholly: whether every frame was looked at.
    func content(
        of frames: Int, refused: Int, length: Int64, wholly: Bool, _ geometry: PictureGeometry?
    ) -> PictureContent {
        interrupt()
        var content = PictureContent(framesExamined: examined, frames: frames)
        content.black = black.found.stretches
        content.frozen = freeze.found.stretches
        if let size {
            content.active = active.pieces(until: length, width: size.width, height: size.height).map { piece in
                ActivePicture(piece.box, when: piece.when, of: size, geometry)
            }
        }
        (content.combedFrames, content.combExamined) = (comb.combed, comb.examined)
        content.scenes = wholly && examined > 0 ? cuts + 1 : nil
        content.damagedFrames = damagedFrames + refused
        content.damage = damage.sorted { $0.fromMilliseconds < $1.fromMilliseconds }
        (content.first, content.last) = (first, last)
        if examined == 0 { content.shortfall = cannotRead ? .unknownFormat : .nothingDecoded }
        return content
    }
}

extension AVFrame {
    /// Whether samples go from 0 to 255. Source: `AVFrame.color_range`, and the formats that always do.
    var isFullRange: Bool {
        let full = [AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P]
        if color_range == AVCOL_RANGE_JPEG || full.contains(AVPixelFormat(rawValue: format)) { return true }
        let flags = av_pix_fmt_desc_get(AVPixelFormat(rawValue: format))?.pointee.flags ?? 0
        return flags & UInt64(AV_PIX_FMT_FLAG_RGB) != 0
    }
}

extension ActivePicture {
    /// A part of the stored picture as a viewer sees it.
    init(
        _ box: ActivePictureDetector.Box, when: Stretch, of size: (width: Int, height: Int),
        _ geometry: PictureGeometry?
    ) {
        var (left, right) = (Double(box.left), Double(box.right))
        var (top, bottom) = (Double(box.top), Double(box.bottom))
        var (width, height) = (Double(size.width), Double(size.height))
        if geometry?.orientation.mirrored ?? false { (top, bottom) = (height - bottom, height - top) }
        switch geometry?.orientation.quarterTurnDegrees {
        case 90:
            (left, right, top, bottom) = (height - bottom, height - top, left, right)
            (width, height) = (height, width)
        case 180: (left, right, top, bottom) = (width - right, width - left, height - bottom, height - top)
        case 270:
            (left, right, top, bottom) = (top, bottom, width - right, width - left)
            (width, height) = (height, width)
        default: break
        }
        let across = Double(geometry?.displayWidth ?? size.width) / max(1, width)
        let down = Double(geometry?.displayHeight ?? size.height) / max(1, height)
        self.init(
            when: when, x: Int((left * across).rounded()), y: Int((top * down).rounded()),
            width: max(1, Int(((right - left) * across).rounded())),
            height: max(1, Int(((bottom - top) * down).rounded())))
    }
}
