/// A place of a file that can state how the file was made. A name that only a later version knows is kept as text.
public struct ProvenancePlace: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Key `AIGC` of the container's metadata: `keys` and `ilst` of mp4 and mov, a tag of Matroska, ASF or Ogg, an INFO
    /// chunk of AVI, `onMetaData` of FLV.
    public static let metadata = ProvenancePlace(rawValue: "metadata")
    /// Key `AIGC` of one stream's metadata.
    public static let streamMetadata = ProvenancePlace(rawValue: "stream-metadata")
    /// Box `AIGC` of the movie's user data (`moov/udta`) in mp4 and mov.
    public static let userData = ProvenancePlace(rawValue: "user-data")
    /// Property `TC260:AIGC` of an XMP packet.
    public static let xmp = ProvenancePlace(rawValue: "xmp")
    /// The `uuid` box of Content Credentials.
    public static let c2pa = ProvenancePlace(rawValue: "c2pa")

    /// The places of this version.
    public static let known: [ProvenancePlace] = [.metadata, .streamMetadata, .userData, .xmp, .c2pa]
}

/// A defect of a statement about how a file was made. A name that only a later version knows is kept as text.
public struct ProvenanceProblem: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The value is larger than the limit and was not read.
    public static let tooLarge = ProvenanceProblem(rawValue: "too-large")
    /// The value is no UTF-8 text.
    public static let notUTF8 = ProvenanceProblem(rawValue: "not-utf8")
    /// The value is no JSON object, or nests too deep.
    public static let notJSON = ProvenanceProblem(rawValue: "not-json")
    /// The XMP packet is no well-formed XML, or has a document type declaration.
    public static let notXML = ProvenanceProblem(rawValue: "not-xml")
    /// The object has no member `Label`.
    public static let noLabel = ProvenanceProblem(rawValue: "no-label")
    /// `Label` has a value other than 1, 2 and 3.
    public static let unknownLabel = ProvenanceProblem(rawValue: "unknown-label")
    /// A member that must be a text is none, such as `"Label": 1`.
    public static let notText = ProvenanceProblem(rawValue: "not-text")
    /// The object has two members of one name; the first was used.
    public static let repeatedKey = ProvenanceProblem(rawValue: "repeated-key")
    /// The same place has a statement before this one.
    public static let doubled = ProvenanceProblem(rawValue: "doubled")
    /// The statement contradicts one before it.
    public static let contradicting = ProvenanceProblem(rawValue: "contradicting")
    /// The boxes of the Content Credentials are broken.
    public static let brokenBoxes = ProvenanceProblem(rawValue: "broken-boxes")
    /// The Content Credentials have no claim that can be found.
    public static let noClaim = ProvenanceProblem(rawValue: "no-claim")
    /// The claim of the Content Credentials cannot be read.
    public static let brokenClaim = ProvenanceProblem(rawValue: "broken-claim")

    /// The problems of this version.
    public static let known: [ProvenanceProblem] = [
        .tooLarge, .notUTF8, .notJSON, .notXML, .noLabel, .unknownLabel, .notText, .repeatedKey, .doubled,
        .contradicting, .brokenBoxes, .noClaim, .brokenClaim,
    ]
}
