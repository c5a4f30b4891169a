internal import CFFmpeg
internal import MediaFacts

/// Reads every packet of the main streams once, in file order, and keeps what tells length and damage.
struct PacketWalk {
    /// The main video stream's packets.
    private(set) var video: StreamTally
    /// Presented packets of the main audio stream.
    private(set) var audioPackets = 0
    /// Damaged packets of any stream, a cut last one not counted.
    private(set) var corruptPackets = 0
    /// Whether the very last packet is damaged: its data ends with the file.
    private(set) var endsInsidePacket = false
    /// Whether reading stopped at an error before the end of the file.
    private(set) var stoppedEarly = false
    /// What the first video packet says about the picture; nil without one or where no parser reads it.
    private(set) var codecHeader: CodecHeader?

    private let selection: StreamSelection

    /// Packets to search for the first video packet when only the header is asked for.
    private static let headerPackets = 200
    /// Video packets at the end that are read like any: whether their data is there, and how long the last picture stays.
    private static let lastPackets = 64

    /// Walks `demuxer`: to the end when `whole`, else to the first video packet.
    init(
        _ demuxer: borrowing Demuxer, _ selection: StreamSelection, whole: Bool
    ) throws(FFmpegError) {
        self.selection = selection
        video = StreamTally()
        var packet = try allocated("av_packet_alloc", av_packet_alloc()) as UnsafeMutablePointer<AVPacket>?
        defer { av_packet_free(&packet) }
        guard let packet else { return }
        let streams = demuxer.streams
        Self.discardOthers(streams, selection)
        var remaining = whole ? Int.max : Self.headerPackets
        let outlined = whole ? demuxer.listedPackets(of: selection) - Self.lastPackets : 0
        if outlined > 0 { demuxer.parses(false) }
        defer { demuxer.input.onlyMoves = false }
        while remaining > 0 {
            do {
                guard try demuxer.nextPacket(into: packet) else { break }
            } catch {
                guard demuxer.input.stopReason == .none, !demuxer.input.failedToRead else { throw error }
                stoppedEarly = true
                break
            }
            count(packet, of: streams)
            av_packet_unref(packet)
            demuxer.input.onlyMoves = hasSeenBoth && video.allPackets < outlined
            if video.allPackets == outlined { demuxer.parses(true) }
            remaining = !whole && video.packets > 0 ? 0 : remaining - 1
        }
        if endsInsidePacket { corruptPackets -= 1 }
    }

    private mutating func count(
        _ packet: UnsafeMutablePointer<AVPacket>, of streams: [UnsafeMutablePointer<AVStream>]
    ) {
        let index = Int(packet.pointee.stream_index)
        endsInsidePacket = packet.pointee.flags & AV_PKT_FLAG_CORRUPT != 0
        if endsInsidePacket { corruptPackets += 1 }
        if index == selection.video {
            if video.packets == 0 { codecHeader = CodecHeader(parsing: packet, of: streams[index]) }
            video.add(packet.pointee)
        } else if index == selection.audio {
            audioPackets += 1
        }
    }

    /// Whether there was a packet of each stream, the video's a presented one: what the others hold is not looked at.
    private var hasSeenBoth: Bool { video.packets > 0 && (audioPackets > 0 || selection.audio == nil) }

    /// Spares the demuxer the streams that nobody counts.
    private static func discardOthers(_ streams: [UnsafeMutablePointer<AVStream>], _ selection: StreamSelection) {
        for (index, stream) in streams.enumerated() where index != selection.video && index != selection.audio {
            stream.pointee.discard = AVDISCARD_ALL
        }
    }
}
