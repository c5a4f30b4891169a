internal import CFFmpeg
internal import MediaFacts

/// Decodes the film and passes its pictures to a `PictureInspector`, its sound to a `SoundMeter`.
final class ContentReader {
    private let file: MediaFile
    private let limits: ProbeLimits
    private let stop: StopFlag
    private let examination: Examination
    private let facts: MediaFacts
    private let film: Film
    private let source: PacketSource
    private let stills: StillCollector
    private let inspector: PictureInspector
    private let sound: SoundMeter
    private var picture: FrameDecoder?
    private var audio: FrameDecoder?
    private var damagedSound = 0
    private var groups: GroupsOfPictures
    private var account: PictureAccount
    /// Number of pictures that are shown before the first keyframe, and the time of that keyframe; nil before it is
    /// read.
    private var start = (pictures: 0, keyframe: Duration?.none)
    private var isOvertime = false
    private let progress: ProgressTeller

    private let seesPicture: Bool
    private let hearsSound: Bool
    private let usualInterval: Duration
    private let filmLength: Duration

    /// Opens `file` again.
    ///
    /// - Parameters:
    ///   - facts: the facts that `FactsReader` read from header and packets.
    ///   - film: the streams and the timeline to which `facts` refer.
    ///   - handler: receives the progress of decoding; nil for none.
    init(
        _ file: MediaFile, limits: ProbeLimits, until stop: StopFlag, _ examination: Examination, _ facts: MediaFacts,
        _ film: Film, progress handler: ExaminationProgress.Handler?
    ) throws(ProbeError) {
        (self.file, self.limits, self.stop) = (file, limits, stop)
        (self.examination, self.facts, self.film) = (examination, facts, film)
        let isFull = examination.depth == .full
        source = try PacketSource(file, film, facts.container.family, limits, stop)
        seesPicture = examination.measurements.contains(.picture) && film.video != nil && film.pictureObstacle == nil
        hearsSound = examination.measurements.contains(.sound) && film.audio != nil && film.soundObstacle == nil
        usualInterval = Self.usualInterval(facts.video?.frameRate)
        filmLength = facts.duration ?? .zero
        stills = StillCollector(length: seesPicture ? facts.duration : nil)
        stills.geometry = facts.video?.picture
        inspector = PictureInspector(
            examination.thresholds,
            shapes: ShapeLog(first: facts.video?.uncropped ?? facts.video?.picture, source.containerShape),
            usualInterval: usualInterval, filmLength: filmLength, stills: stills)
        sound = SoundMeter(examination.thresholds)
        picture = seesPicture ? source.videoDecoder(skippingLoopFilter: !isFull) : nil
        audio = hearsSound ? source.audioDecoder() : nil
        progress = ProgressTeller(handler, length: facts.duration, passes: seesPicture && !isFull ? 2 : 1)
        let size = facts.video?.picture
        groups = GroupsOfPictures(
            usualInterval: usualInterval, samples: (size?.codedWidth ?? 0) * (size?.codedHeight ?? 0),
            leniency: examination.thresholds.leniency)
        account = PictureAccount(usualInterval: usualInterval)
    }

    /// The usual time from one picture to the next: 40 ms where the frame rate is unknown.
    private static func usualInterval(_ rate: Ratio?) -> Duration {
        .seconds(1) / max(0.01, min(1000, rate?.value ?? 25))
    }

    /// Decodes and measures, and returns the facts completed by content, changes of the picture's shape and missing
    /// pictures.
    ///
    /// - Throws: `ProbeError` when the task was cancelled or the machine fails. When the file or the time limit stops
    ///   decoding, nothing is thrown: the content then has a shortfall.
    func examine() throws(ProbeError) -> ExaminedFile {
        if seesPicture || hearsSound { try decodeOnce() }
        let isStandard = examination.depth != .full && picture != nil && !isOvertime
        if isStandard { try decodeSuspicious() }
        var facts = facts
        var content = ContentFacts(depth: examination.depth, thresholds: examination.thresholds)
        if examination.measurements.contains(.picture), facts.video != nil { content.picture = measuredPicture() }
        if examination.measurements.contains(.sound), facts.audio != nil { content.sound = measuredSound() }
        facts.content = content
        facts.video?.changes = inspector.changes
        if let missing = content.picture?.missingFrames, missing > 0 {
            facts.integrity.add(IntegrityProblem(.picturesMissing, count: missing))
        }
        if isStandard, !isOvertime {
            do throws(ProbeError) {
                try completeSheet()
            } catch  where error.code != .cancelled {
                // The measurements are complete, so a failure to complete the contact sheet is ignored.
            }
        }
        return ExaminedFile(facts, stills: stills.stills.sorted { $0.at < $1.at })
    }

    // MARK: Passes

    /// The first pass: every packet of the sound; of the picture every packet at full depth, else every keyframe.
    private func decodeOnce() throws(ProbeError) {
        let isFull = examination.depth == .full
        isOvertime = try source.read { content in
            switch content {
            case .sound(let packet):
                if !seesPicture { progress.reached(packet?.pointee.filmTime) }
                decodeSound(packet)
            case .picture(let packet, let shows):
                progress.reached(packet?.pointee.filmTime)
                guard seesPicture else { return }
                noteStart(packet, shows: shows)
                // A stream that the demuxer finds only while reading packets has no decoder before its first packet.
                if picture == nil { picture = source.videoDecoder(skippingLoopFilter: !isFull) }
                if isFull { decodePicture(packet, shows: shows) } else { inspectKeyframe(packet) }
            }
        }
    }

    private func decodeSound(_ packet: UnsafeMutablePointer<AVPacket>?) {
        guard hearsSound else { return }
        if audio == nil { audio = source.audioDecoder() }
        let outcome = audio?.decode(packet) { [sound] frame, _ in sound.append(frame, at: frame.filmTime) }
        guard outcome == .refused, let packet else { return }
        damagedSound += 1
        if let time = packet.pointee.filmTime {
            sound.noteUndecodable(from: time, to: time + max(.zero, .microseconds(packet.pointee.duration)))
        }
    }

    private func decodePicture(_ packet: UnsafeMutablePointer<AVPacket>?, shows: Bool) {
        guard let picture else { return }
        let time = packet?.pointee.filmTime
        if shows { account.send(at: time) }
        let outcome = picture.decode(packet) { frame, isDamaged in
            account.show(at: frame.filmTime)
            inspector.inspectNext(frame, isDamaged: isDamaged)
        }
        if packet == nil {
            account.end()
        } else if outcome == .refused {
            account.refuse(at: time)
            inspector.noteUndecodable(at: time)
        }
    }

    /// Records a packet's size, and measures the picture of a keyframe.
    private func inspectKeyframe(_ packet: UnsafeMutablePointer<AVPacket>?) {
        guard let packet else { return groups.finish(at: filmLength) }
        let (isKey, size, time) = (packet.pointee.isKey, Int(packet.pointee.size), packet.pointee.filmTime)
        groups.add(
            size: size, useful: GroupsOfPictures.usefulBytes(packet.pointee.data, size), isKey: isKey, at: time)
        guard isKey, let picture else {
            picture?.skip(packet)
            return
        }
        var isRefused = false
        for part in [packet, nil] {
            let outcome = picture.decode(part) { frame, isDamaged in
                groups.note(inspector.inspectKeyframe(frame, isDamaged: isDamaged))
            }
            isRefused = isRefused || outcome == .refused
        }
        if isRefused { inspector.noteUndecodable(at: time) }
        picture.flush()
    }

    /// Reads the file once more and measures the pictures that may be black or frozen.
    private func decodeSuspicious() throws(ProbeError) {
        let wanted = groups.suspicious
        guard wanted.contains(where: { !$0.isEmpty }), let picture else { return }
        let again = try PacketSource(file, film, facts.container.family, limits, stop)
        again.ignoreAudio()
        let pass = SuspiciousPass(
            wanted, lengths: groups.lengths, picture, inspector, usualInterval: usualInterval)
        progress.beginPass()
        isOvertime = try again.read { content in
            guard case .picture(let packet, let shows) = content else { return }
            progress.reached(packet?.pointee.filmTime)
            pass.accept(packet, shows: shows, filmEnd: filmLength)
        }
        account = pass.account
    }

    /// Decodes pictures for the parts of the contact sheet that lack one, after everything was measured.
    private func completeSheet() throws(ProbeError) {
        guard let picture, !stills.missing.isEmpty else { return }
        let size = facts.video?.picture
        let frames = ContactSheet.budget(
            frames: facts.integrity.videoPackets ?? 0,
            samplesInFrame: (size?.codedWidth ?? 0) * (size?.codedHeight ?? 0))
        let targets = ContactSheet.targets(
            stills.missing, step: stills.step, keyframes: groups.times, budget: usualInterval * frames)
        guard !targets.isEmpty else { return }
        let again = try PacketSource(file, film, facts.container.family, limits, stop)
        again.ignoreAudio()
        try ContactSheet.fill(stills, with: targets, from: again, picture)
    }

    // MARK: Results

    private func measuredPicture() -> PictureContent {
        let isFull = examination.depth == .full
        if isFull, !isOvertime { inspector.endRuns(at: lastPictureEnd) }
        let frames = isFull ? account.expected : facts.integrity.videoPackets ?? 0
        var content = inspector.content(of: frames, isWhole: isFull, facts.video?.picture)
        content.missingFrames = isOvertime ? 0 : account.missing
        content.missing = isOvertime ? [] : account.missingRanges
        noteLateStart(&content)
        content.shortfall = Shortfall.of(
            Shortfall.Figures(
                obstacle: film.pictureObstacle, hasDecoder: picture != nil, isOvertime: isOvertime,
                hasUnknownFormat: inspector.hasUnknownFormat, examined: content.framesExamined,
                keyframes: groups.keyframes, missing: content.missingFrames, lastEnd: lastPictureEnd,
                length: filmLength, isFull: isFull, hasTooManyRanges: inspector.hasTooManyRanges))
        return content
    }

    /// The time at which the last decoded picture ends: the film's end, or the start of missing pictures that reach to
    /// that end.
    private var lastPictureEnd: Duration {
        guard let last = account.missingRanges.last, last.end >= filmLength - usualInterval * 2 else {
            return filmLength
        }
        return last.start
    }

    /// Counts the time before the first whole picture as missing if that picture is shown later than a second after the
    /// film's start. No count of pictures shows this loss: the film was cut without encoding it again, and some
    /// decoders output pictures although their keyframe is gone.
    private func noteLateStart(_ content: inout PictureContent) {
        let keyframe = start.pictures > 0 ? start.keyframe : nil
        guard let first = [content.first?.at, keyframe].compactMap(\.self).max(), first > .seconds(1) else { return }
        let lost = TimeRange(start: .zero, end: first)
        content.missingFrames = max(content.missingFrames, start.pictures, 1)
        content.missing.removeAll { $0.overlaps(lost) }
        content.missing = Array(([lost] + content.missing).prefix(FactBounds.damageRanges))
    }

    private func noteStart(_ packet: UnsafeMutablePointer<AVPacket>?, shows: Bool) {
        guard start.keyframe == nil, let packet else { return }
        if packet.pointee.isKey { start.keyframe = packet.pointee.filmTime } else if shows { start.pictures += 1 }
    }

    private func measuredSound() -> SoundContent {
        guard hearsSound else {
            return SoundContent(shortfall: film.soundObstacle?.shortfall ?? .noDecoder)
        }
        var content = sound.content(damaged: damagedSound, filmLength: facts.duration)
        if audio == nil { content.shortfall = .noDecoder }
        if isOvertime { content.shortfall = .timedOut }
        return content
    }
}
