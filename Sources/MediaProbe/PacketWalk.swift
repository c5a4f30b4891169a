internal import CFFmpeg
internal import MediaFacts

/// One pass over the packets of a file, in file order. It decodes at most the first picture and the first sound packets
/// of a stream.
///
/// The walk counts the packets of every video and audio stream, because the film's streams are chosen by these counts.
struct PacketWalk {
    /// Counts of each video stream by index.
    private(set) var video: [Int: StreamTally] = [:]
    /// Counts of each audio stream by index.
    private(set) var audio: [Int: StreamTally] = [:]
    /// Size, shape and format that the first picture of each video stream states.
    private(set) var codecHeaders: [Int: CodecHeader] = [:]
    /// Damaged packets of all streams; a last packet that is cut off is not counted.
    private(set) var corruptPackets = 0
    /// Whether the very last packet is damaged: its data ends with the file.
    private(set) var endsInsidePacket = false
    /// Offset at which reading stopped with an error; nil when the demuxer reached the end of the file.
    private(set) var stoppedAt: Int64?

    private let family: ContainerFamily
    private let decodesPictures: Bool
    private var stamps: [Int: StampReader] = [:]
    private var lateSound: [Int: FrameDecoder] = [:]

    /// Most packets that are read to find the first video packet when only the header is asked for.
    private static let headerPackets = 200
    /// Video packets at the end that are read in full, to see whether their data exists and how long the last picture
    /// is shown.
    private static let lastPackets = 64

    /// Prepares a walk.
    ///
    /// - Parameters:
    ///   - family: family of the container.
    ///   - decodesPictures: whether to decode the first picture where the container states no pixel shape, or another
    ///     size than the stream; false for encrypted files.
    init(family: ContainerFamily, decodesPictures: Bool) {
        self.family = family
        self.decodesPictures = decodesPictures
    }

    /// Walks to the end of the file when `isWhole`, else to the first video packet.
    ///
    /// - Throws: `FFmpegError` when the read was stopped or the disk failed.
    mutating func run(_ demuxer: borrowing Demuxer, _ selection: StreamSelection, isWhole: Bool) throws(FFmpegError) {
        var packet = try allocated("av_packet_alloc", av_packet_alloc()) as UnsafeMutablePointer<AVPacket>?
        defer { av_packet_free(&packet) }
        guard let packet else { return }
        var streams = demuxer.streams
        demuxer.discardAll { selection.videoStreams.contains($0) || selection.audioStreams.contains($0) }
        var outline = OutlineReading(demuxer, selection, isWhole: isWhole, margin: Self.lastPackets)
        defer { outline.end(demuxer) }
        var remaining = isWhole ? Int.max : Self.headerPackets
        while remaining > 0 {
            guard try next(into: packet, from: demuxer) else { break }
            if demuxer.streamCount != streams.count { streams = demuxer.streams }
            count(packet, of: streams, isOutline: outline.isOn)
            av_packet_unref(packet)
            outline.advance(demuxer, seen: video.values.first, hasSeenAll: hasSeenAll(selection))
            remaining -= 1
            if !isWhole, video.values.contains(where: { $0.pictures > 0 }) { remaining = 0 }
        }
        pictureDecoders = [:]
        for index in video.keys { video[index]?.finish() }
        if endsInsidePacket { corruptPackets -= 1 }
    }

    /// Reads a packet; false at the end of what can be read.
    private mutating func next(
        into packet: UnsafeMutablePointer<AVPacket>, from demuxer: borrowing Demuxer
    ) throws(FFmpegError) -> Bool {
        do {
            return try demuxer.nextPacket(into: packet)
        } catch {
            guard demuxer.input.stopReason == .none, !demuxer.input.failedToRead else { throw error }
            stoppedAt = demuxer.input.position
            return false
        }
    }

    private mutating func count(
        _ packet: UnsafeMutablePointer<AVPacket>, of streams: [UnsafeMutablePointer<AVStream>], isOutline: Bool
    ) {
        let index = Int(packet.pointee.stream_index)
        guard streams.indices.contains(index) else { return }
        endsInsidePacket = packet.pointee.flags & AV_PKT_FLAG_CORRUPT != 0
        if endsInsidePacket { corruptPackets += 1 }
        let stream = streams[index]
        switch stream.pointee.codecpar.pointee.codec_type {
        case AVMEDIA_TYPE_VIDEO:
            if !isOutline { readHeader(packet, of: stream, index) }
            video[index, default: StreamTally(RestartDetector(stream.pointee))].add(
                stamps[index, default: StampReader(stream, in: family)].stamp(packet, isOutline: isOutline))
        case AVMEDIA_TYPE_AUDIO:
            if !isOutline { completeSound(packet, of: stream, index) }
            audio[index, default: StreamTally(RestartDetector(stream.pointee), hasPictures: false)].add(
                PacketStamp(packet.pointee))
        default: break
        }
    }

    /// Whether the first packet of each wanted stream was read, so that the data of later packets is not needed.
    private func hasSeenAll(_ selection: StreamSelection) -> Bool {
        selection.videoStreams.allSatisfy { (video[$0]?.pictures ?? 0) > 0 && !isWaitingForPicture($0) }
            && selection.audioStreams.allSatisfy { audio[$0] != nil }
    }

    // MARK: The first picture

    private var pictureDecoders: [Int: FrameDecoder] = [:]
    private var triedPackets: [Int: Int] = [:]

    /// Most keyframes that are tried; when none of them decodes, the figures that the parser found are used.
    private static let mostTried = 8

    private func isWaitingForPicture(_ index: Int) -> Bool { pictureDecoders[index] != nil }

    /// Parses the stream's first packet. If pixel shape or size stay unknown, decodes one of the first keyframes.
    private mutating func readHeader(
        _ packet: UnsafeMutablePointer<AVPacket>, of stream: UnsafeMutablePointer<AVStream>, _ index: Int
    ) {
        if video[index] == nil {
            let parsed = CodecHeader(parsing: packet, of: stream)
            codecHeaders[index] = parsed
            guard decodesPictures, CodecHeader.needsPicture(stream.pointee, parsed) else { return }
            pictureDecoders[index] = FrameDecoder(stream)
        }
        guard let decoder = pictureDecoders[index], packet.pointee.isKey else { return }
        triedPackets[index, default: 0] += 1
        var found: CodecHeader?
        for part in [packet, nil] {
            decoder.decode(part) { frame, _ in found = found ?? CodecHeader(frame, decoder.profile(of: stream)) }
        }
        decoder.flush()
        if let found { codecHeaders[index] = found.completed(by: codecHeaders[index]) }
        if found != nil || triedPackets[index, default: 0] >= Self.mostTried { pictureDecoders[index] = nil }
    }

    // MARK: Streams that announce themselves late

    /// Decodes the first packets of a sound stream that was found behind the header and completes the stream's
    /// parameters. Only its packets state rate and channels.
    private mutating func completeSound(
        _ packet: UnsafeMutablePointer<AVPacket>, of stream: UnsafeMutablePointer<AVStream>, _ index: Int
    ) {
        guard let parameters = stream.pointee.codecpar, parameters.pointee.sample_rate <= 0,
            (audio[index]?.packets ?? 0) < Self.mostTried
        else { return }
        let decoder = lateSound[index] ?? FrameDecoder(stream)
        lateSound[index] = decoder
        decoder?.decode(packet) { frame, _ in
            parameters.pointee.sample_rate = frame.sample_rate
            parameters.pointee.ch_layout.nb_channels = frame.ch_layout.nb_channels
        }
        if parameters.pointee.sample_rate > 0 { lateSound[index] = nil }
    }
}
