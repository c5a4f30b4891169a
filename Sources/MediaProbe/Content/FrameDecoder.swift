internal import CFFmpeg

/// A decoder of one stream. Owns one `AVCodecContext` and one frame, and frees each exactly once.
final class FrameDecoder {
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let frame: UnsafeMutablePointer<AVFrame>
    private var parameters: ParameterSets

    /// Opens the decoder of `stream` with one thread; nil when libavcodec has none for its codec, or cannot open it.
    ///
    /// - Parameters:
    ///   - timeBase: the unit of the packets' timestamps.
    ///   - skippingLoopFilter: skips the deblocking filter in pictures that no other picture refers to, which costs
    ///     less CPU. Pictures that others refer to are filtered, so that a still picture does not drift away from its
    ///     keyframe.
    init?(
        _ stream: UnsafeMutablePointer<AVStream>, timeBase: AVRational = FilmClock.timeBase,
        skippingLoopFilter: Bool = false
    ) {
        let parameters = stream.pointee.codecpar
        guard let id = parameters?.pointee.codec_id, let codec = avcodec_find_decoder(id),
            let made = avcodec_alloc_context3(codec)
        else { return nil }
        var closing: UnsafeMutablePointer<AVCodecContext>? = made
        made.pointee.thread_count = 1
        guard avcodec_parameters_to_context(made, parameters) >= 0, let holder = av_frame_alloc() else {
            avcodec_free_context(&closing)
            return nil
        }
        made.pointee.pkt_timebase = timeBase
        if skippingLoopFilter { made.pointee.skip_loop_filter = AVDISCARD_NONREF }
        guard avcodec_open2(made, codec, nil) >= 0 else {
            var unused: UnsafeMutablePointer<AVFrame>? = holder
            av_frame_free(&unused)
            avcodec_free_context(&closing)
            return nil
        }
        context = made
        frame = holder
        self.parameters = ParameterSets(stream)
    }

    deinit {
        var (closing, unused) = (context as Optional, frame as Optional)
        avcodec_free_context(&closing)
        av_frame_free(&unused)
    }

    /// The result of sending a packet to the decoder.
    enum Outcome {
        /// The decoder took the packet.
        case accepted
        /// The decoder refused the packet: its data is broken.
        case refused
    }

    /// Records a packet that is not decoded: parameter sets that come with it apply to later packets.
    func skip(_ packet: UnsafeMutablePointer<AVPacket>) { parameters.note(packet) }

    /// Decodes a packet, or nil at the end of the stream, and calls `accept` with every frame that is ready and whether
    /// the frame is damaged.
    @discardableResult
    func decode(_ packet: UnsafeMutablePointer<AVPacket>?, _ accept: (AVFrame, Bool) -> Void) -> Outcome {
        if let packet {
            // An empty packet repeats the picture before it. It is not sent, because libav takes it for an error or the
            // end.
            guard packet.pointee.size > 0 else { return .accepted }
            parameters.note(packet)
            parameters.attach(to: packet)
        }
        let sent = avcodec_send_packet(context, packet)
        var isRefused = sent < 0 && sent != CInt(cff_error_end_of_file) && sent != CInt(cff_error_again)
        while true {
            let code = avcodec_receive_frame(context, frame)
            if code == CInt(cff_error_again) || code == CInt(cff_error_end_of_file) { break }
            guard code >= 0 else {
                isRefused = true
                break
            }
            let isDamaged =
                frame.pointee.decode_error_flags != 0 || frame.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
            accept(frame.pointee, isDamaged)
            av_frame_unref(frame)
        }
        return isRefused ? .refused : .accepted
    }

    /// Whether pictures that no other picture refers to are skipped.
    var skipsUnreferenced = false {
        didSet { context.pointee.skip_frame = skipsUnreferenced ? AVDISCARD_NONREF : AVDISCARD_DEFAULT }
    }

    /// Forgets the packets so far; the next packet must be a keyframe.
    func flush() { avcodec_flush_buffers(context) }

    /// Prepares for the start of the film: the parameters of its header apply until a packet brings others.
    func rewind() {
        flush()
        parameters.rewind()
    }

    /// Name of the profile that the decoder found; nil when there is none.
    func profile(of stream: UnsafeMutablePointer<AVStream>) -> String? {
        CodecHeader.name(ofProfile: context.pointee.profile, codec: stream.pointee.codecpar.pointee.codec_id)
    }
}
