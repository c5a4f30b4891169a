public import MediaFacts

/// Facts that differ from those of an ordinary clip: 1920×1080, 150 s, 25 frames a second, H.264 and AAC in MP4, decoded
/// without a fault.
public struct NoticeSample: Sendable, Decodable {
    private var family: String?
    private var seconds: Double?
    private var megabytes: Double?
    private var size: String?
    private var pixelShape: String?
    private var rate: String?
    private var codec: String?
    private var profile: String?
    private var level: String?
    private var kilobits: Int64?
    private var scan: String?
    private var chroma: String?
    private var bits: Int?
    private var keyframeSeconds: Double?
    private var bPictures: Int?
    private var disabledTracks: Bool?
    private var soundCodec: String?
    private var soundProfile: String?
    private var soundRate: Int?
    private var channels: Int?
    private var layout: String?
    private var soundKilobits: Int64?
    private var soundBits: Int?
    /// Unevenness of the sound's bit rate, in seconds.
    private var soundFluctuation: Double?
    private var loudness: Double?
    private var peak: Double?
    /// Left, top, width and height of the part inside black bars.
    private var bars: [Int]?
    private var blackSeconds: Double?
    private var damaged: Bool?

    /// The facts; an empty text or a zero stands for an absent fact.
    public var facts: MediaFacts {
        let length = Duration.seconds(seconds ?? 150)
        let (width, height) = pictureSize
        var facts = MediaFacts.sample(
            family: ContainerFamily(rawValue: family ?? "mp4"), duration: length, declared: length,
            bytes: Int64((megabytes ?? 12) * 1_000_000), width: width, height: height,
            pixelShape: pixelShape.flatMap { Ratio(text: $0) } ?? .one, frameRate: Ratio(text: rate ?? "25/1"),
            bitsPerSecond: (kilobits ?? 600) * 1000)
        facts.video?.codec = codec ?? "h264"
        facts.video?.profile = known(profile ?? "High")
        facts.video?.signal = VideoSignal(
            scan: ScanType(rawValue: scan ?? "progressive"), chroma: chroma ?? "4:2:0", bitDepth: bits ?? 8,
            color: ColorDescription(range: .limited, primaries: "bt709", transfer: "bt709", matrix: "bt709"))
        facts.video?.coding = VideoCoding(
            level: known(level ?? "4.0"), longestKeyframeInterval: .seconds(keyframeSeconds ?? 10),
            hasClosedGroups: true, longestBPictureRun: bPictures ?? 2, rateFluctuation: .seconds(8))
        facts.container.layout = ContainerLayout(
            indexFirst: true, editLists: false, fragments: false, disabledTracks: disabledTracks ?? false)
        facts.audio = audio
        let picture = facts.video?.picture
        facts.content = content(picture?.displayWidth ?? width, picture?.displayHeight ?? height)
        return facts
    }

    private var pictureSize: (width: Int, height: Int) {
        let sides = (size ?? "1920x1080").split(separator: "x").compactMap { Int($0) }
        return sides.count == 2 ? (sides[0], sides[1]) : (0, 0)
    }

    private var audio: AudioFacts {
        AudioFacts(
            codec: soundCodec ?? "aac", sampleRate: soundRate ?? 48_000, channels: channels ?? 2,
            format: AudioFormat(
                layout: layout ?? "stereo", bitDepth: soundBits.flatMap { $0 > 0 ? $0 : nil },
                profile: known(soundProfile ?? "LC"), bitsPerSecond: (soundKilobits ?? 128) * 1000,
                rateFluctuation: .seconds(soundFluctuation ?? 0.04)))
    }

    private func content(_ width: Int, _ height: Int) -> ContentFacts {
        let whole = TimeRange(start: .zero, end: .seconds(seconds ?? 150))
        let inside = bars?.count == 4 ? bars ?? [] : [0, 0, width, height]
        return ContentFacts(
            depth: .standard,
            picture: PictureContent(
                framesExamined: 200, frames: 3750,
                black: blackSeconds.map { [TimeRange(start: .seconds(5), end: .seconds(5 + $0))] } ?? [],
                active: [ActivePicture(when: whole, x: inside[0], y: inside[1], width: inside[2], height: inside[3])],
                damagedFrames: damaged == true ? 5 : 0),
            sound: SoundContent(loudness: loudness ?? -20, truePeak: peak ?? -2))
    }

    private func known(_ text: String) -> String? { text.isEmpty ? nil : text }
}
