internal import CFFmpeg
internal import MediaFacts

/// The second pass over a video at standard depth: decodes the pictures of each group that may be black or frozen, and those
/// that they lean on, and goes on for as long as what it watches is black or still.
final class SuspiciousPass {
    /// Places in each group, the keyframe's being 0, of the packets that are wanted.
    private let wanted: [Range<Int>]
    private let picture: FrameDecoder
    private let watch: PictureWatch
    private let clock: StreamClock
    private var (group, place) = (-1, -1)
    private var isGoingOn = false
    /// When the first picture that is wanted is shown: those before it may lean on others that were not decoded.
    private var start = Int64.min

    init(_ wanted: [Range<Int>], _ picture: FrameDecoder, _ watch: PictureWatch, _ clock: StreamClock) {
        self.wanted = wanted
        self.picture = picture
        self.watch = watch
        self.clock = clock
    }

    /// Takes the next packet of the video; nil at its end.
    func take(_ packet: UnsafeMutablePointer<AVPacket>?) {
        let isKey = packet.map { $0.pointee.flags & AV_PKT_FLAG_KEY != 0 } ?? false
        place += 1
        if isKey || group < 0 { (group, place) = (group + 1, 0) }
        let range = wanted.indices.contains(group) ? wanted[group] : 0..<0
        guard let packet, place < range.upperBound || isGoingOn && watch.isInStretch else { return rest() }
        let isLeadIn = place < range.lowerBound
        picture.skipsUnreferenced = isLeadIn
        if !isGoingOn || isLeadIn {
            if place == 0 { rest() }
            start = isLeadIn ? .max : clock.milliseconds(packet.pointee.pts) ?? .min
        } else if place == range.lowerBound, place > 0 {
            start = clock.milliseconds(packet.pointee.pts) ?? .min
        }
        isGoingOn = true
        decode(packet, isKnown: isKey)
    }

    /// Ends what goes on: what comes next does not follow it.
    private func rest() {
        guard isGoingOn else { return }
        decode(nil)
        picture.flush()
        watch.interrupt()
        isGoingOn = false
    }

    private func decode(_ packet: UnsafeMutablePointer<AVPacket>?, isKnown: Bool = false) {
        picture.decode(packet, isKnown: isKnown) { frame, isDamaged in
            guard let time = clock.milliseconds(frame.best_effort_timestamp), time >= start else { return }
            // Every keyframe was looked at in the first pass.
            watch.watch(frame, isDamaged: isDamaged, isKnown: frame.key_frame != 0)
        }
    }
}
