import Foundation

@testable import MediaFacts

extension MediaFacts {
    /// Facts as the first version wrote them: every property of that version but `content` has a value, and no two values
    /// are equal.
    static let full = MediaFacts(
        container: ContainerFacts(
            family: .mp4, brand: "isom", demuxer: "mov,mp4,m4a,3gp,3g2,mj2", createdAt: "2024-03-01T08:00:00Z"),
        duration: .milliseconds(146_140), durationWithoutJumps: .milliseconds(106_140),
        declaredDuration: .milliseconds(146_160), bytes: 2_230_393,
        video: VideoFacts(
            codec: "h264", profile: "High",
            picture: PictureGeometry(
                codedWidth: 1440, codedHeight: 1080, sampleAspectRatio: Ratio(4, 3) ?? .one,
                orientation: PictureOrientation(clockwiseDegrees: 30, mirrored: true)),
            uncropped: PictureGeometry(
                codedWidth: 1440, codedHeight: 1088, sampleAspectRatio: Ratio(4, 3) ?? .one, orientation: .upright),
            changes: [
                PictureGeometry(codedWidth: 540, codedHeight: 960, sampleAspectRatio: .one, orientation: .upright)
                    .map { PictureChange(at: .seconds(60), picture: $0) }
            ].compactMap(\.self),
            pixelFormat: "yuv420p", frameRate: Ratio(30_000, 1001), bitsPerSecond: 119_000, streams: 2),
        audio: AudioFacts(codec: "aac", sampleRate: 48_000, channels: 2, streams: 3),
        subtitles: [SubtitleFacts(codec: "mov_text", language: "chi"), SubtitleFacts(codec: "ass")],
        integrity: IntegrityFacts(
            videoPackets: 3840, audioPackets: 6850, firstTimestamp: .milliseconds(-40), end: .reached,
            problems: [IntegrityProblem(.corruptPackets, count: 2), IntegrityProblem(.brokenRotation)]),
        sources: ["durationMilliseconds": .packets, "video.frameRate": .stream])

    /// The facts of `full` with the groups that later versions added.
    static let detailed: MediaFacts = {
        var facts = full
        facts.container.layout = ContainerLayout(indexFirst: true, editLists: false, fragments: false)
        facts.video?.signal = VideoSignal(
            scan: .interlaced, fieldOrder: .topFirst, chroma: "4:2:0", bitDepth: 10,
            color: ColorDescription(range: .limited, primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc"))
        facts.video?.coding = VideoCoding(
            level: "4.1", longestKeyframeInterval: .milliseconds(10_040), hasClosedGroups: false,
            rateFluctuation: .milliseconds(2750))
        facts.audio?.format = AudioFormat(
            layout: "5.1(side)", bitDepth: 24, profile: "LC", bitsPerSecond: 128_000, rateFluctuation: .milliseconds(40)
        )
        facts.provenance = Provenance(
            searched: [.metadata, .xmp, .c2pa],
            labels: [
                AILabel(
                    place: .metadata, label: "1", producer: "甲公司", produceID: "PID-****34", propagator: "乙平台",
                    problems: [.doubled]), AILabel(place: .xmp, problems: [.notJSON]),
            ],
            digitalSourceType: "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
            credentials: ContentCredentials(
                isPresent: true, claimGenerator: "tool/1.0", digitalSourceType: "x/trainedAlgorithmicMedia",
                problems: [.brokenClaim]),
            problems: [Provenance.PlaceProblem(.xmp, .contradicting)])
        return facts
    }()

    /// Facts of which only the container and the size are known.
    static let bare = MediaFacts(container: ContainerFacts(family: .other, demuxer: "nut"), bytes: 0)

    /// Facts of a file that has streams about which nothing is known.
    static let vague = MediaFacts(
        container: ContainerFacts(family: .mpegTS, demuxer: "mpegts"), bytes: 1,
        video: VideoFacts(codec: "unknown", picture: nil), audio: AudioFacts(codec: "unknown"),
        subtitles: [SubtitleFacts(codec: "unknown")],
        integrity: IntegrityFacts(problems: [IntegrityProblem(.noVideoPackets)]))

    /// The facts of `full` with a picture of 1920×1080 in another orientation.
    static func turned(_ orientation: PictureOrientation) -> MediaFacts {
        var facts = full
        facts.video?.picture = PictureGeometry(
            codedWidth: 1920, codedHeight: 1080, sampleAspectRatio: .one, orientation: orientation)
        return facts
    }
}

/// The JSON of a value, with sorted keys and without escaped slashes.
func wireText(_ value: some Encodable, isPretty: Bool = false) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// Decodes a value from JSON text.
func decoded<Value: Decodable>(_ type: Value.Type = Value.self, _ text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
}
