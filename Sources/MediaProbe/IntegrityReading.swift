internal import CFFmpeg
internal import MediaFacts

/// Finds out whether a file is whole, from its packets and its structure together.
struct IntegrityReading {
    let file: MediaFile
    let structure: ContainerStructure
    let walk: PacketWalk
    let selection: StreamSelection
    let film: Film
    let stop: StopFlag

    /// A picture that begins later than this after the sound is reported as `.latePicture`.
    private static let latestPicture = Duration.seconds(1)

    /// Writes whether the file reaches its end into `facts`, and returns the problems found.
    func write(_ facts: inout MediaFacts, _ demuxer: borrowing Demuxer) -> [IntegrityProblem] {
        let streams = demuxer.streams
        let missing = SampleIndex.entriesBeyond(file.bytes, of: streams)
        let isISO = DemuxerCatalogue.isISOBaseMedia(demuxer.name)
        let end = FileEnd(
            of: file, family: structure.family, samplesEnd: isISO && missing == 0 ? SampleIndex.end(of: streams) : nil,
            stop: stop)
        let isCut = missing > 0 || walk.endsInsidePacket && end.state != .reached || end.state == .missing
        facts.integrity.end = isCut ? .missing : end.state == .reached ? .reached : .unknown
        var problems: [IntegrityProblem] = []
        if isCut { problems.append(IntegrityProblem(.truncated, count: missing > 0 ? missing : nil)) }
        if !isCut, end.isLengthFieldWrong { problems.append(IntegrityProblem(.wrongLengthField)) }
        if !isCut, end.trailingBytes > 0 {
            problems.append(IntegrityProblem(.trailingBytes, count: Int(clamping: end.trailingBytes)))
        }
        let corrupt = lostPackets
        if corrupt > 0 { problems.append(IntegrityProblem(.corruptPackets, count: corrupt)) }
        // An error behind the end of the container is no damage: the demuxer only met trailing bytes.
        if let offset = walk.stoppedAt, end.state != .reached || offset < file.bytes - end.trailingBytes {
            problems.append(IntegrityProblem(.unreadableTail))
        }
        if isISO, missing == 0, let video = selection.video {
            let lost = SampleIndex.count(streams[video]) - (walk.video[video]?.packets ?? 0)
            if lost > 0 { problems.append(IntegrityProblem(.missingPackets, count: lost)) }
        }
        return problems + obstacles + (isPictureLate(streams) ? [IntegrityProblem(.latePicture)] : [])
    }

    /// Number of packets that libav marks as corrupt. In a transport stream libav marks every jump of a continuity
    /// counter, also where two streams were joined and nothing is missing, so `TransportStreamContinuity` decides for
    /// each jump.
    private var lostPackets: Int {
        guard walk.corruptPackets > 0, structure.family == .mpegTS else { return walk.corruptPackets }
        return TransportStreamContinuity.losses(in: FileBytes(file: file), stop: stop).map {
            min($0, walk.corruptPackets)
        } ?? walk.corruptPackets
    }

    private var obstacles: [IntegrityProblem] {
        var problems: [IntegrityProblem] = []
        if let obstacle = film.pictureObstacle { problems.append(IntegrityProblem(obstacle.pictureProblem)) }
        switch film.soundObstacle {
        case .encrypted?: problems.append(IntegrityProblem(.encrypted))
        case .externalData?: problems.append(IntegrityProblem(.externalData))
        case .noDecoder?, .hevcInFLV?: problems.append(IntegrityProblem(.noAudioDecoder))
        case nil: break
        }
        if structure.changesSpeed { problems.append(IntegrityProblem(.editSpeed)) }
        if structure.isReferenceMovie { problems.append(IntegrityProblem(.externalData)) }
        return problems
    }

    private func isPictureLate(_ streams: [UnsafeMutablePointer<AVStream>]) -> Bool {
        guard let video = selection.video, let audio = selection.audio,
            let picture = start(walk.video[video], streams[video]), let sound = start(walk.audio[audio], streams[audio])
        else { return false }
        return picture - sound > Self.latestPicture
    }

    private func start(_ tally: StreamTally?, _ stream: UnsafeMutablePointer<AVStream>) -> Duration? {
        tally?.spans.first.flatMap { Duration(ticks: $0.first, stream.pointee.time_base) }
    }
}
