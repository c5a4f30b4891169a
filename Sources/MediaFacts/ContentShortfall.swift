/// The reason why less was measured than asked for. A name that only a later version knows is kept as text.
public struct ContentShortfall: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// FFmpeg has no decoder for the codec, or the decoder cannot be opened.
    public static let noDecoder = ContentShortfall(rawValue: "no-decoder")
    /// The samples are encrypted.
    public static let encrypted = ContentShortfall(rawValue: "encrypted")
    /// The samples are in another file, which was not sent.
    public static let externalData = ContentShortfall(rawValue: "external-data")
    /// Decoding gave no picture or no sound at all.
    public static let nothingDecoded = ContentShortfall(rawValue: "nothing-decoded")
    /// Pictures stop decoding long before the film ends, or fewer than half of the keyframes decode.
    public static let stopsDecoding = ContentShortfall(rawValue: "stops-decoding")
    /// Packets arrived whose pictures the decoder never showed.
    public static let picturesMissing = ContentShortfall(rawValue: "pictures-missing")
    /// The check ran out of time.
    public static let timedOut = ContentShortfall(rawValue: "timed-out")
    /// The check ran out of memory.
    public static let outOfMemory = ContentShortfall(rawValue: "out-of-memory")
    /// The worker died while it decoded.
    public static let crashed = ContentShortfall(rawValue: "crashed")
    /// The worker's reply cannot be decoded, or is impossible for the file.
    public static let garbled = ContentShortfall(rawValue: "garbled")
    /// The samples are of a format that is not measured.
    public static let unknownFormat = ContentShortfall(rawValue: "unknown-format")
    /// The sound's sample rate or channels change within the film.
    public static let formatChanges = ContentShortfall(rawValue: "format-changes")
    /// The file has more time ranges of one kind than a report keeps (`FactBounds.ranges`), and one of two seconds or
    /// more was dropped.
    public static let tooManyRanges = ContentShortfall(rawValue: "too-many-ranges")

    /// Every reason of this version.
    public static let known: [ContentShortfall] = [
        .noDecoder, .encrypted, .externalData, .nothingDecoded, .stopsDecoding, .picturesMissing, .timedOut,
        .outOfMemory, .crashed, .garbled, .unknownFormat, .formatChanges, .tooManyRanges,
    ]
}
