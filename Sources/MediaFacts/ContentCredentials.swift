/// Content Credentials of a file, read and not verified. Source: C2PA specification 2.1, §11 (manifests), §A.5 (ISO base
/// media files).
public struct ContentCredentials: Sendable, Hashable {
    /// Whether the file has them.
    public var isPresent: Bool
    /// The software that made the claim, in its own words; nil when the claim does not name it or was not read.
    public var claimGenerator: String?
    /// The IPTC digital source type of the first action that states one; nil when none does. Source: assertion
    /// `c2pa.actions`.
    public var digitalSourceType: String?
    /// Defects of the structure, each once. A file without defects may be forged all the same.
    public var problems: [ProvenanceProblem]

    /// Makes credentials; the default has none.
    public init(
        isPresent: Bool = false, claimGenerator: String? = nil, digitalSourceType: String? = nil,
        problems: [ProvenanceProblem] = []
    ) {
        self.isPresent = isPresent
        self.claimGenerator = claimGenerator
        self.digitalSourceType = digitalSourceType
        self.problems = problems
    }
}

extension ContentCredentials: Codable {
    private enum CodingKeys: String, CodingKey {
        case isPresent = "present"
        case claimGenerator, digitalSourceType, problems, verified
    }

    /// Reads the wire form. `verified` is ignored, because this version verifies nothing.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            isPresent: try values.decode(Bool.self, forKey: .isPresent),
            claimGenerator: try values.decodeIfPresent(String.self, forKey: .claimGenerator),
            digitalSourceType: try values.decodeIfPresent(String.self, forKey: .digitalSourceType),
            problems: try values.decodeIfPresent([ProvenanceProblem].self, forKey: .problems) ?? [])
    }

    /// Writes the wire form. `verified` is always null: signatures and hashes are not checked.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(isPresent, forKey: .isPresent)
        try values.encodeIfPresent(claimGenerator, forKey: .claimGenerator)
        try values.encodeIfPresent(digitalSourceType, forKey: .digitalSourceType)
        try values.encodeIfPresent(problems.isEmpty ? nil : problems, forKey: .problems)
        try values.encodeNil(forKey: .verified)
    }
}
