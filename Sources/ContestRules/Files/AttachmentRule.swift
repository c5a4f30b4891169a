public import MediaFacts

/// A file that accompanies the video of an entry, and what the notice asks of it: a poster of 3:4, a form as PDF.
public struct AttachmentRule: Sendable, Hashable {
    /// Stable within its contest, kebab-case.
    public var name: String
    /// The name for people, which file names and columns of tables use, too.
    public var label: LocalizedText
    /// Kinds that are accepted; one or more.
    public var kinds: [Kind]
    /// Whether an entry without this file is refused.
    public var isRequired: Bool
    /// Largest size in bytes; nil for no limit.
    public var largest: Int64?
    /// Smallest size of a picture, in either orientation; nil for no limit.
    var smallestPicture: PictureSize?
    /// Shapes of a picture that are accepted; empty for every shape.
    var shapes: [PictureShape]
    /// The notice's own words.
    public var clause: String

    init(
        name: String, label: LocalizedText, kinds: [Kind], isRequired: Bool, largest: Int64? = nil,
        smallestPicture: PictureSize? = nil, shapes: [PictureShape] = [], clause: String
    ) {
        self.name = name
        self.label = label
        self.kinds = kinds
        self.isRequired = isRequired
        self.largest = largest
        self.smallestPicture = smallestPicture
        self.shapes = shapes
        self.clause = clause
    }

    /// A kind of file as notices name it.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case pdf
        /// A picture: PNG, JPEG, GIF, WebP, BMP or HEIC.
        case image
        /// A Word document, Office Open XML.
        case docx
        /// Subtitles of SubRip.
        case srt
        /// A file of any format.
        case any

        /// Whether files of `format` are of this kind.
        public func includes(_ format: AttachmentFormat) -> Bool {
            switch self {
            case .pdf: format == .pdf
            case .image: format.isImage
            case .docx: format == .docx
            case .srt: format == .srt
            case .any: true
            }
        }
    }
}

extension AttachmentRule: Encodable {
    private enum CodingKeys: String, CodingKey { case name, label, kinds, required, maxBytes, min, ratio, clause }

    /// Writes the wire form; limits that are not set are left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(label, forKey: .label)
        try values.encode(kinds, forKey: .kinds)
        try values.encode(isRequired, forKey: .required)
        try values.encodeIfPresent(largest, forKey: .maxBytes)
        try values.encodeIfPresent(smallestPicture, forKey: .min)
        if !shapes.isEmpty { try values.encode(shapes.map(\.text), forKey: .ratio) }
        try values.encode(clause, forKey: .clause)
    }
}
