/// The way in which a video is coded: level, groups of pictures and evenness of the bit rate.
///
/// A member is nil when it is not known. The wire form omits nil members.
public struct VideoCoding: Sendable, Hashable {
    /// Level of the profile as its standard writes it, with one decimal: `4.1`, `4.0`; `1b` in H.264. Nil for codecs whose
    /// levels are no numbers, and where none is signalled. Source: `AVCodecContext.level`; ITU-T H.264 §A.3, H.265 §A.4,
    /// AV1 bitstream specification §A.3.
    public var level: String?
    /// The longest time from one keyframe to the next or to the end of the film, and from the first picture to the first
    /// keyframe. Nil without keyframes or timestamps, and when packets were not walked. Source: `AV_PKT_FLAG_KEY` of every
    /// packet.
    public var longestKeyframeInterval: Duration?
    /// Whether every group of pictures can be decoded without the one before it; nil where the packets do not tell it.
    ///
    /// A leading picture follows a keyframe in the file and is shown before it. Without leading pictures all groups are
    /// closed. With them, groups of H.264 are open; in other codecs a leading picture need not refer to the group before,
    /// so the answer is nil. Source: the order of the presentation timestamps of all packets.
    public var hasClosedGroups: Bool?
    /// The greatest number of pictures in a row, in the order of the file, that are shown before a picture which precedes
    /// them in the file: B-pictures between two others, 2 for the pattern IBBP, 0 without B-pictures. Nil where a packet has
    /// no presentation timestamp, and when packets were not walked. Source: the presentation timestamps of all packets.
    public var longestBPictureRun: Int?
    /// Unevenness of the bit rate: the time for which data at the average rate must wait in a buffer so that the stream
    /// passes at a constant rate. Nil for streams of less than ten seconds, and when packets were not walked. Source: sizes
    /// of all packets, summed over every second.
    public var rateFluctuation: Duration?

    /// Whether every picture follows the one before after the same time, to one millisecond. Nil for fewer than three pictures, and when packets were not walked. Source: the steps between the
    /// timestamps of all packets.
    public var hasConstantFrameRate: Bool?

    /// Makes a description of the coding; nil is unknown.
    public init(
        level: String? = nil, longestKeyframeInterval: Duration? = nil, hasClosedGroups: Bool? = nil,
        longestBPictureRun: Int? = nil, rateFluctuation: Duration? = nil, hasConstantFrameRate: Bool? = nil
    ) {
        self.level = level
        self.longestKeyframeInterval = longestKeyframeInterval
        self.hasClosedGroups = hasClosedGroups
        self.longestBPictureRun = longestBPictureRun
        self.rateFluctuation = rateFluctuation
        self.hasConstantFrameRate = hasConstantFrameRate
    }
}

extension VideoCoding: Codable {
    private enum CodingKeys: String, CodingKey {
        case level
        case longestKeyframeInterval = "longestKeyframeIntervalMilliseconds"
        case hasClosedGroups = "closedGroups"
        case longestBPictureRun
        case rateFluctuation = "rateFluctuationMilliseconds"
        case hasConstantFrameRate = "constantFrameRate"
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            level: try values.decodeIfPresent(String.self, forKey: .level),
            longestKeyframeInterval: try values.decodeMilliseconds(forKey: .longestKeyframeInterval),
            hasClosedGroups: try values.decodeIfPresent(Bool.self, forKey: .hasClosedGroups),
            longestBPictureRun: try values.decodeIfPresent(Int.self, forKey: .longestBPictureRun),
            rateFluctuation: try values.decodeMilliseconds(forKey: .rateFluctuation),
            hasConstantFrameRate: try values.decodeIfPresent(Bool.self, forKey: .hasConstantFrameRate))
    }

    /// Writes the wire form; absent facts are omitted.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(level, forKey: .level)
        try values.encodeIfPresent(longestKeyframeInterval?.wholeMilliseconds, forKey: .longestKeyframeInterval)
        try values.encodeIfPresent(hasClosedGroups, forKey: .hasClosedGroups)
        try values.encodeIfPresent(longestBPictureRun, forKey: .longestBPictureRun)
        try values.encodeIfPresent(rateFluctuation?.wholeMilliseconds, forKey: .rateFluctuation)
        try values.encodeIfPresent(hasConstantFrameRate, forKey: .hasConstantFrameRate)
    }
}
