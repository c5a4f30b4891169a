/// The main video stream: the default one, else the largest; cover pictures never count.
public struct VideoFacts: Sendable, Hashable {
    /// Name of the codec, as FFmpeg writes it (`h264`); `unknown` when no decoder claims the stream.
    public var codec: String
    /// Profile of the codec (`High`); nil when the codec has none or it is not signalled.
    public var profile: String?
    /// The picture as it is stored and as it is shown; nil when the stream does not say its size.
    public var picture: PictureGeometry?
    /// Pixel format as FFmpeg writes it (`yuv420p`); nil when the stream does not say.
    public var pixelFormat: String?
    /// Frames a second: the header's figure when the packets bear it out, else the packets' average.
    public var frameRate: Ratio?
    /// Bits a second: packet bytes over the true length, else the header's claim.
    public var bitsPerSecond: Int64?
    /// Number of video streams in the file, cover pictures not counted; one or more.
    public var streams: Int

    /// Makes video facts.
    public init(
        codec: String, profile: String? = nil, picture: PictureGeometry?, pixelFormat: String? = nil,
        frameRate: Ratio? = nil, bitsPerSecond: Int64? = nil, streams: Int = 1
    ) {
        self.codec = codec
        self.profile = profile
        self.picture = picture
        self.pixelFormat = pixelFormat
        self.frameRate = frameRate
        self.bitsPerSecond = bitsPerSecond
        self.streams = streams
    }
}

extension VideoFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case codec, profile, codedWidth, codedHeight, rotationDegrees, rotationExactDegrees, mirrored
        case sampleAspectRatio, displayWidth, displayHeight, displayAspectRatio
        case frameRate, bitsPerSecond, pixelFormat, streams
    }

    /// Reads the wire form. Display figures are derived again from the coded ones.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func ratio(_ key: CodingKeys) throws -> Ratio? {
            try values.decodeIfPresent(String.self, forKey: key).map { text in
                guard let ratio = Ratio(text: text) else {
                    throw DecodingError.dataCorruptedError(
                        forKey: key, in: values, debugDescription: "\(text) is no ratio")
                }
                return ratio
            }
        }
        codec = try values.decode(String.self, forKey: .codec)
        profile = try values.decodeIfPresent(String.self, forKey: .profile)
        pixelFormat = try values.decodeIfPresent(String.self, forKey: .pixelFormat)
        frameRate = try ratio(.frameRate)
        bitsPerSecond = try values.decodeIfPresent(Int64.self, forKey: .bitsPerSecond)
        streams = try values.decode(Int.self, forKey: .streams)
        picture = nil
        if let width = try values.decodeIfPresent(Int.self, forKey: .codedWidth),
            let height = try values.decodeIfPresent(Int.self, forKey: .codedHeight)
        {
            let rotation = try values.decodeIfPresent(Int.self, forKey: .rotationDegrees)
            let exact = try values.decodeIfPresent(Double.self, forKey: .rotationExactDegrees)
            picture = PictureGeometry(
                codedWidth: width, codedHeight: height, sampleAspectRatio: try ratio(.sampleAspectRatio) ?? .one,
                orientation: PictureOrientation(
                    clockwiseDegrees: exact ?? rotation.map(Double.init),
                    mirrored: try values.decodeIfPresent(Bool.self, forKey: .mirrored) ?? false))
        }
    }

    /// Writes the wire form; absent facts become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(codec, forKey: .codec)
        try values.encode(profile, forKey: .profile)
        try values.encode(picture?.codedWidth, forKey: .codedWidth)
        try values.encode(picture?.codedHeight, forKey: .codedHeight)
        try values.encode(picture?.orientation.quarterTurnDegrees, forKey: .rotationDegrees)
        try values.encode(picture?.orientation.oddAngleDegrees, forKey: .rotationExactDegrees)
        try values.encode(picture?.orientation.mirrored, forKey: .mirrored)
        try values.encode(picture?.sampleAspectRatio.colonText, forKey: .sampleAspectRatio)
        try values.encode(picture?.displayWidth, forKey: .displayWidth)
        try values.encode(picture?.displayHeight, forKey: .displayHeight)
        try values.encode(picture?.displayAspectRatio.colonText, forKey: .displayAspectRatio)
        try values.encode(frameRate?.slashText, forKey: .frameRate)
        try values.encode(bitsPerSecond, forKey: .bitsPerSecond)
        try values.encode(pixelFormat, forKey: .pixelFormat)
        try values.encode(streams, forKey: .streams)
    }
}
