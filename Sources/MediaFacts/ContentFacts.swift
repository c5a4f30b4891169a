/// Measurements of the decoded pictures and sound. Times count from the film's first picture.
public struct ContentFacts: Sendable, Hashable, Codable {
    /// The depth of the measurement.
    public var depth: Depth
    /// Thresholds of the detectors.
    public var thresholds: ContentThresholds
    /// Measurements of the pictures; nil when they were not asked for or the file has no video.
    public var picture: PictureContent?
    /// Measurements of the sound; nil when they were not asked for or the file has no audio.
    public var sound: SoundContent?

    /// Gathers measurements; nil stands for pictures or sound that were not measured.
    public init(
        depth: Depth, thresholds: ContentThresholds = .usual, picture: PictureContent? = nil,
        sound: SoundContent? = nil
    ) {
        self.depth = depth
        self.thresholds = thresholds
        self.picture = picture
        self.sound = sound
    }

    /// Reads the wire form; a document without thresholds was measured with the default ones.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        depth = try values.decode(Depth.self, forKey: .depth)
        thresholds = try values.decodeIfPresent(ContentThresholds.self, forKey: .thresholds) ?? .usual
        picture = try values.decodeIfPresent(PictureContent.self, forKey: .picture)
        sound = try values.decodeIfPresent(SoundContent.self, forKey: .sound)
    }
}
