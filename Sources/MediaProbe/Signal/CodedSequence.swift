internal import CFFmpeg
internal import MediaFacts

/// Scan, colours and level as the sequence header of the coded stream states them for all pictures.
struct CodedSequence {
    /// The level, where it is more exact than the parser's.
    private(set) var level: String?
    /// The scan of all pictures; nil when the header leaves it open.
    private(set) var scan: ScanType?
    /// The colour description; nil when the header was not read for it.
    private(set) var color: ColorDescription?

    /// Reads the sequence header; no picture is decoded.
    ///
    /// - Parameters:
    ///   - packet: the first packet of `stream`. It holds the sequence header where the container holds none.
    ///   - decoder: a context that has parsed `packet`.
    init(
        _ stream: UnsafeMutablePointer<AVStream>, _ packet: UnsafeMutablePointer<AVPacket>,
        decoder: UnsafeMutablePointer<AVCodecContext>
    ) {
        let parameters = stream.pointee.codecpar
        let configuration = Self.configuration(parameters?.pointee, packet.pointee)
        switch decoder.pointee.codec_id {
        case AV_CODEC_ID_H264:
            let unit = ParameterSetUnits.sequence(in: configuration, .h264)
            if let sequence = unit.flatMap({ H264Sequence(unit: $0) }) { read(sequence) }
        case AV_CODEC_ID_HEVC:
            let sequence = ParameterSetUnits.sequence(in: configuration, .hevc).flatMap { HEVCSequence(unit: $0) }
            (scan, color) = (sequence?.scan, sequence?.color)
        case AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MPEG2VIDEO: color = ColorDescription(decoder.pointee)
        case AV_CODEC_ID_MPEG4:
            color = ColorDescription(decoder.pointee)
            // The simple profile (0) has no interlaced coding. Source: ISO/IEC 14496-2 table 9-1.
            scan = decoder.pointee.profile == 0 ? .progressive : nil
        default: break
        }
    }

    private mutating func read(_ sequence: H264Sequence) {
        level = CodecLevel.text(
            CInt(sequence.level), of: AV_CODEC_ID_H264, isConstrainedBySet3: sequence.isConstrainedBySet3)
        scan = sequence.hasFramesOnly ? .progressive : nil
        color = sequence.color
    }

    /// The container's decoder configuration, else the packet. Source: `AVCodecParameters.extradata`.
    private static func configuration(
        _ parameters: AVCodecParameters?, _ packet: AVPacket
    ) -> UnsafeBufferPointer<UInt8> {
        if let data = parameters?.extradata, let size = parameters?.extradata_size, size > 0 {
            return UnsafeBufferPointer(start: data, count: Int(size))
        }
        return UnsafeBufferPointer(start: packet.data, count: packet.data == nil ? 0 : Int(max(0, packet.size)))
    }
}
