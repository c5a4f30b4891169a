internal import CFFmpeg
internal import MediaFacts

/// Reads the facts of one file, on the calling thread.
///
/// It decodes only frames that libav needs to complete stream parameters, a first picture where the container does not
/// settle the picture's shape, and the first packets of a sound stream that is found behind the header.
struct FactsReader: ~Copyable {
    private let demuxer: Demuxer
    private let file: MediaFile
    private let limits: ProbeLimits
    private let stop: StopFlag
    private let structure: ContainerStructure

    /// Opens `file`.
    init(_ file: MediaFile, limits: ProbeLimits, until stop: StopFlag) throws(ProbeError) {
        self.file = file
        self.limits = limits
        self.stop = stop
        let bytes = FileBytes(file: file)
        do {
            demuxer = try Demuxer.opened(file, limits, until: stop)
        } catch  where error.code == .damaged && ContainerStructure.isPhotograph(bytes) {
            throw .photograph
        }
        structure = ContainerStructure(bytes, demuxer: demuxer.name)
    }

    /// The facts of the file, and the streams and timeline that a decoding pass needs.
    ///
    /// - Parameter isWhole: true reads every packet; false stops at the first video packet.
    func read(isWhole: Bool) throws(ProbeError) -> (facts: MediaFacts, film: Film) {
        do {
            return try readThrowing(isWhole: isWhole)
        } catch let error as ProbeError {
            throw error
        } catch let error as FFmpegError {
            throw .reading(error, of: demuxer.input)
        } catch {
            throw .damaged
        }
    }

    private func readThrowing(isWhole: Bool) throws -> (MediaFacts, Film) {
        guard !structure.isPhotograph else { throw ProbeError.photograph }
        guard demuxer.streamCount <= limits.streams else { throw tooManyStreams }
        let claimed = demuxer.streams.map { CodecHeader($0.pointee.codecpar.pointee) }
        try Self.completeStreamsIfNeeded(of: demuxer)
        guard demuxer.streamCount > 0 else { throw ProbeError.damaged }
        guard demuxer.streamCount <= limits.streams else { throw tooManyStreams }
        try refuseMissingIndex()
        var walk = PacketWalk(family: structure.family, decodesPictures: !hasObstacle)
        try walk.run(demuxer, StreamSelection(demuxer), isWhole: isWhole)
        let selection = selection(after: walk)
        var (facts, film) = (container, Film(selection))
        facts.subtitles = selection.subtitles
        facts.provenance = ProvenanceReading(FileBytes(file: file), family: structure.family).facts(demuxer)
        describeSound(&facts, selection, walk, isWhole: isWhole, &film)
        try describeVideo(&facts, selection, walk, claimed, isWhole: isWhole, &film)
        if isWhole { describeIntegrity(&facts, selection, walk, film) }
        try refuseGarbage(facts, walk)
        return (facts, film)
    }

    /// Completes stream parameters from packets where the header does not hold enough. The headers of mp4, mov, mkv and
    /// avi with common codecs do.
    static func completeStreamsIfNeeded(of demuxer: borrowing Demuxer) throws(FFmpegError) {
        let selection = StreamSelection(demuxer)
        let video = selection.video.map { demuxer.streams[$0].pointee.codecpar.pointee }
        let audio = selection.audio.map { demuxer.streams[$0].pointee.codecpar.pointee }
        let isParsed = video.map { CodecHeader.isCompleteAfterParsing($0.codec_id) } ?? false
        let needsFrame = video.map { !isParsed || $0.width <= 0 } ?? false
        let needsAudio = audio.map { $0.sample_rate <= 0 || $0.ch_layout.nb_channels <= 0 } ?? false
        if demuxer.announcesLate || needsFrame || demuxer.streamCount == 0 {
            // The header of a transport stream names its codecs and nothing else; the parser reads the rest without
            // decoding.
            try demuxer.completeStreams(decoding: !(demuxer.announcesLate && isParsed))
        } else if needsAudio {
            try demuxer.completeStreams(decoding: false)
        }
    }

    /// Whether any video stream is encrypted, is stored in another file or has no decoder. No picture is decoded then.
    private var hasObstacle: Bool {
        demuxer.streams.contains { stream in
            stream.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO
                && structure.obstacle(of: stream.pointee) != nil
        }
    }

    /// Chooses the film's streams by the counts of the walk, and includes streams that were found behind the header.
    private func selection(after walk: PacketWalk) -> StreamSelection {
        var selection = StreamSelection(demuxer)
        guard selection.videoStreams.count > 1 else { return selection }
        let streams = demuxer.streams
        selection.choose(demuxer) { index in
            guard let tally = walk.video[index] else { return (0, 0) }
            let length = FilmLength(tally, TimeBase(streams[index].pointee.time_base), FilmLength.Statement()).length
            return (tally.pictures, length?.seconds ?? 0)
        }
        return selection
    }

    private var container: MediaFacts {
        let brand = DemuxerCatalogue.isISOBaseMedia(demuxer.name) ? demuxer.tag("major_brand") : nil
        return MediaFacts(
            container: ContainerFacts(
                family: structure.family, brand: brand, demuxer: demuxer.name,
                createdAt: demuxer.tag("creation_time").flatMap(CreationTime.init)?.text, layout: structure.layout),
            declaredDuration: structure.claimsNoLength ? nil : demuxer.declaredDuration, bytes: file.bytes)
    }

    // MARK: Streams

    private func describeSound(
        _ facts: inout MediaFacts, _ selection: StreamSelection, _ walk: PacketWalk, isWhole: Bool, _ film: inout Film
    ) {
        guard let index = selection.audio else { return }
        let stream = demuxer.streams[index].pointee
        let tally = isWhole ? walk.audio[index] : nil
        facts.audio = SoundDescription(stream: stream, streams: selection.audioStreams.count, tally: tally).facts
        if tally != nil { facts.sources["audio.format.bitsPerSecond"] = .packets }
        film.soundObstacle = structure.obstacle(of: stream)
    }

    private func describeVideo(
        _ facts: inout MediaFacts, _ selection: StreamSelection, _ walk: PacketWalk, _ claimed: [CodecHeader],
        isWhole: Bool, _ film: inout Film
    ) throws(ProbeError) {
        guard let index = selection.video else {
            film.timeline = soundTimeline(selection, walk)
            return
        }
        let stream = demuxer.streams[index]
        film.pictureObstacle = structure.obstacle(of: stream.pointee)
        let description = VideoDescription(
            stream: stream, streams: selection.videoStreams.count,
            read: film.pictureObstacle == nil ? walk.codecHeaders[index] : nil,
            claimed: claimed.indices.contains(index) ? claimed[index] : nil,
            cropping: structure.cropping(of: stream.pointee))
        try refuseExcessivePicture(description.codec)
        facts.video = description.facts
        facts.integrity.problems += description.contradictions
        facts.sources["video.codedWidth"] = description.codec.isDecoded ? .picture : .stream
        facts.sources["video.codedHeight"] = facts.sources["video.codedWidth"]
        guard isWhole else { return }
        let tally = walk.video[index] ?? StreamTally(RestartDetector(stream.pointee))
        let length = FilmLength(tally, TimeBase(stream.pointee.time_base), statement(of: stream, tally))
        film.timeline = length.timeline
        VideoMeasurement(stream: stream.pointee, tally: tally, length: length).write(to: &facts)
        CodingMeasurement(stream: stream.pointee, tally: tally, scan: description.scan(of: tally.scans))
            .write(to: &facts)
    }

    /// Length and end of the picture as the container's tables state them.
    private func statement(of stream: UnsafeMutablePointer<AVStream>, _ tally: StreamTally) -> FilmLength.Statement {
        let isISO = DemuxerCatalogue.isISOBaseMedia(demuxer.name)
        let isAVI = structure.family == .avi
        // The table counts samples whose data lies past the end of a cut file; those are never shown, so it is used
        // only if all are there.
        let isWholeIndex =
            isISO && SampleIndex.count(stream) <= tally.packets
            && SampleIndex.entriesBeyond(file.bytes, of: [stream]) == 0
        return FilmLength.Statement(
            samples: isWholeIndex ? structure.samplesLength(of: stream.pointee) : nil, holdsAreStated: isISO || isAVI,
            end: isAVI ? AVIIndex(FileBytes(file: file), stream: Int(stream.pointee.index))?.entries : nil)
    }

    /// The timeline of a file without video; its time begins with the sound.
    private func soundTimeline(_ selection: StreamSelection, _ walk: PacketWalk) -> Timeline {
        guard let index = selection.audio, let tally = walk.audio[index] else { return Timeline() }
        return FilmLength(tally, TimeBase(demuxer.streams[index].pointee.time_base), FilmLength.Statement()).timeline
    }

    // MARK: Integrity

    private func describeIntegrity(
        _ facts: inout MediaFacts, _ selection: StreamSelection, _ walk: PacketWalk, _ film: Film
    ) {
        facts.integrity.audioPackets = selection.audio.map { walk.audio[$0]?.packets ?? 0 }
        let found = IntegrityReading(
            file: file, structure: structure, walk: walk, selection: selection, film: film, stop: stop)
        let problems = facts.integrity.problems
        facts.integrity.problems = []
        for problem in problems + found.write(&facts, demuxer) { facts.integrity.add(problem) }
    }

    // MARK: Refusals

    /// Throws "no memory" when the index of an ISO file is empty although many samples are declared: libav ignores a
    /// failed allocation and goes on with an empty index.
    private func refuseMissingIndex() throws(ProbeError) {
        guard DemuxerCatalogue.isISOBaseMedia(demuxer.name) else { return }
        // A day at 120 frames a second has about 10 million samples. libav cannot hold an index of 80 million.
        let most = 20_000_000
        for stream in demuxer.streams where stream.pointee.nb_frames > most && SampleIndex.count(stream) == 0 {
            throw .reading(
                FFmpegError(call: "avformat_open_input", code: CInt(cff_error_no_memory)), of: demuxer.input)
        }
    }

    private func refuseExcessivePicture(_ codec: CodecHeader) throws(ProbeError) {
        guard Int(codec.width) * Int(codec.height) > limits.pixels else { return }
        throw .excessive("画面为 \(codec.width)×\(codec.height)", "has a picture of \(codec.width)×\(codec.height)")
    }

    /// Refuses a file without picture, sound and subtitles: demuxers without a magic number open almost any bytes.
    private func refuseGarbage(_ facts: MediaFacts, _ walk: PacketWalk) throws(ProbeError) {
        let hasPicture = facts.video?.picture != nil
        let hasSound = facts.audio?.sampleRate != nil
        guard !hasPicture, !hasSound else { return }
        guard facts.video == nil, facts.audio == nil else { return try refuseUnlessNamed(facts) }
        guard facts.subtitles.isEmpty else { return }
        let guessed: [ContainerFamily] = [.mpegPS, .mpegTS, .mpegES, .other]
        throw guessed.contains(facts.container.family) ? .notMedia : .dataOnly
    }

    /// Refuses a stream without a size or a rate, unless a known problem such as encryption explains it; the report
    /// then names that problem.
    private func refuseUnlessNamed(_ facts: MediaFacts) throws(ProbeError) {
        let named: [IntegrityProblem.Code] = [.encrypted, .externalData, .hevcInFLV, .noVideoDecoder, .noAudioDecoder]
        guard !facts.integrity.problems.contains(where: { named.contains($0.code) }), facts.subtitles.isEmpty else {
            return
        }
        let guessed: [ContainerFamily] = [.mpegPS, .mpegTS, .mpegES, .other]
        throw guessed.contains(facts.container.family) ? .notMedia : .damaged
    }

    private var tooManyStreams: ProbeError {
        .excessive("有 \(demuxer.streamCount) 个流", "has \(demuxer.streamCount) streams")
    }
}
