/// Facts of one media file, with units. No limit, no contest and no opinion appears here.
///
/// The wire form is `clipcheck.facts/1`. A nil fact could not be established and is written as `null`.
public struct MediaFacts: Sendable, Hashable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.facts/1"

    /// The container that holds the streams.
    public var container: ContainerFacts
    /// True length: the sum of the times for which the pictures of the main video stream are shown, in whole
    /// milliseconds. Where timestamps start over, the parts are added. Nil without video packets or when packets were not
    /// walked.
    public var duration: Duration?
    /// `duration` without jumps of more than 10 s between two pictures; nil when there is no such jump. A viewer sees one
    /// or the other length, depending on the player.
    public var durationWithoutJumps: Duration?
    /// The length that the container's header claims, in whole milliseconds. Nil when the header claims none
    /// (mpeg-ts, mpeg-ps, live recordings).
    public var declaredDuration: Duration?
    /// Size of the file in bytes.
    public var bytes: Int64
    /// The main video stream; nil when the file has none (a cover picture is not video).
    public var video: VideoFacts?
    /// The main audio stream; nil when the file has none.
    public var audio: AudioFacts?
    /// Every subtitle stream, in file order.
    public var subtitles: [SubtitleFacts]
    /// Problems, packet counts and the end of the file, as its packets and structure show them.
    public var integrity: IntegrityFacts
    /// Measurements of decoded pictures and sound; nil when nothing was decoded. The wire form omits a nil content.
    public var content: ContentFacts?
    /// The statements of the file about how it was made; nil when they were not read. The wire form omits a nil
    /// provenance.
    public var provenance: Provenance?
    /// Origin of figures, by their JSON path (`video.frameRate`). A figure that is not listed came from the header.
    public var sources: [String: FactSource]

    /// Makes facts; everything but the container and the size may be absent.
    public init(
        container: ContainerFacts, duration: Duration? = nil, durationWithoutJumps: Duration? = nil,
        declaredDuration: Duration? = nil, bytes: Int64, video: VideoFacts? = nil, audio: AudioFacts? = nil,
        subtitles: [SubtitleFacts] = [],
        integrity: IntegrityFacts = IntegrityFacts(), content: ContentFacts? = nil,
        provenance: Provenance? = nil, sources: [String: FactSource] = [:]
    ) {
        self.container = container
        self.duration = duration
        self.durationWithoutJumps = durationWithoutJumps
        self.declaredDuration = declaredDuration
        self.bytes = bytes
        self.video = video
        self.audio = audio
        self.subtitles = subtitles
        self.integrity = integrity
        self.content = content
        self.provenance = provenance
        self.sources = sources
    }
}

extension MediaFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case schema, container
        case duration = "durationMilliseconds"
        case durationWithoutJumps = "durationWithoutJumpsMilliseconds"
        case declaredDuration = "declaredDurationMilliseconds"
        case bytes, video, audio, subtitles, integrity, content, provenance, sources
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let schema = try values.decode(String.self, forKey: .schema)
        guard schema == Self.schema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema, in: values, debugDescription: "unknown facts schema \(schema)")
        }
        self.init(
            container: try values.decode(ContainerFacts.self, forKey: .container),
            duration: try values.decodeMilliseconds(forKey: .duration),
            durationWithoutJumps: try values.decodeMilliseconds(forKey: .durationWithoutJumps),
            declaredDuration: try values.decodeMilliseconds(forKey: .declaredDuration),
            bytes: try values.decode(Int64.self, forKey: .bytes),
            video: try values.decodeIfPresent(VideoFacts.self, forKey: .video),
            audio: try values.decodeIfPresent(AudioFacts.self, forKey: .audio),
            subtitles: try values.decode([SubtitleFacts].self, forKey: .subtitles),
            integrity: try values.decode(IntegrityFacts.self, forKey: .integrity),
            content: try values.decodeIfPresent(ContentFacts.self, forKey: .content),
            provenance: try values.decodeIfPresent(Provenance.self, forKey: .provenance),
            sources: try values.decodeIfPresent([String: FactSource].self, forKey: .sources) ?? [:])
    }

    /// Writes the wire form; absent facts become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(Self.schema, forKey: .schema)
        try values.encode(container, forKey: .container)
        try values.encode(duration?.wholeMilliseconds, forKey: .duration)
        try values.encode(durationWithoutJumps?.wholeMilliseconds, forKey: .durationWithoutJumps)
        try values.encode(declaredDuration?.wholeMilliseconds, forKey: .declaredDuration)
        try values.encode(bytes, forKey: .bytes)
        try values.encode(video, forKey: .video)
        try values.encode(audio, forKey: .audio)
        try values.encode(subtitles, forKey: .subtitles)
        try values.encode(integrity, forKey: .integrity)
        try values.encodeIfPresent(content, forKey: .content)
        try values.encodeIfPresent(provenance, forKey: .provenance)
        try values.encode(sources, forKey: .sources)
    }
}

extension MediaFacts {
    /// Bits a second of the whole file: its bytes over the true length; nil without a length above zero. The figure has
    /// no key in the wire form, which has both of its terms.
    public var bitsPerSecond: Int64? {
        guard let seconds = duration?.seconds, seconds > 0 else { return nil }
        let bits = (Double(bytes) * 8 / seconds).rounded()
        return Int64(exactly: bits).flatMap { FactBounds.bitRates.contains($0) ? $0 : nil }
    }

    /// The shapes of the picture and the time ranges in which they are shown, in order of time; the last range ends with
    /// the film. Empty when the picture's size is unknown.
    public var shapes: [(when: TimeRange, picture: PictureGeometry)] {
        guard let video, let first = video.picture else { return [] }
        let starts = [PictureChange(at: .zero, picture: first)] + video.changes
        return starts.indices.map { index in
            let isLast = index + 1 == starts.count
            let end = isLast ? max(duration ?? .zero, starts[index].at) : starts[index + 1].at
            return (TimeRange(start: starts[index].at, end: end), starts[index].picture)
        }
    }
}

extension KeyedDecodingContainer {
    /// Reads an optional whole number of milliseconds.
    func decodeMilliseconds(forKey key: Key) throws -> Duration? {
        try decodeIfPresent(Int64.self, forKey: key).map { .milliseconds($0) }
    }
}
