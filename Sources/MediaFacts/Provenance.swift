/// The statements of a file about how it was made: AI labels, the IPTC source type and Content Credentials.
///
/// Every member is the file's own claim. A claim proves nothing, and neither does its absence: a remux drops most
/// labels. Nothing here is verified.
public struct Provenance: Sendable, Hashable {
    /// The places of this file that were searched, in the order of `ProvenancePlace.known`.
    public var searched: [ProvenancePlace]
    /// The AI labels that were found, at most `most`; empty when the file has none. Source: GB 45438-2025, annex E.
    public var labels: [AILabel]
    /// The IPTC digital source type, such as `http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia`;
    /// nil when the file states none. Source: XMP, `Iptc4xmpExt:DigitalSourceType`.
    public var digitalSourceType: String?
    /// Content Credentials; nil when the container has no place for them. The wire form omits nil credentials.
    public var credentials: ContentCredentials?
    /// Places that could not be read; empty for most files. The wire form omits an empty list.
    public var problems: [PlaceProblem]

    /// Greatest number of labels and of problems of one kind.
    public static let most = 16

    /// Makes a description of what a file states.
    public init(
        searched: [ProvenancePlace], labels: [AILabel] = [], digitalSourceType: String? = nil,
        credentials: ContentCredentials? = nil, problems: [PlaceProblem] = []
    ) {
        self.searched = searched
        self.labels = labels
        self.digitalSourceType = digitalSourceType
        self.credentials = credentials
        self.problems = problems
    }

    /// A place that could not be read, and the reason.
    public struct PlaceProblem: Sendable, Hashable, Codable {
        /// The place.
        public var place: ProvenancePlace
        /// The reason.
        public var code: ProvenanceProblem

        /// Makes a problem.
        public init(_ place: ProvenancePlace, _ code: ProvenanceProblem) {
            self.place = place
            self.code = code
        }
    }
}

extension Provenance {
    /// The meanings of all labels that have one of the standard's values.
    public var declaredMeanings: Set<AILabel.Meaning> { Set(labels.compactMap(\.meaning)) }

    /// The digital source types that XMP and Content Credentials state.
    public var sourceTypes: [String] { [digitalSourceType, credentials?.digitalSourceType].compactMap(\.self) }

    /// Whether the file states that AI made it, in whole or in part: by a label of any standard value or by a source
    /// type.
    public var declaresAI: Bool {
        !declaredMeanings.isEmpty || sourceTypes.contains(where: Self.isGenerative)
    }

    /// Whether two statements of the file exclude each other: labels of different values.
    public var contradictsItself: Bool { declaredMeanings.count > 1 }

    /// Whether a digital source type names generative AI. Source: IPTC NewsCodes, `digitalsourcetype`.
    public static func isGenerative(_ sourceType: String) -> Bool {
        let code = sourceType.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? ""
        return ["trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia", "compositeSynthetic"].contains(code)
    }
}

extension Provenance: Codable {
    private enum CodingKeys: String, CodingKey {
        case searched
        case labels = "aigc"
        case digitalSourceType
        case credentials = "c2pa"
        case problems
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            searched: try values.decode([ProvenancePlace].self, forKey: .searched),
            labels: try values.decode([AILabel].self, forKey: .labels),
            digitalSourceType: try values.decodeIfPresent(String.self, forKey: .digitalSourceType),
            credentials: try values.decodeIfPresent(ContentCredentials.self, forKey: .credentials),
            problems: try values.decodeIfPresent([PlaceProblem].self, forKey: .problems) ?? [])
    }

    /// Writes the wire form; what the file does not state is omitted, except for an empty list of labels.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(searched, forKey: .searched)
        try values.encode(labels, forKey: .labels)
        try values.encodeIfPresent(digitalSourceType, forKey: .digitalSourceType)
        try values.encodeIfPresent(credentials, forKey: .credentials)
        try values.encodeIfPresent(problems.isEmpty ? nil : problems, forKey: .problems)
    }
}
