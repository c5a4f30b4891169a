internal import CFFmpeg

/// The figures of one packet from which time and loss are computed, in ticks of its stream.
struct PacketStamp: Equatable {
    /// Presentation timestamp; nil when the packet has none.
    var presentation: Int64?
    /// Decoding timestamp; nil when the packet has none.
    var decoding: Int64?
    /// The time for which the picture is shown, or libav's guess of it; 0 when unknown.
    var duration: Int64 = 0
    /// Size of the packet in bytes.
    var size: Int64 = 0
    /// Whether decoding can begin here. Source: `AV_PKT_FLAG_KEY`.
    var isKey = false
    /// Whether the packet is decoded but never shown, because it lies before an edit. Source: `AV_PKT_FLAG_DISCARD`.
    var isDiscarded = false
    /// Whether the packet holds one field; two fields make a picture. Source: ITU-T H.264 §7.4.3, `field_pic_flag`.
    var isField = false
    /// Whether the packet holds a picture that other pictures refer to and that is never shown (VP8, VP9).
    var isHidden = false
    /// Whether the packet repeats the picture before it, so that the decoder outputs no picture for it (MPEG-4 N-VOP).
    var isRepeat = false
    /// The scan of the picture; nil when it is not known.
    var scan: PictureScan?

    /// The timestamp at which the packet is shown: its presentation timestamp, else its decoding timestamp (H.264 in
    /// AVI has no presentation timestamps).
    var shown: Int64? { presentation ?? decoding }
}

extension PacketStamp {
    /// Reads timestamps, duration, size and flags of `packet`; an absent timestamp becomes nil.
    init(_ packet: AVPacket) {
        self.init(
            presentation: packet.pts == cff_no_timestamp ? nil : packet.pts,
            decoding: packet.dts == cff_no_timestamp ? nil : packet.dts, duration: max(0, packet.duration),
            size: Int64(packet.size), isKey: packet.isKey, isDiscarded: packet.flags & AV_PKT_FLAG_DISCARD != 0)
    }
}
