internal import CFFmpeg
internal import MediaFacts

/// Reads the stamps of one video stream's packets, with the scan of their pictures, and marks those that hold a field, a
/// hidden picture or a repeat.
struct StampReader {
    private let stream: UnsafeMutablePointer<AVStream>
    private let codec: AVCodecID
    /// Whether libav splits the stream into packets of single fields. In ISO files and Matroska one packet holds both
    /// fields.
    private let splitsFields: Bool
    /// Whether the newest packet holds a field, according to the parser.
    private var isField = false
    /// The scan of the newest packet's picture, according to the parser.
    private var scan: PictureScan?
    private let tellsScan: Bool

    /// - Parameter family: family of the container.
    init(_ stream: UnsafeMutablePointer<AVStream>, in family: ContainerFamily) {
        self.stream = stream
        codec = stream.pointee.codecpar.pointee.codec_id
        tellsScan = PictureScan.isTold(byParserOf: codec)
        splitsFields = [.mpegTS, .mpegPS, .mpegES, .other].contains(family)
    }

    /// The stamp of `packet`, which must be the packet that the demuxer read last.
    ///
    /// - Parameter isOutline: whether the packet's data was not read.
    mutating func stamp(_ packet: UnsafeMutablePointer<AVPacket>, isOutline: Bool = false) -> PacketStamp {
        var stamp = PacketStamp(packet.pointee)
        if tellsScan, !isOutline { readParser() }
        stamp.isField = isField
        stamp.scan = isOutline ? nil : scan
        if packet.pointee.size == 0 { stamp.isRepeat = true }
        if !isOutline, let data = packet.pointee.data, packet.pointee.size > 0 {
            let size = Int(packet.pointee.size)
            stamp.isHidden = Self.isHidden(data[0], last: data[size - 1], codec)
            stamp.isRepeat = Self.isRepeat(size: size, codec)
        }
        return stamp
    }

    /// Takes over the kind of picture that the parser found. libav closes the parser before it returns the last packet, so
    /// that packet keeps the kind of the one before.
    private mutating func readParser() {
        guard let parser = av_stream_get_parser(stream) else { return }
        scan = PictureScan(parser, holdsBothFields: !splitsFields)
        guard splitsFields, codec == AV_CODEC_ID_H264 else { return }
        switch parser.pointee.picture_structure {
        case AV_PICTURE_STRUCTURE_TOP_FIELD, AV_PICTURE_STRUCTURE_BOTTOM_FIELD: isField = true
        case AV_PICTURE_STRUCTURE_FRAME: isField = false
        default: break
        }
    }

    /// Whether a packet holds only a picture that is never shown. Its first and its last byte decide.
    ///
    /// Source: RFC 6386 §9.1 (VP8, `show_frame`); VP9 bitstream specification §6.2 (`show_existing_frame`, `show_frame`)
    /// and annex B: a packet that ends in a superframe index holds a shown picture behind the hidden one.
    static func isHidden(_ first: UInt8, last: UInt8, _ codec: AVCodecID) -> Bool {
        switch codec {
        case AV_CODEC_ID_VP8: return first & 0x10 == 0
        case AV_CODEC_ID_VP9:
            // Profile 3 has a reserved bit before the flags.
            let isProfile3 = first & 0x30 == 0x30
            let (showsExisting, shows) = isProfile3 ? (first & 0x04, first & 0x01) : (first & 0x08, first & 0x02)
            return first >> 6 == 2 && last & 0xe0 != 0xc0 && showsExisting == 0 && shows == 0
        default: return false
        }
    }

    /// Whether a packet repeats the picture before it. libavcodec takes MPEG-4 packets of at most 19 bytes for pictures
    /// that are not coded (N-VOP), and an empty packet is a repeat in every codec (Theora, AVI).
    static func isRepeat(size: Int, _ codec: AVCodecID) -> Bool {
        size == 0 || codec == AV_CODEC_ID_MPEG4 && size <= 19
    }
}
