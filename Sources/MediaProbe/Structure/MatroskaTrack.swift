/// One track of a Matroska or WebM file, with the fields of its entry that libavformat 5.1 does not report.
///
/// Source: RFC 9559 §5.1.4.1 (TrackEntry).
struct MatroskaTrack: Sendable, Hashable {
    /// TrackNumber; 0 when the entry has none.
    var number: UInt64 = 0
    /// TrackType: 1 video, 2 sound, 17 subtitles; 0 when the entry has none.
    var type: UInt64 = 0
    /// FlagEnabled; `true` when the entry has none.
    var isEnabled = true
    /// FlagDefault; `true` when the entry has none.
    var isDefault = true
    /// CodecID, such as `V_MPEG4/ISO/AVC`; nil when the entry has none, or one longer than 64 bytes.
    var codec: String?
    /// DefaultDuration: length of one frame in nanoseconds; nil when the entry has none or 0.
    var defaultDuration: UInt64?
    /// Whether a ContentEncoding is an encryption (ContentEncodingType 1, RFC 9559 §5.1.4.1.31.6).
    var isEncrypted = false
    /// The fields of the Video element; nil for anything but video.
    var picture: MatroskaPicture?
}
