internal import CFFmpeg
internal import MediaFacts

/// An open container. Owns one `AVFormatContext` and closes it exactly once.
struct Demuxer: ~Copyable {
    let context: UnsafeMutablePointer<AVFormatContext>
    let input: FileInput
    /// Name of the demuxer. Source: `AVInputFormat.name`.
    let name: String
    private let headerDuration: Duration?
    /// Whether streams are announced only while packets are read (flv, mpeg-ps, mpeg-ts).
    let announcesLate: Bool

    /// Recognises the container by content and reads its header.
    ///
    /// - Throws: `ProbeError` `.notMedia`, `.damaged`, or what the input ran into.
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

    /// The streams announced so far, in file order.
    var streams: [UnsafeMutablePointer<AVStream>] {
        (0..<Int(context.pointee.nb_streams)).compactMap { context.pointee.streams[$0] }
    }

    /// The length that the header claims; nil when it claims none. Not libav's estimates from timestamps or bit rate.
    ///
    /// flv announces its header as a packet, so it is known only after `completeStreams`.
    var declaredDuration: Duration? {
        let isHeaders = context.pointee.duration_estimation_method == AVFMT_DURATION_FROM_STREAM
        return headerDuration ?? (announcesLate && isHeaders ? Self.duration(of: context) : nil)
    }

    /// Fills in what headers lack by reading packets ahead. They are kept and delivered again by `nextPacket`.
    ///
    /// Of the streams announced so far no frame is decoded when `decoding` is false (`skip_frame=all`), which costs a
    /// twentieth.
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

    /// Video packets that the header lists with place, size and time, each a whole frame: until the last of them, nothing
    /// else is read of the file, and nothing needs to be parsed. 0 for other containers and codecs.
    ///
    /// Source: ISO/IEC 14496-15 for AVC and HEVC, 14496-14 for AAC.
    func listedPackets(of selection: StreamSelection) -> Int {
        let chosen = [selection.video, selection.audio].compactMap { $0.flatMap { context.pointee.streams[$0] } }
        let whole = [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AAC]
        guard selection.video != nil, DemuxerCatalogue.isISOBaseMedia(name),
            chosen.allSatisfy({ whole.contains($0.pointee.codecpar.pointee.codec_id) })
        else { return 0 }
        return Int(avformat_index_get_entries_count(chosen[0]))
    }

    /// Whether streams that begin from now on have their packets parsed, as they have unless told otherwise.
    func parses(_ isWanted: Bool) {
        context.pointee.flags = context.pointee.flags & ~AVFMT_FLAG_NOPARSE | (isWanted ? 0 : AVFMT_FLAG_NOPARSE)
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

    /// A tag of the container, printable and at most 64 characters; nil when absent or empty.
    func tag(_ key: String) -> String? {
        av_dict_get(context.pointee.metadata, key, nil, 0).flatMap { cleanTag($0.pointee.value, limit: 64) }
    }

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
            throw DemuxerCatalogue.isPlaylist(name) ? .playlist : .notMedia
        }
        return found
    }

    private static func open(
        _ input: FileInput, as format: UnsafePointer<AVInputFormat>, _ guards: ProbeGuards
    ) throws(FFmpegError) -> UnsafeMutablePointer<AVFormatContext> {
        let made = try allocated("avformat_alloc_context", avformat_alloc_context())
        made.pointee.pb = input.context
        // libav reports a stream too many as "out of memory"; ours are counted afterwards, as what they are.
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

    /// The container's figure, else (avi, fragmented mp4) the longest stream's.
    private static func duration(of context: UnsafeMutablePointer<AVFormatContext>) -> Duration? {
        let ticks = context.pointee.duration
        if ticks != cff_no_timestamp {
            return ticks > 0 ? MediaProbe.duration(ticks, AVRational(num: 1, den: CInt(cff_ticks_per_second))) : nil
        }
        return (0..<Int(context.pointee.nb_streams)).compactMap { index -> Duration? in
            guard let stream = context.pointee.streams[index]?.pointee else { return nil }
            guard stream.duration != cff_no_timestamp, stream.duration > 0 else { return nil }
            return MediaProbe.duration(stream.duration, stream.time_base)
        }.max()
    }
}

/// Text of a tag without control characters, cut to `limit` code points, for one letter may have any number of them;
/// nil when nothing is left. A tag is the sender's text.
func cleanTag(_ raw: UnsafePointer<CChar>?, limit: Int) -> String? {
    guard let raw else { return nil }
    let visible = String(cString: raw).unicodeScalars.filter {
        !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            && $0.properties.generalCategory != .format || $0 == " "
    }
    let text = String(String.UnicodeScalarView(visible.prefix(limit)))
    let first = text.firstIndex { $0 != " " } ?? text.endIndex
    let last = text.lastIndex { $0 != " " }.map(text.index(after:)) ?? first
    return first < last ? String(text[first..<last]) : nil
}
