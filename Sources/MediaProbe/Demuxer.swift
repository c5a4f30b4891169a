internal import CFFmpeg
internal import MediaFacts

/// An open container. Owns one `AVFormatContext` and closes it exactly once.
struct Demuxer: ~Copyable {
    private let context: UnsafeMutablePointer<AVFormatContext>
    let input: FileInput
    /// Name of the demuxer. Source: `AVInputFormat.name`.
    let name: String
    private let headerDuration: Duration?
    /// Whether the demuxer finds streams only while it reads packets (flv, mpeg-ps, mpeg-ts).
    let announcesLate: Bool

    /// Opens `file`.
    ///
    /// - Throws: `ProbeError` `.outOfMemory` when this process lacks memory, else as `init(_:guards:)`.
    static func opened(_ file: MediaFile, _ limits: ProbeLimits, until stop: StopFlag) throws(ProbeError) -> Demuxer {
        let input: FileInput
        do {
            input = try FileInput(file, until: stop)
        } catch {
            throw .noMemory
        }
        return try Demuxer(input, guards: limits.guards)
    }

    /// Recognises the container by content and reads its header.
    ///
    /// - Throws: `ProbeError` `.empty`, `.notMedia` or `.damaged`; or the error of the input: cancelled, timed out,
    ///   unreadable disk.
    init(_ input: FileInput, guards: ProbeGuards) throws(ProbeError) {
        _ = FFmpegLibrary.silenced
        let format = try Self.recognise(input, guards)
        let opened: UnsafeMutablePointer<AVFormatContext>
        do {
            opened = try Self.open(input, as: format, guards)
        } catch {
            throw ProbeError.reading(error, of: input)
        }
        context = opened
        self.input = input
        name = String(cString: format.pointee.name)
        headerDuration = Self.duration(of: opened)
        announcesLate = cff_has_no_header(opened) != 0
    }

    deinit {
        var closing: UnsafeMutablePointer<AVFormatContext>? = context
        avformat_close_input(&closing)  // leaves the custom AVIOContext to `FileInput`
    }

    /// The number of streams announced so far.
    var streamCount: Int { Int(context.pointee.nb_streams) }

    /// The streams announced so far, in file order.
    var streams: [UnsafeMutablePointer<AVStream>] {
        (0..<Int(context.pointee.nb_streams)).compactMap { context.pointee.streams[$0] }
    }

    /// The length that the header claims; nil when it claims none. libav's estimates from timestamps or bit rate do not
    /// count.
    ///
    /// An flv file keeps its header in a packet, so its claim is known only after `completeStreams`.
    var declaredDuration: Duration? {
        let isHeaders = context.pointee.duration_estimation_method == AVFMT_DURATION_FROM_STREAM
        return headerDuration ?? (announcesLate && isHeaders ? Self.duration(of: context) : nil)
    }

    /// Completes the stream parameters that headers lack by reading packets ahead. libav keeps those packets and
    /// `nextPacket` delivers them again.
    ///
    /// - Parameter decoding: when false, no frame of the streams found so far is decoded (`skip_frame=all`), which
    ///   takes a twentieth of the time.
    func completeStreams(decoding: Bool) throws(FFmpegError) {
        let known = Int(context.pointee.nb_streams)
        guard !decoding, known > 0 else {
            try check("avformat_find_stream_info", avformat_find_stream_info(context, nil))
            return
        }
        var options = [OpaquePointer?](repeating: nil, count: known)
        for index in options.indices { av_dict_set(&options[index], "skip_frame", "all", 0) }
        defer { for index in options.indices { av_dict_free(&options[index]) } }
        try check("avformat_find_stream_info", avformat_find_stream_info(context, &options))
    }

    /// Number of packets of the only video stream whose place, size and time the sample table states, each one a whole
    /// picture. Up to the last of these packets the file's data need not be read or parsed.
    ///
    /// The number is 0 unless the container is ISO and every wanted stream is H.264, HEVC or AAC. Source: ISO/IEC
    /// 14496-15 for AVC and HEVC, 14496-14 for AAC.
    func indexedPacketCount(_ selection: StreamSelection) -> Int {
        let wanted = (selection.videoStreams + selection.audioStreams).compactMap { context.pointee.streams[$0] }
        let whole = [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AAC]
        guard selection.videoStreams.count == 1, DemuxerCatalogue.isISOBaseMedia(name),
            wanted.allSatisfy({ whole.contains($0.pointee.codecpar.pointee.codec_id) })
        else { return 0 }
        return SampleIndex.count(wanted[0])
    }

    /// Turns libav's parsers on or off for streams whose first packet has not been read yet.
    func setParsing(_ isOn: Bool) {
        context.pointee.flags = context.pointee.flags & ~AVFMT_FLAG_NOPARSE | (isOn ? 0 : AVFMT_FLAG_NOPARSE)
    }

    /// Makes the demuxer skip the packets of every stream that is not `wanted`. libav delivers attached pictures all
    /// the same.
    func discardAll(but wanted: (Int) -> Bool) {
        for (index, stream) in streams.enumerated() {
            stream.pointee.discard = wanted(index) ? AVDISCARD_DEFAULT : AVDISCARD_ALL
        }
    }

    /// Streams of the programme that `stream` belongs to; nil when it belongs to none. Source: `AVProgram`.
    func programme(of stream: Int?) -> Set<Int>? {
        guard let stream else { return nil }
        for number in 0..<Int(context.pointee.nb_programs) {
            guard let programme = context.pointee.programs[number]?.pointee, let indexes = programme.stream_index else {
                continue
            }
            let members = Set((0..<Int(programme.nb_stream_indexes)).map { Int(indexes[$0]) })
            if members.contains(stream) { return members }
        }
        return nil
    }

    /// Reads the next packet into `packet`: true, or false at the end of the file.
    ///
    /// - Throws: `FFmpegError` when reading stops before the end.
    func nextPacket(into packet: UnsafeMutablePointer<AVPacket>) throws(FFmpegError) -> Bool {
        let code = av_read_frame(context, packet)
        if code == CInt(cff_error_end_of_file) { return false }
        try check("av_read_frame", code)
        return true
    }

    /// A tag of the container, without control characters and at most 64 code points long; nil when absent or empty.
    func tag(_ key: String) -> String? {
        av_dict_get(context.pointee.metadata, key, nil, 0).flatMap { cleanTag($0.pointee.value, limit: 64) }
    }

    /// Calls `body` with the tags of the container.
    func withMetadata<Result>(_ body: (OpaquePointer?) -> Result) -> Result { body(context.pointee.metadata) }

    private static func recognise(
        _ input: FileInput, _ guards: ProbeGuards
    ) throws(ProbeError) -> UnsafePointer<AVInputFormat> {
        guard input.file.bytes > 0 else { throw .empty }
        var found: UnsafePointer<AVInputFormat>?
        let score = av_probe_input_buffer2(input.context, &found, "", nil, 0, 0)
        guard input.stopReason == .none, !input.failedToRead else {
            throw .reading(FFmpegError(call: "av_probe_input_buffer2", code: score), of: input)
        }
        guard score >= 0, let found else { throw .notMedia }
        let name = String(cString: found.pointee.name)
        guard DemuxerCatalogue.family(ofDemuxer: name) != nil || !guards.contains(.formats) else {
            throw DemuxerCatalogue.isPlaylist(name)
                ? .playlist : DemuxerCatalogue.isPhotograph(name) ? .photograph : .notMedia
        }
        return found
    }

    private static func open(
        _ input: FileInput, as format: UnsafePointer<AVInputFormat>, _ guards: ProbeGuards
    ) throws(FFmpegError) -> UnsafeMutablePointer<AVFormatContext> {
        let made = try allocated("avformat_alloc_context", avformat_alloc_context())
        made.pointee.pb = input.context
        // libav reports too many streams as "out of memory". The limit here is high, and the caller counts the streams
        // itself.
        made.pointee.max_streams = 100_000
        if guards.contains(.formats) { made.pointee.format_whitelist = av_strdup(DemuxerCatalogue.whitelist) }
        if guards.contains(.protocols) { made.pointee.protocol_whitelist = av_strdup("none") }
        if guards.contains(.neighbours) { made.pointee.io_open = { _, _, _, _, _ in CInt(cff_error_not_permitted) } }
        made.pointee.interrupt_callback.opaque = Unmanaged.passUnretained(input).toOpaque()
        made.pointee.interrupt_callback.callback = { opaque in
            guard let opaque else { return 1 }
            return Unmanaged<FileInput>.fromOpaque(opaque).takeUnretainedValue().stopReason == .none ? 0 : 1
        }
        var opening: UnsafeMutablePointer<AVFormatContext>? = made
        try check("avformat_open_input", avformat_open_input(&opening, "", format, nil))  // on failure, frees it
        return made
    }

    /// The container's figure, or the longest stream's figure where the container states none (avi, fragmented mp4).
    private static func duration(of context: UnsafeMutablePointer<AVFormatContext>) -> Duration? {
        let ticks = context.pointee.duration
        if ticks != cff_no_timestamp {
            return ticks > 0
                ? Duration(ticks: ticks, AVRational(num: 1, den: CInt(cff_ticks_per_second)))?.roundedToMilliseconds
                : nil
        }
        return (0..<Int(context.pointee.nb_streams)).compactMap { index -> Duration? in
            guard let stream = context.pointee.streams[index]?.pointee else { return nil }
            guard stream.duration != cff_no_timestamp, stream.duration > 0 else { return nil }
            return Duration(ticks: stream.duration, stream.time_base)?.roundedToMilliseconds
        }.max()
    }
}
