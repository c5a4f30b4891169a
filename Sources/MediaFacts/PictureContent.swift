/// Measurements of the decoded pictures.
public struct PictureContent: Sendable, Hashable, Codable {
    /// Pictures that were decoded and measured; at most `frames`.
    public var framesExamined: Int
    /// Pictures of the film, counted in packets: two fields of one picture count once, null frames not at all.
    public var frames: Int
    /// Ranges of 400 ms or more in which the picture is black: nearly all samples are dark and no part is brighter on
    /// average (see `ContentThresholds`).
    public var black: [TimeRange]
    /// Ranges of 900 ms or more in which one picture that is not black is shown without movement.
    public var frozen: [TimeRange]
    /// The part of the picture inside black bars, for consecutive ranges of the whole film; empty when every picture is
    /// black.
    public var active: [ActivePicture]
    /// Interlaced frames that were never deinterlaced, among `combExamined`.
    public var combedFrames: Int
    /// Frames that were examined for comb lines.
    public var combExamined: Int
    /// Number of scenes: pictures that have nothing in common with the picture before them, plus one; nil when not
    /// every picture was decoded.
    public var scenes: Int?
    /// Pictures that decoded only in part, and packets that the decoder refused.
    public var damagedFrames: Int
    /// Time ranges of `damagedFrames`, at most `FactBounds.damageRanges`.
    public var damage: [TimeRange]
    /// Pictures whose packets arrived and that the decoder never output, without reporting an error.
    public var missingFrames: Int
    /// Time ranges in which those pictures should have been shown, at most `FactBounds.damageRanges`.
    public var missing: [TimeRange]
    /// The first picture; nil when none decodes.
    public var first: EdgePicture?
    /// The last picture that was decoded.
    public var last: EdgePicture?
    /// The reason why less was measured than the depth promises; nil when everything was measured.
    public var shortfall: ContentShortfall?

    /// Makes the measurements of a film's pictures.
    public init(
        framesExamined: Int, frames: Int, black: [TimeRange] = [], frozen: [TimeRange] = [],
        active: [ActivePicture] = [], combedFrames: Int = 0, combExamined: Int = 0, scenes: Int? = nil,
        damagedFrames: Int = 0, damage: [TimeRange] = [], missingFrames: Int = 0, missing: [TimeRange] = [],
        first: EdgePicture? = nil, last: EdgePicture? = nil, shortfall: ContentShortfall? = nil
    ) {
        self.framesExamined = framesExamined
        self.frames = frames
        self.black = black
        self.frozen = frozen
        self.active = active
        self.combedFrames = combedFrames
        self.combExamined = combExamined
        self.scenes = scenes
        self.damagedFrames = damagedFrames
        self.damage = damage
        self.missingFrames = missingFrames
        self.missing = missing
        self.first = first
        self.last = last
        self.shortfall = shortfall
    }

    /// Reads the wire form. A document of an early version lacks the fields of missing pictures and is read as having
    /// none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            framesExamined: try values.decode(Int.self, forKey: .framesExamined),
            frames: try values.decode(Int.self, forKey: .frames),
            black: try values.decode([TimeRange].self, forKey: .black),
            frozen: try values.decode([TimeRange].self, forKey: .frozen),
            active: try values.decode([ActivePicture].self, forKey: .active),
            combedFrames: try values.decode(Int.self, forKey: .combedFrames),
            combExamined: try values.decode(Int.self, forKey: .combExamined),
            scenes: try values.decodeIfPresent(Int.self, forKey: .scenes),
            damagedFrames: try values.decode(Int.self, forKey: .damagedFrames),
            damage: try values.decode([TimeRange].self, forKey: .damage),
            missingFrames: try values.decodeIfPresent(Int.self, forKey: .missingFrames) ?? 0,
            missing: try values.decodeIfPresent([TimeRange].self, forKey: .missing) ?? [],
            first: try values.decodeIfPresent(EdgePicture.self, forKey: .first),
            last: try values.decodeIfPresent(EdgePicture.self, forKey: .last),
            shortfall: try values.decodeIfPresent(ContentShortfall.self, forKey: .shortfall))
    }
}
