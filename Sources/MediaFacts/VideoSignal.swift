/// The form of a video's samples: lines or fields, colour sampling, depth and colour description.
///
/// A member is nil when the file does not tell it. The wire form omits nil members.
public struct VideoSignal: Sendable, Hashable, Codable {
    /// Whether the pictures are whole frames or consist of two fields; nil when the stream does not tell it for every
    /// picture, or has both.
    ///
    /// Sources, the first that tells it: interlaced pictures by `AVCodecParserContext.field_order` of every packet that was
    /// read in full; the sequence header (ITU-T H.264 §7.4.2.1.1, `frame_mbs_only_flag`; H.265 §7.4.4,
    /// `general_progressive_source_flag`) and codecs that have no fields; progressive pictures by the parser; and
    /// `AVCodecParameters.field_order` (`fiel` of QuickTime, `FlagInterlaced` of Matroska).
    public var scan: ScanType?
    /// The field that is shown first; nil for progressive video, and where the stream has both orders or none is known.
    public var fieldOrder: FieldOrder?
    /// Colour sampling such as `4:2:0`; `4:0:0` has no colour. RGB counts as `4:4:4`. Source: `AVPixFmtDescriptor`.
    public var chroma: String?
    /// Bits of one sample. Source: `AVPixFmtDescriptor.comp[0].depth`.
    public var bitDepth: Int?
    /// The colour description; nil when neither the container states one nor the coded stream was read for it. A
    /// description without members was read and states nothing.
    public var color: ColorDescription?

    /// Valid depths of one sample, in bits.
    public static let bitDepths = 1...64

    /// Makes a signal; a nil figure is unknown.
    public init(
        scan: ScanType? = nil, fieldOrder: FieldOrder? = nil, chroma: String? = nil, bitDepth: Int? = nil,
        color: ColorDescription? = nil
    ) {
        self.scan = scan
        self.fieldOrder = fieldOrder
        self.chroma = chroma
        self.bitDepth = bitDepth
        self.color = color
    }
}

/// Whether pictures are scanned whole or in fields. A name that only a later version knows is kept as text.
public struct ScanType: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire and in contest files.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Every picture is one frame.
    public static let progressive = ScanType(rawValue: "progressive")
    /// Every picture consists of two fields, which show two moments.
    public static let interlaced = ScanType(rawValue: "interlaced")

    /// The names of this version.
    public static let known: [ScanType] = [.progressive, .interlaced]
}

/// The field of an interlaced picture that is shown first. A name that only a later version knows is kept as text.
public struct FieldOrder: RawRepresentable, Sendable, Hashable, Codable {
    /// The name on the wire and in contest files.
    public var rawValue: String
    /// Accepts any name, also one that this version does not know.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The field with the topmost line.
    public static let topFirst = FieldOrder(rawValue: "top-first")
    /// The field with the second line.
    public static let bottomFirst = FieldOrder(rawValue: "bottom-first")

    /// The names of this version.
    public static let known: [FieldOrder] = [.topFirst, .bottomFirst]
}
