/// The container that holds the streams of a file, recognised by the file's content; the file's name plays no part.
public struct ContainerFacts: Sendable, Hashable {
    /// The family of the container, as a contest file names it.
    public var family: ContainerFamily
    /// Major brand of an ISO base media file (`isom`, `qt`); nil for other containers. Source: ISO/IEC 14496-12 §4.3.
    public var brand: String?
    /// The demuxer that read the file. Source: `AVInputFormat.name`.
    public var demuxer: String
    /// Creation time that the file states, in RFC 3339 and UTC; nil when the file states none. Source: metadata
    /// `creation_time`.
    public var createdAt: String?
    /// The order of the file's parts; nil for containers other than ISO base media. The wire form omits a nil layout.
    public var layout: ContainerLayout?

    /// Makes container facts; `brand` and `createdAt` are nil when the file does not state them.
    public init(
        family: ContainerFamily, brand: String? = nil, demuxer: String, createdAt: String? = nil,
        layout: ContainerLayout? = nil
    ) {
        self.family = family
        self.brand = brand
        self.demuxer = demuxer
        self.createdAt = createdAt
        self.layout = layout
    }
}

extension ContainerFacts: Codable {
    private enum CodingKeys: String, CodingKey { case family, brand, demuxer, createdAt, layout }

    /// Writes the wire form; absent facts become `null`, an absent layout is omitted.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(family, forKey: .family)
        try values.encode(brand, forKey: .brand)
        try values.encode(demuxer, forKey: .demuxer)
        try values.encode(createdAt, forKey: .createdAt)
        try values.encodeIfPresent(layout, forKey: .layout)
    }
}

/// A family of containers. A name that only a later version knows is kept as text.
public struct ContainerFamily: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire and in contest files.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// ISO base media with any brand that is not QuickTime's or 3GPP's.
    public static let mp4 = ContainerFamily(rawValue: "mp4")
    /// QuickTime: major brand `qt`, or no brand at all.
    public static let mov = ContainerFamily(rawValue: "mov")
    /// 3GPP and 3GPP2 brands.
    public static let threeGP = ContainerFamily(rawValue: "3gp")
    /// RIFF AVI, OpenDML included.
    public static let avi = ContainerFamily(rawValue: "avi")
    /// MPEG-1 system and MPEG-2 program streams, DVD VOB included.
    public static let mpegPS = ContainerFamily(rawValue: "mpeg-ps")
    /// MPEG-2 transport stream.
    public static let mpegTS = ContainerFamily(rawValue: "mpeg-ts")
    /// A bare MPEG video elementary stream.
    public static let mpegES = ContainerFamily(rawValue: "mpeg-es")
    /// EBML with document type `matroska`.
    public static let matroska = ContainerFamily(rawValue: "matroska")
    /// EBML with document type `webm`.
    public static let webm = ContainerFamily(rawValue: "webm")
    /// Advanced Systems Format: `.wmv`, `.asf`.
    public static let asf = ContainerFamily(rawValue: "asf")
    /// Flash video.
    public static let flv = ContainerFamily(rawValue: "flv")
    /// Ogg.
    public static let ogg = ContainerFamily(rawValue: "ogg")
    /// Material eXchange Format.
    public static let mxf = ContainerFamily(rawValue: "mxf")
    /// Any other container that can be read.
    public static let other = ContainerFamily(rawValue: "other")

    /// Every family that this version tells apart; the names a contest file may list.
    public static let known: [ContainerFamily] = [
        .mp4, .mov, .threeGP, .avi, .mpegPS, .mpegTS, .mpegES, .matroska, .webm, .asf, .flv, .ogg, .mxf, .other,
    ]
}
