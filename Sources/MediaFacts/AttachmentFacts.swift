/// What is true of a file that accompanies a video: a poster, a form, a subtitle file.
public struct AttachmentFacts: Sendable, Hashable, Codable {
    /// Format by content.
    public var format: AttachmentFormat
    /// Size in bytes.
    public var bytes: Int64
    /// Last part of the name the file was sent under; nil when it had none.
    public var filename: String?
    /// SHA-256 in hexadecimal; nil when it was not computed.
    public var sha256: String?
    /// Width of a picture in pixels as a viewer sees it, after its declared rotation; nil when it is not known.
    public var width: Int?
    /// Height of a picture in pixels as a viewer sees it, after its declared rotation; nil when it is not known.
    public var height: Int?
    /// Number of pages; nil when they were not counted.
    public var pages: Int?
    /// Figures of a subtitle file; nil for every other format.
    public var subtitles: SubtitleCues?
    /// Problems in the order in which they were found, each at most once. Absent from the wire when there are none.
    public var problems: [AttachmentProblem]

    /// Makes facts; a value that is not given is not known.
    public init(
        format: AttachmentFormat, bytes: Int64, filename: String? = nil, sha256: String? = nil, width: Int? = nil,
        height: Int? = nil, pages: Int? = nil, subtitles: SubtitleCues? = nil, problems: [AttachmentProblem] = []
    ) {
        self.format = format
        self.bytes = bytes
        self.filename = filename
        self.sha256 = sha256
        self.width = width
        self.height = height
        self.pages = pages
        self.subtitles = subtitles
        self.problems = problems
    }

    private enum CodingKeys: String, CodingKey {
        case format, bytes, filename, sha256, width, height, pages, subtitles, problems
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        format = try values.decode(AttachmentFormat.self, forKey: .format)
        bytes = try values.decode(Int64.self, forKey: .bytes)
        filename = try values.decodeIfPresent(String.self, forKey: .filename)
        sha256 = try values.decodeIfPresent(String.self, forKey: .sha256)
        width = try values.decodeIfPresent(Int.self, forKey: .width)
        height = try values.decodeIfPresent(Int.self, forKey: .height)
        pages = try values.decodeIfPresent(Int.self, forKey: .pages)
        subtitles = try values.decodeIfPresent(SubtitleCues.self, forKey: .subtitles)
        problems = try values.decodeIfPresent([AttachmentProblem].self, forKey: .problems) ?? []
    }

    /// Writes the wire form; absent values are left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(format, forKey: .format)
        try values.encode(bytes, forKey: .bytes)
        try values.encodeIfPresent(filename, forKey: .filename)
        try values.encodeIfPresent(sha256, forKey: .sha256)
        try values.encodeIfPresent(width, forKey: .width)
        try values.encodeIfPresent(height, forKey: .height)
        try values.encodeIfPresent(pages, forKey: .pages)
        try values.encodeIfPresent(subtitles, forKey: .subtitles)
        if !problems.isEmpty { try values.encode(problems, forKey: .problems) }
    }
}
