internal import CFFmpeg

/// The level of a codec's profile as text.
enum CodecLevel {
    /// `4.1` for libav's number of a level; nil for a number that the standard does not define, and for codecs whose levels
    /// are no numbers.
    ///
    /// Sources: ITU-T H.264 §A.3 (ten times the number; 9 is 1b), H.265 §A.4 (30 times), AV1 bitstream specification §A.3
    /// (from 0 for 2.0, four for each whole number).
    ///
    /// - Parameter isConstrainedBySet3: H.264's `constraint_set3_flag`, which makes 1.1 mean 1b in some profiles.
    static func text(_ level: CInt, of codec: AVCodecID, isConstrainedBySet3: Bool = false) -> String? {
        switch codec {
        case AV_CODEC_ID_H264:
            if level == 9 || level == 11 && isConstrainedBySet3 { return "1b" }
            return h264.contains(level) ? "\(level / 10).\(level % 10)" : nil
        case AV_CODEC_ID_HEVC: return hevc.contains(level) ? "\(level / 30).\(level % 30 / 3)" : nil
        case AV_CODEC_ID_AV1: return (0..<24).contains(level) ? "\(2 + level / 4).\(level % 4)" : nil
        default: return nil
        }
    }

    private static let h264: Set<CInt> = [
        10, 11, 12, 13, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 52, 60, 61, 62,
    ]
    private static let hevc: Set<CInt> = [30, 60, 63, 90, 93, 120, 123, 150, 153, 156, 180, 183, 186]
}
