/// The measurements that are wanted of a file, and the depth of decoding.
public struct Examination: Sendable, Hashable {
    /// The wanted measurements.
    public var measurements: Set<Measurement>
    /// The depth of decoding; `.quick` decodes nothing.
    public var depth: Depth
    /// Thresholds of the detectors.
    public var thresholds: ContentThresholds

    /// Requests `measurements`; by default nothing is decoded.
    public init(
        _ measurements: Set<Measurement>, depth: Depth = .quick, thresholds: ContentThresholds = .usual
    ) {
        self.measurements = measurements
        self.depth = depth
        self.thresholds = thresholds
    }
}

/// A group of facts. A rule names the groups that it reads; no others are measured.
public enum Measurement: String, Sendable, Hashable, CaseIterable {
    /// Container, streams, picture geometry: the header and the first video packet. Always measured; about 1 ms CPU.
    case header
    /// True length, packet counts, damage: reads the whole file once without decoding; about 15–70 ms CPU for 120 MB.
    case packets
    /// Measurements of decoded pictures. At `.standard` about 1 s CPU for a minute of 1080p, at `.full` about 6 s.
    case picture
    /// Measurements of decoded sound; about 0.3 s CPU for a minute of stereo.
    case sound
}

/// The depth of decoding. Each depth measures all that the ones before it measure.
public enum Depth: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Header and packets; nothing is decoded.
    case quick
    /// As `.quick`, and also all sound, every keyframe, and every frame of the groups of pictures that may be black or
    /// frozen.
    case standard
    /// As `.standard`, and also every other frame, so that every decoding error is found.
    case full

    /// Orders `.quick`, `.standard`, `.full`.
    public static func < (left: Depth, right: Depth) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
