internal import CFFmpeg
internal import MediaFacts

/// Size, pixel shape, format and colours of a video as the coded stream states them, as opposed to the container's claim.
struct CodecHeader {
    /// Width in samples, after the codec's own cropping; 0 when unknown.
    var width: CInt
    /// Height in samples, after the codec's own cropping; 0 when unknown.
    var height: CInt
    /// Width of a sample over its height; nil when the stream does not say.
    var sampleAspectRatio: Ratio?
    var pixelFormat: String?
    var profile: String?
    /// Level of the profile, such as `4.1`.
    var level: String?
    /// The scan that the header states for all pictures; nil when it leaves that open.
    var scan: ScanType?
    /// The scan that the container states for all pictures; of a parsed packet, the scan of its picture.
    var pictureScan: PictureScan?
    /// The colour description; nil when the stream was not read for it.
    var color: ColorDescription?
    /// Whether the figures come from a decoded picture.
    var isDecoded = false

    /// Reads the container's header, completed by what libav found when it read ahead.
    init(_ parameters: AVCodecParameters) {
        width = parameters.width
        height = parameters.height
        sampleAspectRatio = Ratio(parameters.sample_aspect_ratio)
        pixelFormat = Self.name(ofPixelFormat: parameters.format)
        profile = Self.name(ofProfile: parameters.profile, codec: parameters.codec_id)
        level = CodecLevel.text(parameters.level, of: parameters.codec_id)
        let stated = ColorDescription(parameters)
        color = stated.isEmpty ? nil : stated
        pictureScan = PictureScan(parameters.field_order)
        scan = PictureScan.isAlwaysProgressive(parameters.codec_id) ? .progressive : nil
    }

    /// Reads a decoded picture.
    init(_ frame: AVFrame, _ profile: String?) {
        (width, height) = (frame.width, frame.height)
        sampleAspectRatio = Ratio(frame.sample_aspect_ratio)
        // FFmpeg deprecates the names of full-range formats (`yuvj420p`). The parsers report the plain name of the same
        // layout (`yuv420p`), so a decoded picture is given that name too.
        let format = Self.name(ofPixelFormat: frame.format)
        pixelFormat = format.map { $0.hasPrefix("yuvj") ? "yuv" + $0.dropFirst(4) : $0 }
        self.profile = profile
        color = ColorDescription(frame)
        isDecoded = true
    }

    /// Whether the codec's parser finds size, pixel format and profile in one packet; other codecs need a decoded
    /// picture.
    static func isCompleteAfterParsing(_ codec: AVCodecID) -> Bool {
        [
            AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG1VIDEO,
            AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_VP8,
        ].contains(codec)
    }

    /// Whether a picture must be decoded to know the pixel shape or the size.
    ///
    /// The parsers of these codecs do not read the pixel shape, so the shape stays unknown when the container states
    /// none. Where container and stream state different sizes, libavcodec decides which one players show: it crops by
    /// the container when the stream has no cropping of its own.
    static func needsPicture(_ stream: AVStream, _ parsed: CodecHeader?) -> Bool {
        let parameters = stream.codecpar.pointee
        let statesShape = (Ratio(stream.sample_aspect_ratio) ?? parsed?.sampleAspectRatio) != nil
        switch parameters.codec_id {
        case AV_CODEC_ID_H264, AV_CODEC_ID_HEVC:
            let hasOtherSize = parsed.map { $0.width != parameters.width || $0.height != parameters.height } ?? true
            return !statesShape || hasOtherSize
        case AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_MPEG4: return !statesShape
        default: return false
        }
    }

    /// These figures, with all but size and shape taken from `other` where they are unknown.
    func completed(by other: CodecHeader?) -> CodecHeader {
        var completed = self
        completed.pixelFormat = pixelFormat ?? other?.pixelFormat
        completed.profile = profile ?? other?.profile
        completed.level = level ?? other?.level
        completed.scan = scan ?? other?.scan
        completed.pictureScan = pictureScan ?? other?.pictureScan
        completed.color = color?.completed(by: other?.color) ?? other?.color
        return completed
    }

    /// Runs the codec's parser over one packet of the stream; nothing is decoded. Nil when there is no parser or it
    /// finds no picture size.
    init?(parsing packet: UnsafeMutablePointer<AVPacket>, of stream: UnsafeMutablePointer<AVStream>) {
        let parameters = stream.pointee.codecpar
        guard let codec = parameters?.pointee.codec_id, let parser = cff_parser_init(codec) else {
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
        // The parsers of AV1 and MPEG-4 write the size into the parser's context, that of H.264 into the codec's.
        let size =
            parser.pointee.width > 0
            ? (parser.pointee.width, parser.pointee.height) : (context.pointee.width, context.pointee.height)
        guard size.0 > 0, size.1 > 0 else { return nil }
        (width, height) = size
        // The shape is read before the decoder runs, because opening the decoder may reset the field.
        sampleAspectRatio = Ratio(context.pointee.sample_aspect_ratio)
        if [AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO].contains(codec) {
            Self.decodeHeader(of: packet, in: context)
        }
        pixelFormat =
            Self.name(ofPixelFormat: parser.pointee.format)
            ?? Self.name(ofPixelFormat: context.pointee.pix_fmt.rawValue)
        profile = Self.name(ofProfile: context.pointee.profile, codec: codec)
        level = CodecLevel.text(context.pointee.level, of: codec)
        let sequence = CodedSequence(stream, packet, decoder: context)
        (level, scan, color) = (sequence.level ?? level, sequence.scan, sequence.color)
        if PictureScan.isTold(byParserOf: codec) { pictureScan = PictureScan(parser, holdsBothFields: true) }
    }

    /// Lets the decoder read the packet's headers and skip its picture, because the parsers of MPEG-2 and MPEG-4 do not
    /// read pixel format and profile.
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

    /// The name of a codec's profile; nil when libavcodec knows none.
    static func name(ofProfile profile: CInt, codec: AVCodecID) -> String? {
        avcodec_profile_name(codec, profile).map { String(cString: $0) }
    }
}
