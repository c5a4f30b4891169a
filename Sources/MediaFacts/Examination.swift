/// What is to be found out about a file, and how closely it is looked at.
public struct Examination: Sendable, Hashable {
    /// What is measured.
    public var measurements: Set<Measurement>
    /// How closely picture and sound are looked at; at `.quick` neither is.
    public var depth: Depth
    /// What counts as black, frozen, silent and as a bar.
    public var thresholds: ContentThresholds

    /// Asks for measurements.
    public init(
        _ measurements: Set<Measurement>, depth: Depth = .quick, thresholds: ContentThresholds = .usual
    ) {
        self.measurements = measurements
        self.depth = depth
        self.thresholds = thresholds
    }
}

/// Something that can be measured in a file. A rule asks for what it needs; nothing else is measured.
public enum Measurement: String, Sendable, Hashable, CaseIterable {
    /// Container, streams, picture geometry: the header and the first video packet. Always measured; about 1 ms CPU.
    case header
    /// True length, packet counts, damage: walks over the whole file once without decoding; about 15–70 ms CPU for 120 MB.
    case packets
    /// What a viewer would see. At `.standard` about 1 s CPU for a minute of 1080p, at `.full` about 6 s.
    case picture
    /// What a viewer would hear; about 0.3 s CPU for a minute of stereo.
    case sound
}

/// How closely picture and sound are looked at. Each depth sees all that the ones before it see.
public enum Depth: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Header and packets; nothing is decoded.
    case quick
    /// Also all sound, every keyframe, and every frame of the groups of pictures that may be black or frozen.
    case standard
    /// Also every other frame, and every error in it.
    case full

    /// Less close before closer.
    public static func < (left: Depth, right: Depth) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
