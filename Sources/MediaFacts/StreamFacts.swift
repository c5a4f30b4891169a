/// The main audio stream: the default one, else the first.
public struct AudioFacts: Sendable, Hashable {
    /// Name of the codec, as FFmpeg writes it (`aac`).
    public var codec: String
    /// Sample rates and channel counts that can be true; the finest DSD recordings have some 3 million samples a second.
    public static let plausibleFigures = 1...(1 << 24)

    /// Samples a second; nil when the stream does not say, or says what cannot be.
    public var sampleRate: Int?
    /// Number of channels; nil when the stream does not say, or says what cannot be.
    public var channels: Int?
    /// Number of audio streams in the file; one or more.
    public var streams: Int

    /// Makes audio facts.
    public init(codec: String, sampleRate: Int? = nil, channels: Int? = nil, streams: Int = 1) {
        self.codec = codec
        self.sampleRate = sampleRate
        self.channels = channels
        self.streams = streams
    }
}

extension AudioFacts: Codable {
    private enum CodingKeys: String, CodingKey { case codec, sampleRate, channels, streams }

    /// Writes the wire form; absent facts become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(codec, forKey: .codec)
        try values.encode(sampleRate, forKey: .sampleRate)
        try values.encode(channels, forKey: .channels)
        try values.encode(streams, forKey: .streams)
    }
}

/// One subtitle stream.
public struct SubtitleFacts: Sendable, Hashable {
    /// Name of the codec, as FFmpeg writes it (`mov_text`).
    public var codec: String
    /// Language tag as the file gives it (`chi`), at most 35 characters; nil when it gives none.
    public var language: String?

    /// Makes subtitle facts.
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
