internal import CFFmpeg
internal import MediaFacts

/// Decodes what is asked for and has it looked at and listened to.
final class ContentReader {
    private let file: MediaFile
    private let limits: ProbeLimits
    private let stop: StopFlag
    private let examination: Examination
    private let facts: MediaFacts
    private let clocks: Clocks
    private let stills: StillCollector
    private let watch: PictureWatch
    private let sound: SoundWatch
    private let picture: FrameDecoder?
    private let audio: FrameDecoder?
    private let source: Source
    private var groups: GroupsOfPictures
    private var isOvertime = false
    private let progress: ProgressTeller

    /// Opens `file` anew.
    ///
    /// - Parameters:
    ///   - facts: what header and packets say of the file.
    ///   - progress: told how far decoding is.
    init(
        _ file: MediaFile, limits: ProbeLimits, until stop: StopFlag, _ examination: Examination, _ facts: MediaFacts,
        progress handler: ExaminationProgress.Handler?
    ) throws(ProbeError) {
        self.file = file
        self.limits = limits
        self.stop = stop
        self.examination = examination
        self.facts = facts
        source = try Source(file, limits, stop)
        clocks = Clocks(source, facts)
        let seesPicture = examination.measurements.contains(.picture) && facts.video != nil
        stills = StillCollector(length: seesPicture ? facts.duration?.wholeMilliseconds : nil)
        watch = PictureWatch(clocks.video, examination.thresholds, stills: stills)
        sound = SoundWatch(clocks.audio, examination.thresholds)
        picture = seesPicture ? source.videoDecoder(skippingLoopFilter: examination.depth != .full) : nil
        audio = examination.measurements.contains(.sound) && facts.audio != nil ? source.audioDecoder() : nil
        progress = ProgressTeller(
            handler, length: facts.duration?.wholeMilliseconds,
            passes: seesPicture && examination.depth != .full ? 2 : 1)
        groups = GroupsOfPictures(
            usualMilliseconds: clocks.video.usualMilliseconds,
            samples: (facts.video?.picture?.codedWidth ?? 0) * (facts.video?.picture?.codedHeight ?? 0),
            leniency: examination.thresholds.leniency)
    }

    /// What a viewer would see and hear, and stills of it.
    ///
    /// - Throws: `ProbeError` when the task was cancelled or we are at fault; what the file or the clock stops is a
    ///   shortfall of the content.
    func content() throws(ProbeError) -> (ContentFacts, [Still]) {
        let isFull = examination.depth == .full
        isOvertime = try source.read { stream, packet in
            progress.reached(time(of: packet, in: stream))
            if stream == source.audio {
                audio?.decode(packet) { frame, _ in sound.listen(frame) }
            } else if isFull {
                let isWhole = picture?.decode(packet) { frame, isDamaged in
                    watch.watch(frame, isDamaged: isDamaged)
                }
                if isWhole == false, let packet { watch.lose(packet) }
            } else if let packet {
                glance(packet)
            }
        }
        if !isFull, picture != nil, !isOvertime { try decodeSuspicious() }
        var content = ContentFacts(depth: examination.depth, thresholds: examination.thresholds)
        if examination.measurements.contains(.picture), facts.video != nil { content.picture = seen() }
        if examination.measurements.contains(.sound), facts.audio != nil { content.sound = heard() }
        if !isFull, picture != nil, !isOvertime {
            do throws(ProbeError) {
                try completeSheet()
            } catch  where error.code != .cancelled {
                // What was measured is worth more than a picture too few.
            }
        }
        return (content, stills.stills.sorted { $0.atMilliseconds < $1.atMilliseconds })
    }

    /// When what is in a packet is shown or heard; nil for sound where there is a picture to go by.
    private func time(of packet: UnsafeMutablePointer<AVPacket>?, in stream: Int) -> Int64? {
        guard let packet else { return nil }
        if stream == source.video { return clocks.video.milliseconds(packet.pointee.pts) }
        return picture == nil ? clocks.audio.milliseconds(packet.pointee.pts) : nil
    }

    /// Notes a packet's size, and looks at the picture of a keyframe.
    private func glance(_ packet: UnsafeMutablePointer<AVPacket>) {
        let isKey = packet.pointee.flags & AV_PKT_FLAG_KEY != 0
        let size = Int(packet.pointee.size)
        groups.add(size: size, useful: GroupsOfPictures.usefulBytes(packet.pointee.data, size), isKey: isKey)
        guard isKey, let picture else { return }
        let isWhole = [packet, nil].map { part in
            picture.decode(part) { frame, isDamaged in groups.note(watch.glance(frame, isDamaged: isDamaged)) }
        }
        if isWhole.contains(false) { watch.lose(packet) }
        picture.flush()
    }

    /// Reads the file once more and looks at the pictures that may be black or frozen; those that they lean on are decoded.
    private func decodeSuspicious() throws(ProbeError) {
        let wanted = groups.suspicious
        guard wanted.contains(where: { !$0.isEmpty }), let picture else { return }
        let again = try Source(file, limits, stop)
        again.ignoreAudio()
        let pass = SuspiciousPass(wanted, picture, watch, clocks.video)
        progress.beginPass()
        isOvertime = try again.read { stream, packet in
            guard stream == again.video else { return }
            progress.reached(time(of: packet, in: stream))
            pass.take(packet)
        }
    }

    /// Decodes pictures for the parts of the contact sheet that have none, after everything has been measured.
    private func completeSheet() throws(ProbeError) {
        guard let picture, !stills.missing.isEmpty else { return }
        let size = facts.video?.picture
        let frames = ContactSheet.budget(
            frames: facts.integrity.videoPackets ?? 0,
            samplesInFrame: (size?.codedWidth ?? 0) * (size?.codedHeight ?? 0))
        let targets = ContactSheet.targets(
            stills.missing, step: stills.step, keyframes: groups.times,
            budget: Int64(frames) * clocks.video.usualMilliseconds)
        guard !targets.isEmpty else { return }
        let again = try Source(file, limits, stop)
        again.ignoreAudio()
        try ContactSheet.fill(stills, with: targets, from: again, picture, clocks.video)
    }

    private func seen() -> PictureContent {
        let length = facts.duration?.wholeMilliseconds ?? 0
        let isFull = examination.depth == .full
        var seen = watch.content(
            of: facts.integrity.videoPackets ?? 0, refused: picture?.refused ?? 0, length: length, wholly: isFull,
            facts.video?.picture)
        if picture == nil { seen.shortfall = .noDecoder }
        if isOvertime { seen.shortfall = .timedOut }
        if seen.shortfall == nil, let last = seen.last?.atMilliseconds,
            isFull ? length - last > max(2000, length / 20) : groups.keyframes > seen.framesExamined * 2
        {
            seen.shortfall = .stopsDecoding
        }
        return seen
    }

    private func heard() -> SoundContent {
        var heard = sound.content(damaged: audio?.refused ?? 0, length: facts.duration?.wholeMilliseconds ?? 0)
        if audio == nil { heard.shortfall = .noDecoder }
        if isOvertime { heard.shortfall = .timedOut }
        return heard
    }
}
