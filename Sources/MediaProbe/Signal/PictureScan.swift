internal import CFFmpeg
internal import MediaFacts

/// The scan of one picture.
enum PictureScan: Equatable {
    /// The picture is a frame.
    case progressive
    /// The picture consists of two fields, of which that with the topmost line is shown first.
    case topFirst
    /// The picture consists of two fields, of which that with the second line is shown first.
    case bottomFirst
    /// The picture is a field or consists of two fields; their order is not known.
    case interlaced

    /// The scan that libav's field order stands for; nil for an unknown one.
    ///
    /// libav names the field that is coded first, then the field that is shown first. Source: `AVFieldOrder`.
    init?(_ order: AVFieldOrder) {
        switch order {
        case AV_FIELD_PROGRESSIVE: self = .progressive
        case AV_FIELD_TT, AV_FIELD_BT: self = .topFirst
        case AV_FIELD_BB, AV_FIELD_TB: self = .bottomFirst
        default: return nil
        }
    }

    /// The scan of the picture that a parser found last; nil when the parser does not tell it.
    ///
    /// - Parameter holdsBothFields: whether a packet holds both fields of a picture. The parser then reports the first.
    init?(_ parser: UnsafePointer<AVCodecParserContext>, holdsBothFields: Bool) {
        let order = PictureScan(parser.pointee.field_order)
        switch parser.pointee.picture_structure {
        case AV_PICTURE_STRUCTURE_TOP_FIELD: self = order ?? (holdsBothFields ? .topFirst : .interlaced)
        case AV_PICTURE_STRUCTURE_BOTTOM_FIELD: self = order ?? (holdsBothFields ? .bottomFirst : .interlaced)
        default:
            guard let order else { return nil }
            self = order
        }
    }

    /// The field that is shown first; nil for a progressive picture and where it is not known.
    var fieldOrder: FieldOrder? {
        switch self {
        case .topFirst: .topFirst
        case .bottomFirst: .bottomFirst
        case .progressive, .interlaced: nil
        }
    }

    /// Whether the codec's parser tells the scan of every picture. That of HEVC writes another value into the field.
    static func isTold(byParserOf codec: AVCodecID) -> Bool {
        [AV_CODEC_ID_H264, AV_CODEC_ID_MPEG2VIDEO, AV_CODEC_ID_VC1].contains(codec)
    }

    /// Whether the codec has no fields, or none that libavcodec decodes, so that every picture is a frame.
    static func isAlwaysProgressive(_ codec: AVCodecID) -> Bool {
        [
            AV_CODEC_ID_AV1, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9, AV_CODEC_ID_VP6F, AV_CODEC_ID_THEORA, AV_CODEC_ID_H263,
            AV_CODEC_ID_FLV1, AV_CODEC_ID_MPEG1VIDEO, AV_CODEC_ID_MSMPEG4V3, AV_CODEC_ID_WMV1, AV_CODEC_ID_WMV2,
            AV_CODEC_ID_WMV3,
        ].contains(codec)
    }
}
