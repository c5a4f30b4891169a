/// The form of the main audio stream's samples, and its bit rate.
///
/// A member is nil when it is not known. The wire form omits nil members.
public struct AudioFormat: Sendable, Hashable {
    /// Name of the channel layout as FFmpeg writes it (`stereo`, `5.1(side)`), at most 64 characters; nil when the stream
    /// does not state one. One channel without a layout is `mono`, two are `stereo`. Sources:
    /// `AVCodecParameters.ch_layout`; for AAC ISO/IEC 14496-3 §1.6.3.4, `channelConfiguration`.
    public var layout: String?
    /// Bits of one sample; nil for lossy codecs, whose samples have no depth. Sources:
    /// `AVCodecParameters.bits_per_raw_sample`, `av_get_exact_bits_per_sample`, `AVCodecParameters.bits_per_coded_sample`.
    public var bitDepth: Int?
    /// Profile of the codec (`LC`, `HE-AAC`); nil when the codec has none or it is not signalled. Sources:
    /// `AVCodecParameters.profile`; for AAC ISO/IEC 14496-3 §1.6.2.1, `AudioSpecificConfig`.
    public var profile: String?
    /// Bits a second: packet bytes over the length of the stream, else the header's claim.
    public var bitsPerSecond: Int64?
    /// Unevenness of the bit rate, as `VideoCoding.rateFluctuation`.
    public var rateFluctuation: Duration?

    /// Valid depths of one sample, in bits.
    public static let bitDepths = 1...64

    /// Makes a format; nil is unknown.
    public init(
        layout: String? = nil, bitDepth: Int? = nil, profile: String? = nil, bitsPerSecond: Int64? = nil,
        rateFluctuation: Duration? = nil
    ) {
        self.layout = layout
        self.bitDepth = bitDepth
        self.profile = profile
        self.bitsPerSecond = bitsPerSecond
        self.rateFluctuation = rateFluctuation
    }
}

extension AudioFormat: Codable {
    private enum CodingKeys: String, CodingKey {
        case layout, bitDepth, profile, bitsPerSecond
        case rateFluctuation = "rateFluctuationMilliseconds"
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            layout: try values.decodeIfPresent(String.self, forKey: .layout),
            bitDepth: try values.decodeIfPresent(Int.self, forKey: .bitDepth),
            profile: try values.decodeIfPresent(String.self, forKey: .profile),
            bitsPerSecond: try values.decodeIfPresent(Int64.self, forKey: .bitsPerSecond),
            rateFluctuation: try values.decodeMilliseconds(forKey: .rateFluctuation))
    }

    /// Writes the wire form; absent facts are omitted.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(layout, forKey: .layout)
        try values.encodeIfPresent(bitDepth, forKey: .bitDepth)
        try values.encodeIfPresent(profile, forKey: .profile)
        try values.encodeIfPresent(bitsPerSecond, forKey: .bitsPerSecond)
        try values.encodeIfPresent(rateFluctuation?.wholeMilliseconds, forKey: .rateFluctuation)
    }
}
