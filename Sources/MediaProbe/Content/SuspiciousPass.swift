internal import CFFmpeg
internal import MediaFacts

/// The second pass over a video at standard depth. It decodes the pictures of each group that may be black or frozen,
/// and those that they refer to, and continues for as long as a run of black or equal pictures lasts.
final class SuspiciousPass {
    /// For each group, the places of the packets to measure; the keyframe has place 0.
    private let wanted: [Range<Int>]
    private let lengths: [Int]
    private let decoder: FrameDecoder
    private let inspector: PictureInspector
    private(set) var account: PictureAccount
    private var counter = GroupCounter()
    private var isDecoding = false
    /// Whether every packet of the current group is decoded, from its keyframe on.
    private var isGroupWhole = false
    /// Presentation time of the first picture to measure. Earlier pictures may refer to skipped ones, so they are not
    /// measured.
    private var start: Duration?
    private var newest: Duration?

    /// - Parameters:
    ///   - wanted: the result of `GroupsOfPictures.suspicious`.
    ///   - lengths: number of packets in each group.
    init(
        _ wanted: [Range<Int>], lengths: [Int], _ decoder: FrameDecoder, _ inspector: PictureInspector,
        usualInterval: Duration
    ) {
        self.wanted = wanted
        self.lengths = lengths
        self.decoder = decoder
        self.inspector = inspector
        account = PictureAccount(usualInterval: usualInterval)
        decoder.rewind()
    }

    /// Reads the next packet of the video; nil at its end.
    ///
    /// - Parameter filmEnd: end of the last picture.
    func accept(_ packet: UnsafeMutablePointer<AVPacket>?, shows: Bool, filmEnd: Duration) {
        guard let packet else { return rest(at: filmEnd) }
        counter.accept(isKey: packet.pointee.isKey)
        let (group, place) = (counter.group, counter.place)
        let range = wanted.indices.contains(group) ? wanted[group] : 0..<0
        guard place < range.upperBound || isDecoding && inspector.isInRun else {
            rest()
            decoder.skip(packet)
            return
        }
        // A run that continues is followed from picture to picture, also through packets that are not in `wanted`.
        let isLeadIn = place < range.lowerBound && !(isDecoding && measures && inspector.isInRun)
        if isLeadIn, measures, place > 0 { inspector.endRuns() }
        decoder.skipsUnreferenced = isLeadIn
        let begins = !isDecoding || isLeadIn
        if begins, place == 0 { rest() }
        if begins || place == range.lowerBound && place > 0 { start = isLeadIn ? nil : packet.pointee.filmTime }
        measures = !isLeadIn
        if place == 0, !isDecoding {
            isGroupWhole = range == 0..<(lengths.indices.contains(group) ? lengths[group] : 0)
            groupStart = packet.pointee.filmTime
        }
        isDecoding = true
        decode(packet, shows: shows)
    }

    private var measures = false
    private var groupStart: Duration?

    /// Ends the passage, because the next packet is not the successor of the last one.
    private func rest(at end: Duration? = nil) {
        guard isDecoding else { return }
        decode(nil, shows: false)
        decoder.flush()
        if isGroupWhole { account.end() } else { account.begin() }
        let endsFilm = end.map { end in newest.map { $0 < end } ?? true } ?? false
        inspector.endRuns(at: endsFilm ? end : nil)
        isDecoding = false
    }

    private func decode(_ packet: UnsafeMutablePointer<AVPacket>?, shows: Bool) {
        let time = packet?.pointee.filmTime
        if let time { newest = max(newest ?? time, time) }
        // The decoder skips unreferenced pictures before the first wanted one, so their packets announce no picture.
        let counts = isGroupWhole && measures && shows && (time.map { $0 >= groupStart ?? $0 } ?? true)
        if counts { account.send(at: time) }
        let outcome = decoder.decode(packet) { frame, isDamaged in
            let time = frame.filmTime
            if isGroupWhole, time.map({ $0 >= groupStart ?? $0 }) ?? true { account.show(at: time) }
            guard measures, let time, time >= start ?? time else { return }
            // The first pass measured and counted every keyframe.
            inspector.inspectNext(frame, isDamaged: isDamaged, wasCounted: frame.isKeyframe)
        }
        guard outcome == .refused, let packet, !packet.pointee.isKey else { return }
        if counts { account.refuse(at: time) }
        inspector.noteUndecodable(at: time)
    }
}
