/// What a viewer would see and hear, measured in decoded pictures and sound. Times count from the first picture.
public struct ContentFacts: Sendable, Hashable, Codable {
    /// How closely the file was looked at.
    public var depth: Depth
    /// What counted as black, frozen, silent and as a bar.
    public var thresholds: ContentThresholds
    /// What there is to see; nil when it was not asked for or the file has no video.
    public var picture: PictureContent?
    /// What there is to hear; nil when it was not asked for or the file has no audio.
    public var sound: SoundContent?

    /// Gathers what was measured.
    public init(
        depth: Depth, thresholds: ContentThresholds = .usual, picture: PictureContent? = nil,
        sound: SoundContent? = nil
    ) {
        self.depth = depth
        self.thresholds = thresholds
        self.picture = picture
        self.sound = sound
    }

    /// Reads the wire form; documents from before thresholds could be chosen were measured by the usual ones.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        depth = try values.decode(Depth.self, forKey: .depth)
        thresholds = try values.decodeIfPresent(ContentThresholds.self, forKey: .thresholds) ?? .usual
        picture = try values.decodeIfPresent(PictureContent.self, forKey: .picture)
        sound = try values.decodeIfPresent(SoundContent.self, forKey: .sound)
    }
}

/// A piece of time, from the first moment to the first one after it, in whole milliseconds.
public struct Stretch: Sendable, Hashable, Codable {
    /// Where it begins, from the first picture on.
    public var fromMilliseconds: Int64
    /// Where it has ended.
    public var toMilliseconds: Int64

    /// Names a piece of time.
    public init(fromMilliseconds: Int64, toMilliseconds: Int64) {
        self.fromMilliseconds = fromMilliseconds
        self.toMilliseconds = toMilliseconds
    }

    /// How long it lasts.
    public var length: Duration { .milliseconds(toMilliseconds - fromMilliseconds) }
}

/// What there is to see.
public struct PictureContent: Sendable, Hashable, Codable {
    /// Frames that were decoded and looked at.
    public var framesExamined: Int
    /// Frames that the stream has, as far as packets tell.
    public var frames: Int
    /// Black for 400 ms or longer: nearly all of the picture dark, as the thresholds have it, and no part of it brighter on
    /// average.
    public var black: [Stretch]
    /// Without movement anywhere for 900 ms or longer, and not black.
    public var frozen: [Stretch]
    /// What is left of the picture without black bars, piece by piece over the whole length; empty when every picture is
    /// black.
    public var active: [ActivePicture]
    /// Frames that show two moments in alternate lines, among `combExamined`.
    public var combedFrames: Int
    /// Frames that were looked at for that.
    public var combExamined: Int
    /// Pictures that have nothing in common with the one before, plus one; nil at a depth that leaves frames out.
    public var scenes: Int?
    /// Frames that did not decode, or only in part.
    public var damagedFrames: Int
    /// When the first of them would have been shown, at most 20.
    public var damage: [Stretch]
    /// The first picture; nil when none decodes.
    public var first: EdgePicture?
    /// The last picture that was decoded.
    public var last: EdgePicture?
    /// Why less was measured than the depth promises; nil when all was.
    public var shortfall: ContentShortfall?

    /// Makes the content of a picture.
    public init(
        framesExamined: Int, frames: Int, black: [Stretch] = [], frozen: [Stretch] = [], active: [ActivePicture] = [],
        combedFrames: Int = 0, combExamined: Int = 0, scenes: Int? = nil, damagedFrames: Int = 0,
        damage: [Stretch] = [], first: EdgePicture? = nil, last: EdgePicture? = nil,
        shortfall: ContentShortfall? = nil
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
        self.first = first
        self.last = last
        self.shortfall = shortfall
    }
}

/// What is left of the picture without black bars, for a piece of time, in pixels as a viewer sees them.
public struct ActivePicture: Sendable, Hashable, Codable {
    /// When.
    public var when: Stretch
    /// Left edge, from the left of the whole picture.
    public var x: Int
    /// Top edge, from the top of the whole picture.
    public var y: Int
    /// Width; one or more.
    public var width: Int
    /// Height; one or more.
    public var height: Int

    /// Names a part of the picture.
    public init(when: Stretch, x: Int, y: Int, width: Int, height: Int) {
        self.when = when
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// The first or the last picture.
public struct EdgePicture: Sendable, Hashable, Codable {
    /// When it is shown.
    public var atMilliseconds: Int64
    /// Average brightness, from 0 (black) to 1 (white).
    public var brightness: Double
    /// Whether it is black, as `PictureContent.black` has it.
    public var isBlack: Bool

    /// Describes a picture.
    public init(atMilliseconds: Int64, brightness: Double, isBlack: Bool) {
        self.atMilliseconds = atMilliseconds
        self.brightness = brightness
        self.isBlack = isBlack
    }
}

/// What there is to hear.
public struct SoundContent: Sendable, Hashable, Codable {
    /// No sample above the threshold (−60 dBFS) for 400 ms or longer. The time after the sound's end is silent too.
    public var silent: [Stretch]
    /// Integrated loudness in LUFS, EBU R 128; nil when nothing is louder than its gate, or it could not be measured.
    public var loudness: Double?
    /// Highest true peak in dBTP, ITU-R BS.1770 annex 2; nil for silence.
    public var truePeak: Double?
    /// Momentary loudness (400 ms) in LUFS, one figure for every `curveStepMilliseconds`; −70 is silence. At most 600.
    public var curve: [Double]
    /// Time from one figure of `curve` to the next.
    public var curveStepMilliseconds: Int64
    /// How long the sound lasts.
    public var lengthMilliseconds: Int64
    /// Packets that did not decode.
    public var damagedPackets: Int
    /// Why less was measured than there is; nil when all was.
    public var shortfall: ContentShortfall?

    /// Makes the content of a sound track.
    public init(
        silent: [Stretch] = [], loudness: Double? = nil, truePeak: Double? = nil, curve: [Double] = [],
        curveStepMilliseconds: Int64 = 1000, lengthMilliseconds: Int64 = 0, damagedPackets: Int = 0,
        shortfall: ContentShortfall? = nil
    ) {
        self.silent = silent
        self.loudness = loudness
        self.truePeak = truePeak
        self.curve = curve
        self.curveStepMilliseconds = curveStepMilliseconds
        self.lengthMilliseconds = lengthMilliseconds
        self.damagedPackets = damagedPackets
        self.shortfall = shortfall
    }
}

/// Why less was measured than asked for; later kinds are kept as text.
public struct ContentShortfall: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Keeps any name, known or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// FFmpeg has no decoder for it, or the decoder cannot be opened.
    public static let noDecoder = ContentShortfall(rawValue: "no-decoder")
    /// Decoding gave no frame at all.
    public static let nothingDecoded = ContentShortfall(rawValue: "nothing-decoded")
    /// Frames end long before the packets do.
    public static let stopsDecoding = ContentShortfall(rawValue: "stops-decoding")
    /// Time ran out.
    public static let timedOut = ContentShortfall(rawValue: "timed-out")
    /// Memory ran out.
    public static let outOfMemory = ContentShortfall(rawValue: "out-of-memory")
    /// The decoder broke down.
    public static let crashed = ContentShortfall(rawValue: "crashed")
    /// What the worker said made no sense.
    public static let garbled = ContentShortfall(rawValue: "garbled")
    /// The samples are of a kind that is not measured.
    public static let unknownFormat = ContentShortfall(rawValue: "unknown-format")
    /// The format changes half-way (sample rate, channels).
    public static let formatChanges = ContentShortfall(rawValue: "format-changes")
}
