/// The codec of a video tag of an FLV file.
enum FLVVideoCodec: Sendable, Hashable {
    /// CodecID 7.
    case h264
    /// CodecID 12: several Chinese services use this value for HEVC; the specification does not define it.
    case hevc
    /// Any other CodecID, 0...15.
    case other(Int)
    /// A code of the enhanced format, such as `hvc1`, `av01`, `vp09` or `avc1`.
    case fourCC(String)

    /// Whether the codec is HEVC, written as CodecID 12 or as `hvc1`.
    var isHEVC: Bool { self == .hevc || self == .fourCC("hvc1") }

    /// Reads the first byte of a video tag; nil for a command, which has no picture, and for an enhanced tag whose code
    /// is cut short or stands behind extensions (packet type 7).
    ///
    /// - Parameters:
    ///   - first: First byte of the tag's body: enhanced format (bit 7), kind of frame (3 or 4 bits), codec or packet
    ///     type (4 bits).
    ///   - fourCC: Four-character code of an enhanced tag.
    init?(first: UInt8, fourCC: [UInt8]?) {
        let isEnhanced = first & 0x80 != 0
        let low = Int(first & 0x0f)
        guard first >> 4 & 0x07 != 5 else { return nil }
        switch (isEnhanced, low) {
        case (true, 7): return nil
        case (true, _):
            guard let fourCC else { return nil }
            self = .fourCC(fourCC.fourCharacterCode)
        case (false, 7): self = .h264
        case (false, 12): self = .hevc
        case (false, _): self = .other(low)
        }
    }
}
