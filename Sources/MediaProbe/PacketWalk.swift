internal import CFFmpeg
internal import MediaFacts

/// One pass over the packets of a file, in file order, without decoding.
///
/// The walk counts the packets of every video and audio stream, because the film's streams are chosen by what they hold.
struct PacketWalk {
    /// Counts of each video stream by index.
    private(set) var video: [Int: StreamTally] = [:]
    /// Counts of each audio stream by index.
    private(set) var audio: [Int: StreamTally] = [:]
    /// What the first picture of each video stream says about itself.
    private(set) var codecHeaders: [Int: CodecHeader] = [:]
    /// Damaged packets of any stream, a cut last one not counted.
    private(set) var corruptPackets = 0
    /// The very last packet is damaged: its data ends with the file.
    private(set) var endsInsidePacket = false
    /// Offset at which reading stopped with an error; nil when the demuxer came to the end of the file.
    private(set) var stoppedAt: Int64?

    private let family: ContainerFamily
    private let decodesPictures: Bool
    private var stamps: [Int: StampReader] = [:]
    private var lateSound: [Int: FrameDecoder] = [:]

    /// Packets to search for the first video packet when only the header is asked for.
    private static let headerPackets = 200
    /// Video packets at the end that are read like any: whether their data is there, and how long the last picture stays.
    private static let lastPackets = 64

    /// - Parameters:
    ///   - family: of the container.
    ///   - decodesPictures: decodes the first picture where the container says nothing of the pixel shape, or another size
    ///     than the stream; off for encrypted files.
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
            audio[index, default: StreamTally(RestartDetector(stream.pointee))].add(PacketStamp(packet.pointee))
        default: break
        }
    }

    /// Whether there was a packet of each wanted stream, so that nothing has to be read of the data of later ones.
    private func hasSeenAll(_ selection: StreamSelection) -> Bool {
        selection.videoStreams.allSatisfy { (video[$0]?.pictures ?? 0) > 0 && !isWaitingForPicture($0) }
            && selection.audioStreams.allSatisfy { audio[$0] != nil }
    }

    // MARK: The first picture

    private var pictureDecoders: [Int: FrameDecoder] = [:]
    private var triedPackets: [Int: Int] = [:]

    /// Packets of which one must decode, or the container's word is taken.
    private static let mostTried = 8

    private func isWaitingForPicture(_ index: Int) -> Bool { pictureDecoders[index] != nil }

    /// Parses the stream's first packet. Where that leaves the pixel shape or the size open, decodes a keyframe.
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

    /// Decodes the first packets of a sound that was announced behind the header, whose rate and channels only its
    /// packets state, and completes the stream's parameters.
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
