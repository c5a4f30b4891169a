internal import CFFmpeg

/// The linked FFmpeg libraries.
enum FFmpegLibrary {
    /// Versions by library name. Source: `avformat_version()` and its siblings, packed as `major << 16 | minor << 8 |
    /// micro`.
    static let versions: [String: String] = [
        "libavformat": text(avformat_version()),
        "libavcodec": text(avcodec_version()),
        "libavutil": text(avutil_version()),
    ]

    /// Switches off libav's log when first read. Facts report what libav finds, and its log lines would quote hostile
    /// text.
    static let silenced: Void = av_log_set_level(AV_LOG_QUIET)

    private static func text(_ packed: UInt32) -> String {
        "\(packed >> 16).\(packed >> 8 & 0xff).\(packed & 0xff)"
    }
}
