/// The main audio stream: of the main video's programme, a stream that can be decoded, of several the default one, else
/// the first.
public struct AudioFacts: Sendable, Hashable {
    /// Name of the codec, as FFmpeg writes it (`aac`).
    public var codec: String
    /// Plausible sample rates and channel counts. The finest DSD recordings have some 3 million samples a second.
    public static let plausibleFigures = 1...(1 << 24)

    /// Samples a second; nil when the stream states none, or one outside `plausibleFigures`.
    public var sampleRate: Int?
    /// Number of channels; nil when the stream states none, or one outside `plausibleFigures`.
    public var channels: Int?
    /// Number of audio streams in the file; one or more.
    public var streams: Int
    /// Form of the samples and bit rate; nil in documents of early versions. The wire form omits a nil format.
    public var format: AudioFormat?

    /// Makes audio facts; a nil figure is unknown.
    public init(
        codec: String, sampleRate: Int? = nil, channels: Int? = nil, streams: Int = 1, format: AudioFormat? = nil
    ) {
        self.codec = codec
        self.sampleRate = sampleRate
        self.channels = channels
        self.streams = streams
        self.format = format
    }
}

extension AudioFacts: Codable {
    private enum CodingKeys: String, CodingKey { case codec, sampleRate, channels, streams, format }

    /// Writes the wire form; absent facts become `null`, an absent format is omitted.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(codec, forKey: .codec)
        try values.encode(sampleRate, forKey: .sampleRate)
        try values.encode(channels, forKey: .channels)
        try values.encode(streams, forKey: .streams)
        try values.encodeIfPresent(format, forKey: .format)
    }
}

/// One subtitle stream.
public struct SubtitleFacts: Sendable, Hashable {
    /// Name of the codec, as FFmpeg writes it (`mov_text`).
    public var codec: String
    /// Language tag as the file gives it (`chi`), at most 35 code points; nil when the file gives none or `und`
    /// (undetermined).
    public var language: String?

    /// Makes subtitle facts; a nil language is unknown.
    public init(codec: String, language: String? = nil) {
        self.codec = codec
        self.language = language
    }
}

extension SubtitleFacts: Codable {
    private enum CodingKeys: String, CodingKey { case codec, language }

    /// Writes the wire form; absent facts become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(codec, forKey: .codec)
        try values.encode(language, forKey: .language)
    }
}
