public import MediaFacts

/// One requirement of a notice.
public struct Rule: Sendable {
    /// Stable within its contest, kebab-case.
    public var id: String
    /// The rule's own name for people; nil when the contest file gives none, and absent from the wire form then.
    public var name: LocalizedText?
    /// Whether an entry must meet it.
    public var level: Level
    /// The notice's own words.
    public var clause: String
    /// How we read the clause where it leaves room; nil when it leaves none.
    public var decision: String?
    /// The categories of works that the rule applies to; nil for all works.
    public var categories: [String]?
    /// What is required.
    public var kind: Kind
    /// Roles of the videos that the rule is about, in the order of the contest; one or more.
    public var roles: [String]

    /// Makes a rule.
    public init(
        id: String, name: LocalizedText? = nil, level: Level, clause: String, decision: String? = nil,
        for categories: [String]? = nil, kind: Kind, roles: [String] = [FileRole.mainName]
    ) {
        self.id = id
        self.name = name
        self.level = level
        self.categories = categories
        self.clause = clause
        self.decision = decision
        self.kind = kind
        self.roles = roles
    }

    /// Whether an entry must meet a rule.
    public enum Level: String, Sendable, Hashable, Codable, CaseIterable {
        /// Decides the verdict.
        case required
        /// Noted as `advisory` when not met; never changes the verdict.
        case encouraged
    }

    /// Who answers whether a rule is met.
    public enum Kind: Sendable {
        /// A comparison of facts with limits.
        case measured(any MeasuredRule)
        /// A person, with what evidence the file offers.
        case person(PersonRule)
        /// What is known of the submission beside its file; never part of a report.
        case admission(any AdmissionRule)
    }
}

/// A rule kind about the submission, not the file. Pure: the same submission always gets the same judgements.
public protocol AdmissionRule: RuleKind {
    /// Compares a submission with what the rule asks; at least one judgement, none with personal text in it.
    func judge(_ submission: Submission, in contest: Contest) -> [Judgement]
}

extension Rule: Encodable {
    private enum CodingKeys: String, CodingKey {
        case id, name, kind, level, clause, decision, parameters, of
        case categories = "for"
    }

    /// Writes the wire form; limits appear under `parameters` with their unit in the name.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(kindName, forKey: .kind)
        try values.encode(level, forKey: .level)
        try values.encode(clause, forKey: .clause)
        try values.encode(decision, forKey: .decision)
        // Left out when there are none: the digest of a contest without them stays what it was.
        try values.encodeIfPresent(categories, forKey: .categories)
        // Left out for the main video, which every rule of a contest with one video is about.
        if roles != [FileRole.mainName] { try values.encode(roles, forKey: .of) }
        try kind.content.encode(to: values.superEncoder(forKey: .parameters))
    }

    /// The name of the rule's kind in contest files.
    public var kindName: String { type(of: kind.content).kind }

    /// The name of the rule for people: its own name, else the name of its kind.
    public var title: LocalizedText { name ?? type(of: kind.content).title }
}

extension Rule.Kind {
    /// The rule's parameters, whoever answers whether it is met.
    var content: any RuleKind {
        switch self {
        case .measured(let kind): kind
        case .person(let kind): kind
        case .admission(let kind): kind
        }
    }
}

extension Rule {
    /// The rule about other videos.
    func about(_ roles: [String]) -> Rule {
        var rule = self
        rule.roles = roles
        return rule
    }
}
