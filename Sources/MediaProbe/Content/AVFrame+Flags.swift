internal import CFFmpeg

extension AVFrame {
    /// Whether the picture refers to no other picture. Source: `AV_FRAME_FLAG_KEY`.
    var isKeyframe: Bool { withUnsafePointer(to: self) { cff_is_keyframe($0) != 0 } }
}
