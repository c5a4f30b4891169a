internal import CFFmpeg
internal import MediaFacts

/// What the coded video stream says about itself, as opposed to what its container claims.
struct CodecHeader {
    var width: CInt
    var height: CInt
    var sampleAspectRatio: Ratio?
    var pixelFormat: String?
    var profile: String?

    /// What the container's header (or libav, after reading ahead) holds.
    init(_ parameters: AVCodecParameters) {
        width = parameters.width
        height = parameters.height
        sampleAspectRatio = Ratio(parameters.sample_aspect_ratio)
        pixelFormat = Self.name(ofPixelFormat: parameters.format)
        profile = Self.name(ofProfile: parameters.profile, codec: parameters.codec_id)
    }

    /// Codecs whose parser alone finds size, pixel format and profile in one packet; others need a decoded frame.
    static func isCompleteAfterParsing(_ codec: AVCodecID) -> Bool {
        [
            AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG1VIDEO,
            AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_VP8,
        ].contains(codec)
    }

    /// Runs the codec's parser over one packet of the stream; nothing is decoded. Nil when there is no parser or it
    /// finds no picture size.
    init?(parsing packet: UnsafeMutablePointer<AVPacket>, of stream: UnsafeMutablePointer<AVStream>) {
        let parameters = stream.pointee.codecpar
        guard let codec = parameters?.pointee.codec_id, let parser = av_parser_init(CInt(codec.rawValue)) else {
            return nil
        }
        defer { av_parser_close(parser) }
        var context = avcodec_alloc_context3(nil)
        defer { avcodec_free_context(&context) }
        guard let context, avcodec_parameters_to_context(context, parameters) >= 0 else { return nil }
        parser.pointee.flags |= PARSER_FLAG_COMPLETE_FRAMES
        var output: UnsafeMutablePointer<UInt8>?
        var outputSize: CInt = 0
        av_parser_parse2(
            parser, context, &output, &outputSize, packet.pointee.data, packet.pointee.size, packet.pointee.pts,
            packet.pointee.dts, packet.pointee.pos)
        // AV1's and MPEG-4's parsers report in one place, H.264's in the other.
        let size =
            parser.pointee.width > 0
            ? (parser.pointee.width, parser.pointee.height) : (context.pointee.width, context.pointee.height)
        guard size.0 > 0, size.1 > 0 else { return nil }
        (width, height) = size
        sampleAspectRatio = Ratio(context.pointee.sample_aspect_ratio)
        if [AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO].contains(codec) {
            Self.decodeHeader(of: packet, in: context)
        }
        pixelFormat =
            Self.name(ofPixelFormat: parser.pointee.format)
            ?? Self.name(ofPixelFormat: context.pointee.pix_fmt.rawValue)
        profile = Self.name(ofProfile: context.pointee.profile, codec: codec)
    }

    /// Lets the decoder read the packet's headers and skip its picture: MPEG-2's and MPEG-4's parsers leave pixel format
    /// and profile to it.
    private static func decodeHeader(
        of packet: UnsafeMutablePointer<AVPacket>, in context: UnsafeMutablePointer<AVCodecContext>
    ) {
        context.pointee.skip_frame = AVDISCARD_ALL
        context.pointee.thread_count = 1
        guard avcodec_open2(context, avcodec_find_decoder(context.pointee.codec_id), nil) >= 0 else { return }
        avcodec_send_packet(context, packet)
    }

    private static func name(ofPixelFormat raw: CInt) -> String? {
        av_get_pix_fmt_name(AVPixelFormat(rawValue: raw)).map { String(cString: $0) }
    }

    private static func name(ofProfile profile: CInt, codec: AVCodecID) -> String? {
        avcodec_profile_name(codec, profile).map { String(cString: $0) }
    }
}
