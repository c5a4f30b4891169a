internal import CFFmpeg
internal import MediaFacts

/// An open file whose packets go to decoders.
final class Source {
    private let demuxer: Demuxer
    let video: Int?
    let audio: Int?

    /// Opens `file` anew.
    init(_ file: MediaFile, _ limits: ProbeLimits, _ stop: StopFlag) throws(ProbeError) {
        do {
            demuxer = try Demuxer(FileInput(file, until: stop), guards: limits.guards)
            try FactsReader.completeStreamsIfNeeded(of: demuxer)
        } catch let error as ProbeError {
            throw error
        } catch {
            throw ProbeError(
                .outOfMemory,
                LocalizedText(zh: "内存不足，未能检查。请稍后重试。", en: "Out of memory; nothing was checked. Try again later."))
        }
        let selection = StreamSelection(demuxer.streams)
        (video, audio) = (selection.video, selection.audio)
        for (index, stream) in demuxer.streams.enumerated() where index != video && index != audio {
            stream.pointee.discard = AVDISCARD_ALL
        }
    }

    func timeBase(_ index: Int?) -> AVRational {
        index.map { demuxer.streams[$0].pointee.time_base } ?? AVRational(num: 1, den: 1000)
    }

    func videoDecoder(skippingLoopFilter: Bool) -> FrameDecoder? {
        guard let video else { return nil }
        return FrameDecoder(demuxer.streams[video], skippingLoopFilter: skippingLoopFilter)
    }

    func audioDecoder() -> FrameDecoder? {
        guard let audio else { return nil }
        return FrameDecoder(demuxer.streams[audio])
    }

    func ignoreAudio() {
        if let audio { demuxer.streams[audio].pointee.discard = AVDISCARD_ALL }
    }

    /// Gives every packet of both streams to `take`, and nil at the end of each; or those up to where `isDone`.
    ///
    /// - Returns: whether time ran out before the end.
    /// - Throws: `.cancelled`, and what the disk refuses.
    func read(
        until isDone: () -> Bool = { false }, _ take: (Int, UnsafeMutablePointer<AVPacket>?) -> Void
    ) throws(ProbeError) -> Bool {
        var packet = av_packet_alloc()
        defer { av_packet_free(&packet) }
        guard let packet else { return false }
        do {
            while !isDone(), try demuxer.nextPacket(into: packet) {
                guard demuxer.input.stopReason == .none else { break }
                let index = Int(packet.pointee.stream_index)
                // A cover is handed out whatever was discarded.
                if index == video || index == audio { take(index, packet) }
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
        for index in [video, audio].compactMap(\.self) { take(index, nil) }
        return false
    }
}
