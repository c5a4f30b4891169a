internal import CFFmpeg
internal import MediaFacts

/// An open file that delivers the film's packets, stamped with the film's time.
final class PacketSource {
    private let demuxer: Demuxer
    private let film: Film
    private let family: ContainerFamily
    private var clocks: [Int: FilmClock] = [:]
    private var stamps: StampReader?
    /// Whether the next field is the second one of its picture.
    private var fieldIsSecond = false

    /// Opens `file` again. Packets of streams other than the film's are skipped.
    init(_ file: MediaFile, _ film: Film, _ family: ContainerFamily, _ limits: ProbeLimits, _ stop: StopFlag)
        throws(ProbeError)
    {
        demuxer = try Demuxer.opened(file, limits, until: stop)
        do {
            try FactsReader.completeStreamsIfNeeded(of: demuxer)
        } catch {
            throw .reading(error, of: demuxer.input)
        }
        self.film = film
        self.family = family
        demuxer.discardAll { $0 == film.video || $0 == film.audio }
    }

    /// Skips the packets of the sound from now on.
    func ignoreAudio() { demuxer.discardAll { $0 == film.video } }

    /// A decoder for the film's video; nil when there is none, or the demuxer has not found the stream yet.
    func videoDecoder(skippingLoopFilter: Bool) -> FrameDecoder? {
        stream(film.video).flatMap { FrameDecoder($0, skippingLoopFilter: skippingLoopFilter) }
    }

    /// A decoder for the film's sound; nil when there is none, or the demuxer has not found the stream yet.
    func audioDecoder() -> FrameDecoder? { stream(film.audio).flatMap { FrameDecoder($0) } }

    /// The pixel shape that the container states for the picture; nil when the coded stream decides.
    var containerShape: Ratio? { stream(film.video).flatMap { Ratio($0.pointee.sample_aspect_ratio) } }

    /// A packet of the film.
    enum Content {
        /// A packet of the video, and whether the decoder shows a picture for it; nil at the end of the film.
        case picture(UnsafeMutablePointer<AVPacket>?, shows: Bool)
        /// A packet of the sound; nil at the end of the film.
        case sound(UnsafeMutablePointer<AVPacket>?)
    }

    /// Calls `accept` with every packet of the film, and with nil at the end of each stream. Stops early when `isDone`
    /// returns true.
    ///
    /// - Returns: `true` when the time limit passed before the end.
    /// - Throws: `ProbeError` when the task was cancelled or the disk failed.
    func read(until isDone: () -> Bool = { false }, _ accept: (Content) -> Void) throws(ProbeError) -> Bool {
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        guard let packet else { throw .noMemory }
        do {
            while !isDone(), try demuxer.nextPacket(into: packet) {
                guard demuxer.input.stopReason == .none else { break }
                deliver(packet, accept)
                av_packet_unref(packet)
            }
        } catch {
            guard demuxer.input.stopReason != .cancelled, !demuxer.input.failedToRead else {
                throw .reading(error, of: demuxer.input)
            }
        }
        switch demuxer.input.stopReason {
        case .none: break
        case .timedOut: return true
        case .cancelled:
            throw .reading(FFmpegError(call: "av_read_frame", code: CInt(cff_error_stopped)), of: demuxer.input)
        }
        if film.video != nil { accept(.picture(nil, shows: false)) }
        if film.audio != nil { accept(.sound(nil)) }
        return false
    }

    private func deliver(_ packet: UnsafeMutablePointer<AVPacket>, _ accept: (Content) -> Void) {
        let index = Int(packet.pointee.stream_index)
        // libav delivers attached pictures even from discarded streams.
        guard index == film.video || index == film.audio, let stream = stream(index) else { return }
        let shows = index == film.video && showsPicture(packet, stream)
        clocks[index, default: FilmClock(film.timeline, stream.pointee)].stamp(packet)
        accept(index == film.video ? .picture(packet, shows: shows) : .sound(packet))
    }

    /// Whether the decoder shows a picture for the packet. Discarded, hidden and repeated pictures give none, and of
    /// two fields only the first counts.
    private func showsPicture(_ packet: UnsafeMutablePointer<AVPacket>, _ stream: UnsafeMutablePointer<AVStream>)
        -> Bool
    {
        var reader = stamps ?? StampReader(stream, in: family)
        let stamp = reader.stamp(packet)
        stamps = reader
        let isSecond = stamp.isField && fieldIsSecond
        fieldIsSecond = stamp.isField && !fieldIsSecond
        // The second field belongs to the same group of pictures as the first, so it must not begin a group.
        if isSecond { packet.pointee.flags &= ~AV_PKT_FLAG_KEY }
        return !stamp.isDiscarded && !stamp.isHidden && !stamp.isRepeat && !isSecond
    }

    private func stream(_ index: Int?) -> UnsafeMutablePointer<AVStream>? {
        guard let index, index < demuxer.streamCount else { return nil }
        return demuxer.streams[index]
    }
}
