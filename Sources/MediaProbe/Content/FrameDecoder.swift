internal import CFFmpeg

/// A decoder of one stream. Owns one `AVCodecContext` and one frame, and frees each exactly once.
final class FrameDecoder {
    private let context: UnsafeMutablePointer<AVCodecContext>
    private let frame: UnsafeMutablePointer<AVFrame>
    /// Packets that the decoder refused.
    private(set) var refused = 0

    /// Opens the decoder of `stream`, with one thread; nil when there is none for its codec.
    ///
    /// - Parameter skippingLoopFilter: leaves blocks unsmoothed, but in keyframes: a tenth less CPU, and nobody looks at it.
    init?(_ stream: UnsafeMutablePointer<AVStream>, skippingLoopFilter: Bool = false) {
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
        made.pointee.pkt_timebase = stream.pointee.time_base
        if skippingLoopFilter { made.pointee.skip_loop_filter = AVDISCARD_NONKEY }
        guard avcodec_open2(made, codec, nil) >= 0 else {
            var unused: UnsafeMutablePointer<AVFrame>? = holder
            av_frame_free(&unused)
            avcodec_free_context(&closing)
            return nil
        }
        context = made
        frame = holder
    }

    deinit {
        var (closing, unused) = (context as Optional, frame as Optional)
        avcodec_free_context(&closing)
        av_frame_free(&unused)
    }

    /// Hands over a packet, nil at the end of the stream, and gives every frame that is ready to `take`, with whether it is
    /// damaged.
    ///
    /// - Parameter isKnown: whether the packet was decoded before: what was refused then is not counted again.
    /// - Returns: false when the packet was refused.
    @discardableResult
    func decode(
        _ packet: UnsafeMutablePointer<AVPacket>?, isKnown: Bool = false, _ take: (AVFrame, Bool) -> Void
    ) -> Bool {
        let sent = avcodec_send_packet(context, packet)
        let isRefused = sent < 0 && sent != CInt(cff_error_end_of_file) && sent != CInt(cff_error_again)
        if isRefused, !isKnown { refused += 1 }
        while true {
            let code = avcodec_receive_frame(context, frame)
            if code == CInt(cff_error_again) || code == CInt(cff_error_end_of_file) { return !isRefused }
            guard code >= 0 else {
                if !isKnown { refused += 1 }
                return false
            }
            let isDamaged =
                frame.pointee.decode_error_flags != 0 || frame.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0
            take(frame.pointee, isDamaged)
            av_frame_unref(frame)
        }
    }

    /// Whether pictures that no other leans on are left out.
    var skipsUnreferenced = false {
        didSet { context.pointee.skip_frame = skipsUnreferenced ? AVDISCARD_NONREF : AVDISCARD_DEFAULT }
    }

    /// Forgets what came before: the next packet is a keyframe somewhere else.
    func flush() { avcodec_flush_buffers(context) }
}
