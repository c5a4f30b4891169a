/// A fact for which our value differs from ffprobe's, or for which ffprobe and MediaInfo differ: our value and the
/// reason. Each was decided from the packets of the file.
struct Decision: Sendable {
    let file: String
    let fact: String
    /// Our value, as JSON text.
    let ours: String
    let why: String

    init(_ file: String, _ fact: String, _ ours: String, _ why: String) {
        self.file = file
        self.fact = fact
        self.ours = ours
        self.why = why
    }
}

enum Decisions {
    static let all: [Decision] = length + declared + rate + picture + problems + errors + codecs

    private static let length = [
        Decision(
            "media__sample_edit_list.mp4", "durationMilliseconds", "2568",
            "The edit list begins 0.47 s in: 9 packets are flagged for decoding only. A viewer sees 2.57 s; both tools' headers say 2.548."
        ),
        Decision(
            "media__sample_edit_list.mp4", "integrity.videoPackets", "77",
            "86 packets less the 9 that are decoded but never shown."),
        Decision(
            "media__sample.flv", "durationMilliseconds", "1000",
            "30 frames of 33 ms; libav guesses 1 ms for the last one. MediaInfo says 1.000."),
        Decision(
            "tika__testFLV.flv", "durationMilliseconds", "1167",
            "The last of 28 frames lasts 42 ms as all do; MediaInfo and the header say 1.167."),
        Decision(
            "tika__testWMV.wmv", "durationMilliseconds", "5000",
            "25 frames of 200 ms; the packet walk of the truth leaves out the last one's. Both tools' headers say 5.0."),
        Decision(
            "torchcodec__nasa_13013.mp4", "durationMilliseconds", "13013",
            "Two default video streams: the longer is judged (13.013 s, 390 packets at 29.97); ffprobe reports the first."
        ),
        Decision("torchcodec__nasa_13013.mp4", "integrity.videoPackets", "390", "As above."),
        Decision(
            "tika__testASF.asf", "durationMilliseconds", "14516",
            "Two video streams, neither default: the longer is judged (14.516 s), not the first (14.116 s)."),
        Decision("tika__testASF.asf", "integrity.videoPackets", "87", "As above."),
        Decision(
            "media__sample_with_ass_subtitles.mkv", "durationMilliseconds", "1000",
            "30 pictures, 33 ms apart; nothing states the last one's duration, and libav's guess is a millisecond."),
        Decision("media__sample_with_srt.mkv", "durationMilliseconds", "1000", "As above."),
        Decision(
            "media__invalid-bitstream.webm", "integrity.videoPackets", "43",
            "Eight of 51 packets bear the flag of a picture that is never shown; the decoder refuses most of all."),
        Decision(
            "media__invalid-bitstream.webm", "durationMilliseconds", "1960", "As above: what is shown ends there."),
        Decision(
            "libwebm__invalid_vp9_bitstream-bug_1416.webm", "durationMilliseconds", "0",
            "A single packet without duration: there is a span, of nothing."),
    ]

    private static let declared = [
        Decision(
            "media__sample_fragmented.mp4", "declaredDurationMilliseconds", "143165577",
            "The header's nonsense, from the video track; ffprobe takes the audio track's. The packets span 1.001 s."),
        Decision(
            "tika__testASF.asf", "declaredDurationMilliseconds", "14976",
            "The header's play time as MediaInfo has it; ffprobe adds what it finds at the end of the file."),
        Decision(
            "media__sample_h262_mpeg_audio.ts", "declaredDurationMilliseconds", "null",
            "A transport stream declares no length; ffprobe's 0.111 and MediaInfo's 0.067 are estimates."),
        Decision(
            "media__sample_h264.ts", "declaredDurationMilliseconds", "null", "Likewise: 1.000 and 0.900 are estimates."),
        Decision(
            "media__sample_h265.ts", "declaredDurationMilliseconds", "null", "Likewise: 1.000 and 0.900 are estimates."),
        Decision(
            "streamio-ffmpeg__weird_aspect.small.mpg", "declaredDurationMilliseconds", "null",
            "A program stream declares no length."),
    ]

    private static let rate = [
        Decision(
            "lifelog-agent__ios-recording.mov", "video.frameRate", "\"79/702\"",
            "Three packets in 26.66 s; ffprobe divides by the track's 25.66 s."),
        Decision(
            "media__sample.flv", "video.frameRate", "\"30000/1001\"",
            "The header claims 1000 frames a second; 30 packets lie 33 ms apart."),
        Decision(
            "media__sample_edit_list.mp4", "video.frameRate", "\"30000/1001\"",
            "What is shown comes at 29.97; ffprobe counts the frames before the edit as well."),
        Decision(
            "media__sample_with_ass_subtitles.mkv", "video.frameRate", "\"30/1\"",
            "No default duration; ffprobe's 1000 is the time base. 30 packets, a thirtieth of a second apart."),
        Decision("media__sample_with_srt.mkv", "video.frameRate", "\"30/1\"", "As above."),
        Decision(
            "tika__testASF.asf", "video.frameRate", "\"4531/756\"", "ffprobe gives none; 87 packets in 14.516 s."),
        Decision("libwebm__invalid_vp9_bitstream-bug_1416.webm", "video.frameRate", "null", "One packet has no rate."),
        Decision("torchcodec__nasa_13013.mp4", "video.frameRate", "\"30000/1001\"", "The longer stream's."),
    ]

    private static let picture = [
        Decision("torchcodec__nasa_13013.mp4", "video.codedWidth", "480", "The longer stream's."),
        Decision("torchcodec__nasa_13013.mp4", "video.codedHeight", "270", "The longer stream's."),
        Decision("torchcodec__nasa_13013.mp4", "video.displayWidth", "480", "The longer stream's."),
        Decision("torchcodec__nasa_13013.mp4", "video.displayHeight", "270", "The longer stream's."),
        Decision(
            "lifelog-agent__demo-video-v2.mp4", "video.pixelFormat", "\"yuv420p\"",
            "ffprobe's yuvj420p is the same layout with full range, a name that FFmpeg itself calls deprecated."),
        Decision("format-corpus__xdcam-hd-1080p24.mov", "video.codedWidth", "1416", clap),
        Decision("format-corpus__xdcam-hd-1080p24.mov", "video.codedHeight", "1062", clap),
        Decision("format-corpus__xdcam-hd-1080p24.mov", "video.displayWidth", "1888", clap),
        Decision("format-corpus__xdcam-hd-1080p24.mov", "video.displayHeight", "1062", clap),
        Decision("format-corpus__xdcam-hd-1080p24.mov", "problems", "container-cropping", clap),
        Decision(
            "codesentinel__walkthrough.webm", "video.profile", "null",
            "VP8 profile 0 has no name; ffprobe prints the number."),
    ]

    private static let clap =
        "The clean aperture is 1416×1062 of 1440×1080 samples; neither tool reads the box, and players differ."

    private static let problems = [
        Decision(
            "libwebm__block_ends_beyond_cluster.mkv", "problems", "truncated",
            "The segment's size points past the end; MediaInfo agrees."),
        Decision(
            "libwebm__invalid_vp9_bitstream-bug_1416.webm", "problems", "truncated",
            "The segment's size points past the end."),
        Decision(
            "mp4parse-rust__invalid_userdata.mp4", "problems", "truncated,no-video-packets",
            "The index lists 10,966 samples; the file holds none of their data."),
        Decision(
            "media__sample_mdat_too_long.mp4", "problems", "wrong-length-field",
            "mdat claims too much, but every sample of the index is there and decodes; MediaInfo calls it truncated."),
        Decision(
            "media__bbb_176x144_128kbps_15fps_h263.3gp", "problems", "pixel-shape-contradiction",
            "The box says 1:1, the H.263 header 12:11; both tools and players follow the box."),
        Decision(
            "lifelog-agent__demo-video-v2.mp4", "problems", "timestamp-gaps",
            "A screen recording that rests for seconds on a picture: true, and no damage."),
        Decision("mediabunny__cursed-vfr.mp4", "problems", "timestamp-gaps", "Likewise."),
        Decision(
            "lifelog-agent__ios-recording.mov", "problems", "timestamp-gaps",
            "Three pictures, the second of which is held for 25 s; the usual step is a fifth of a second."),
        Decision("tika__testASF.asf", "problems", "timestamp-gaps", "Likewise."),
    ]

    /// Expected errors. MediaInfo calls each of these files readable, because it reports any header that it finds.
    private static let errors = [
        Decision("PHP-FFMpeg__WrongFile.mp4", "error", "damaged", "No moov box: not one packet can be found."),
        Decision("lifelog-agent__ios-app-demo.mov", "error", "damaged", "No moov box: not one packet can be found."),
        Decision("streamio-ffmpeg__broken.mp4", "error", "damaged", "No moov box: not one packet can be found."),
        Decision("mp4ff__init_truncated.mp4", "error", "damaged", "The moov box is cut: no stream can be set up."),
        Decision(
            "photon__reel1.mxf", "error", "damaged",
            "FFmpeg 5.1 cannot open this variant, so there are no packets to judge by; a typed error, not a guess."),
        Decision(
            "streamio-ffmpeg__empty.flv", "error", "not-media",
            "A header of thirteen bytes that announces streams and holds none; less than a demuxer recognises."),
    ]

    /// Codec names. FFmpeg's names are used, because they distinguish Microsoft's MPEG-4 variants and MediaInfo's do
    /// not.
    private static let codecs = [
        Decision(
            "libwebm__block_ends_beyond_cluster.mkv", "video.codec", "\"msmpeg4v3\"", "FOURCC DIV3, not ISO MPEG-4."),
        Decision("tika__testASF.asf", "video.codec", "\"msmpeg4v2\"", "FOURCC MP42, not ISO MPEG-4."),
    ]
}
