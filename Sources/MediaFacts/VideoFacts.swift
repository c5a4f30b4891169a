/// The main video stream: of the streams with more than one picture the default one (in ISO files: the enabled one), of
/// several or none the longest, else the first. Cover pictures never count.
public struct VideoFacts: Sendable, Hashable {
    /// Name of the codec, as FFmpeg writes it (`h264`); `unknown` when no decoder claims the stream.
    public var codec: String
    /// Profile of the codec (`High`); nil when the codec has none or it is not signalled.
    public var profile: String?
    /// The picture at the film's start, as stored and as shown; nil when the stream does not say its size.
    public var picture: PictureGeometry?
    /// The picture as players show it that ignore the container's cropping (`clap`, PixelCrop); nil when the container
    /// crops nothing.
    public var uncropped: PictureGeometry?
    /// Later changes of the picture's size, pixel shape or orientation, in order of time; at most
    /// `FactBounds.pictureChanges`.
    public var changes: [PictureChange]
    /// Pixel format as FFmpeg writes it (`yuv420p`); nil when the stream does not say.
    public var pixelFormat: String?
    /// Frames a second: the header's figure when the packets agree with it to 0.05 %, else the rate computed from the
    /// packets.
    public var frameRate: Ratio?
    /// Bits a second: packet bytes over the true length, else the header's claim.
    public var bitsPerSecond: Int64?
    /// Number of video streams in the file, cover pictures not counted; one or more.
    public var streams: Int
    /// Scan, colour sampling, depth and colours; nil in documents of early versions. The wire form omits a nil signal.
    public var signal: VideoSignal?
    /// Level, groups of pictures and evenness of the bit rate; nil in documents of early versions. The wire form omits a
    /// nil coding.
    public var coding: VideoCoding?

    /// Makes video facts.
    public init(
        codec: String, profile: String? = nil, picture: PictureGeometry?, uncropped: PictureGeometry? = nil,
        changes: [PictureChange] = [], pixelFormat: String? = nil, frameRate: Ratio? = nil,
        bitsPerSecond: Int64? = nil, streams: Int = 1, signal: VideoSignal? = nil, coding: VideoCoding? = nil
    ) {
        self.codec = codec
        self.profile = profile
        self.picture = picture
        self.uncropped = uncropped
        self.changes = changes
        self.pixelFormat = pixelFormat
        self.frameRate = frameRate
        self.bitsPerSecond = bitsPerSecond
        self.streams = streams
        self.signal = signal
        self.coding = coding
    }
}

extension VideoFacts: Codable {
    private enum CodingKeys: String, CodingKey {
        case codec, profile, uncropped, changes, frameRate, bitsPerSecond, pixelFormat, streams
        case signal, coding
    }

    /// Reads the wire form. A document of an early version lacks `changes` and is read as having none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let rate = try values.decodeIfPresent(String.self, forKey: .frameRate)
        let ratio = rate.flatMap { Ratio(text: $0) }
        guard rate == nil || ratio != nil else {
            throw DecodingError.dataCorruptedError(
                forKey: .frameRate, in: values, debugDescription: "\(rate ?? "") is no ratio")
        }
        self.init(
            codec: try values.decode(String.self, forKey: .codec),
            profile: try values.decodeIfPresent(String.self, forKey: .profile),
            picture: try PictureGeometry.decodeIfPresent(from: decoder),
            uncropped: try values.decodeIfPresent(WirePicture.self, forKey: .uncropped)?.picture,
            changes: try values.decodeIfPresent([PictureChange].self, forKey: .changes) ?? [],
            pixelFormat: try values.decodeIfPresent(String.self, forKey: .pixelFormat),
            frameRate: ratio,
            bitsPerSecond: try values.decodeIfPresent(Int64.self, forKey: .bitsPerSecond),
            streams: try values.decode(Int.self, forKey: .streams),
            signal: try values.decodeIfPresent(VideoSignal.self, forKey: .signal),
            coding: try values.decodeIfPresent(VideoCoding.self, forKey: .coding))
    }

    /// Writes the wire form; absent facts become `null`, an absent signal or coding is omitted.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(codec, forKey: .codec)
        try values.encode(profile, forKey: .profile)
        try PictureGeometry.encode(picture, to: encoder)
        try values.encode(uncropped.map { WirePicture(picture: $0) }, forKey: .uncropped)
        try values.encode(changes, forKey: .changes)
        try values.encode(frameRate?.slashText, forKey: .frameRate)
        try values.encode(bitsPerSecond, forKey: .bitsPerSecond)
        try values.encode(pixelFormat, forKey: .pixelFormat)
        try values.encode(streams, forKey: .streams)
        try values.encodeIfPresent(signal, forKey: .signal)
        try values.encodeIfPresent(coding, forKey: .coding)
    }
}
