internal import CFFmpeg
internal import MediaFacts

/// Reads one file from its first byte to its facts, on the calling thread.
struct FactsReader: ~Copyable {
    private let demuxer: Demuxer
    private let file: MediaFile
    private let limits: ProbeLimits
    private let stop: StopFlag

    /// Opens `file`.
    init(_ file: MediaFile, limits: ProbeLimits, until stop: StopFlag) throws(ProbeError) {
        self.file = file
        self.limits = limits
        self.stop = stop
        do {
            demuxer = try Demuxer(FileInput(file, until: stop), guards: limits.guards)
        } catch let error as ProbeError {
            throw error
        } catch {
            throw ProbeError(
                .outOfMemory,
                LocalizedText(zh: "内存不足，未能检查。请稍后重试。", en: "Out of memory; nothing was checked. Try again later."))
        }
    }

    /// Measures what is asked for.
    func examine(
        _ examination: Examination, progress: ExaminationProgress.Handler?
    ) throws(ProbeError) -> ExaminedFile {
        let seesContent =
            examination.depth > .quick && !examination.measurements.isDisjoint(with: [.picture, .sound])
        var facts = try facts(whole: seesContent || examination.measurements.contains(.packets))
        guard seesContent else { return ExaminedFile(facts) }
        let reader = try ContentReader(file, limits: limits, until: stop, examination, facts, progress: progress)
        let (content, stills) = try reader.content()
        facts.content = content
        return ExaminedFile(facts, stills: stills)
    }

    private func facts(whole: Bool) throws(ProbeError) -> MediaFacts {
        do {
            return try read(whole: whole)
        } catch let error as ProbeError {
            throw error
        } catch let error as FFmpegError {
            throw .reading(error, of: demuxer.input)
        } catch {
            throw .damaged
        }
    }

    private func read(whole: Bool) throws -> MediaFacts {
        guard demuxer.streams.count <= limits.streams else { throw tooManyStreams }
        let claimed = claimedSizes()
        try Self.completeStreamsIfNeeded(of: demuxer)
        let streams = demuxer.streams
        guard !streams.isEmpty else { throw ProbeError.damaged }
        guard streams.count <= limits.streams else { throw tooManyStreams }
        try refuseMissingIndex(streams)
        let selection = StreamSelection(streams)
        let walk = try PacketWalk(demuxer, selection, whole: whole)
        var facts = MediaFacts(container: container, declaredDuration: demuxer.declaredDuration, bytes: file.bytes)
        facts.subtitles = selection.subtitles
        facts.audio = selection.audio.map { audio(streams[$0].pointee, count: selection.audioStreams) }
        if let index = selection.video {
            let reading = VideoReading(
                stream: streams[index], selection: selection, walk: walk, whole: whole, claimed: claimed[index])
            try refuseExcessivePicture(reading.codec)
            reading.describe(&facts)
        }
        if whole {
            facts.integrity.audioPackets = selection.audio == nil ? nil : walk.audioPackets
            facts.integrity.problems += damage(walk, streams, selection)
            let order = IntegrityProblem.Code.known
            facts.integrity.problems.sort {
                (order.firstIndex(of: $0.code) ?? 0) < (order.firstIndex(of: $1.code) ?? 0)
            }
        }
        try refuseGarbage(facts, walk)
        return facts
    }

    /// Headers of mp4, mov, mkv and avi with common codecs hold enough; the rest is completed from packets.
    static func completeStreamsIfNeeded(of demuxer: borrowing Demuxer) throws(FFmpegError) {
        let selection = StreamSelection(demuxer.streams)
        let video = selection.video.map { demuxer.streams[$0].pointee.codecpar.pointee }
        let audio = selection.audio.map { demuxer.streams[$0].pointee.codecpar.pointee }
        let isParsed = video.map { CodecHeader.isCompleteAfterParsing($0.codec_id) } ?? false
        let needsFrame = video.map { !isParsed || $0.width <= 0 } ?? false
        let needsAudio = audio.map { $0.sample_rate <= 0 || $0.ch_layout.nb_channels <= 0 } ?? false
        if demuxer.announcesLate || needsFrame || demuxer.streams.isEmpty {
            // A transport stream names its codecs at once, but nothing else: the parser fills that in.
            try demuxer.completeStreams(decoding: !(demuxer.announcesLate && isParsed))
        } else if needsAudio {
            try demuxer.completeStreams(decoding: false)
        }
    }

    /// Picture sizes by stream index as the header gives them, before any packet is read.
    private func claimedSizes() -> [Int: CodecHeader] {
        var sizes: [Int: CodecHeader] = [:]
        for (index, stream) in demuxer.streams.enumerated() {
            sizes[index] = CodecHeader(stream.pointee.codecpar.pointee)
        }
        return sizes
    }

    private var container: ContainerFacts {
        var brand: String?
        var family = DemuxerCatalogue.family(ofDemuxer: demuxer.name) ?? .other
        if DemuxerCatalogue.isISOBaseMedia(demuxer.name) {
            brand = demuxer.tag("major_brand")
            family = DemuxerCatalogue.brandFamily(brand)
        } else if family == .matroska, EBMLHead(FileBytes(file: file))?.documentType == "webm" {
            family = .webm
        }
        return ContainerFacts(
            family: family, brand: brand, demuxer: demuxer.name,
            createdAt: demuxer.tag("creation_time").flatMap(CreationTime.init)?.text)
    }

    private func audio(_ stream: AVStream, count: Int) -> AudioFacts {
        let parameters = stream.codecpar.pointee
        let plausible = AudioFacts.plausibleFigures
        let (rate, channels) = (Int(parameters.sample_rate), Int(parameters.ch_layout.nb_channels))
        return AudioFacts(
            codec: codecName(parameters.codec_id), sampleRate: plausible.contains(rate) ? rate : nil,
            channels: plausible.contains(channels) ? channels : nil, streams: count)
    }

    /// Damage that the packets and the container's structure show.
    private func damage(
        _ walk: PacketWalk, _ streams: [UnsafeMutablePointer<AVStream>], _ selection: StreamSelection
    ) -> [IntegrityProblem] {
        let missing = SampleIndex.entriesBeyond(file.bytes, of: streams)
        let end = PromisedEnd(of: file, family: container.family)
        var problems: [IntegrityProblem] = []
        if missing > 0 || walk.endsInsidePacket || end == .missing {
            problems.append(IntegrityProblem(.truncated, count: missing > 0 ? missing : nil))
        } else if end == .mediaDataShort {
            problems.append(IntegrityProblem(.wrongLengthField))
        }
        if walk.corruptPackets > 0 { problems.append(IntegrityProblem(.corruptPackets, count: walk.corruptPackets)) }
        if walk.stoppedEarly { problems.append(IntegrityProblem(.unreadableTail)) }
        if let video = selection.video, missing == 0, DemuxerCatalogue.isISOBaseMedia(demuxer.name) {
            let lost = SampleIndex.count(streams[video]) - walk.video.allPackets
            if lost > 0 { problems.append(IntegrityProblem(.missingPackets, count: lost)) }
        }
        return problems
    }

    /// libav swallows a refused allocation and goes on with an empty index: then the file is not empty, we are short.
    private func refuseMissingIndex(_ streams: [UnsafeMutablePointer<AVStream>]) throws(ProbeError) {
        guard DemuxerCatalogue.isISOBaseMedia(demuxer.name) else { return }
        // A day at 120 frames a second has half as many; libav cannot hold an index of four times as many.
        let most = 20_000_000
        for stream in streams where stream.pointee.nb_frames > most && SampleIndex.count(stream) == 0 {
            throw .reading(
                FFmpegError(call: "avformat_open_input", code: CInt(cff_error_no_memory)), of: demuxer.input)
        }
    }

    private func refuseExcessivePicture(_ codec: CodecHeader) throws(ProbeError) {
        guard Int(codec.width) * Int(codec.height) > limits.pixels else { return }
        throw .excessive("画面为 \(codec.width)×\(codec.height)", "has a picture of \(codec.width)×\(codec.height)")
    }

    /// Demuxers without a magic number open almost anything; what yields no packet and no picture is not media.
    private func refuseGarbage(_ facts: MediaFacts, _ walk: PacketWalk) throws(ProbeError) {
        let hasPicture = facts.video?.picture != nil
        let hasSound = facts.audio?.sampleRate != nil
        guard !hasPicture, !hasSound, facts.subtitles.isEmpty else { return }
        let guessed: [ContainerFamily] = [.mpegPS, .mpegTS, .mpegES, .other]
        throw guessed.contains(facts.container.family) ? .notMedia : .damaged
    }

    private var tooManyStreams: ProbeError {
        .excessive("有 \(demuxer.streams.count) 个流", "has \(demuxer.streams.count) streams")
    }
}

/// The sample index of an ISO base media file, as the demuxer built it.
enum SampleIndex {
    /// Entries of `stream`'s index. Source: `avformat_index_get_entries_count`.
    static func count(_ stream: UnsafeMutablePointer<AVStream>) -> Int {
        Int(avformat_index_get_entries_count(stream))
    }

    /// Entries of any stream whose data lies, wholly or partly, past the end of a file of `fileBytes` bytes.
    static func entriesBeyond(_ fileBytes: Int64, of streams: [UnsafeMutablePointer<AVStream>]) -> Int {
        streams.reduce(0) { total, stream in
            total
                + (0..<avformat_index_get_entries_count(stream)).count { position in
                    guard let entry = avformat_index_get_entry(stream, position)?.pointee else { return false }
                    return entry.pos > fileBytes - Int64(entry.size)
                }
        }
    }
}
