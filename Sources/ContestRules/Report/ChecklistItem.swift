public import MediaFacts

/// A rule that only a person can judge, with what the file offers as evidence.
public struct ChecklistItem: Sendable, Hashable {
    /// Id of the rule.
    public var rule: String
    /// Name of the rule for people; nil in a report of a release that wrote none, and absent from the wire form then.
    public var name: LocalizedText?
    /// Level of the rule.
    public var level: Rule.Level
    /// The notice's own words.
    public var clause: String
    /// Facts that help the person; never a judgement.
    public var evidence: [Evidence]
    /// Whether the verdict is `needs-review` at best because of this item; absent from the wire form where it is `false`.
    public var isBlocking: Bool

    /// Makes an item.
    public init(
        rule: String, name: LocalizedText? = nil, level: Rule.Level, clause: String, evidence: [Evidence],
        isBlocking: Bool = false
    ) {
        self.rule = rule
        self.name = name
        self.level = level
        self.clause = clause
        self.evidence = evidence
        self.isBlocking = isBlocking
    }
}

extension ChecklistItem: Codable {
    private enum CodingKeys: String, CodingKey {
        case rule, name, level, clause, evidence
        case isBlocking = "blocking"
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            rule: try values.decode(String.self, forKey: .rule),
            name: try values.decodeIfPresent(LocalizedText.self, forKey: .name),
            level: try values.decode(Rule.Level.self, forKey: .level),
            clause: try values.decode(String.self, forKey: .clause),
            evidence: try values.decode([Evidence].self, forKey: .evidence),
            isBlocking: try values.decodeIfPresent(Bool.self, forKey: .isBlocking) ?? false)
    }

    /// Writes the wire form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(rule, forKey: .rule)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(level, forKey: .level)
        try values.encode(clause, forKey: .clause)
        try values.encode(evidence, forKey: .evidence)
        if isBlocking { try values.encode(isBlocking, forKey: .isBlocking) }
    }
}

/// One fact that helps a person to judge.
public struct Evidence: Sendable, Hashable, Codable {
    /// What kind of fact, stable (`creation-time`).
    public var kind: String
    /// The fact in figures.
    public var value: String
    /// What it may mean.
    public var note: LocalizedText

    /// Makes a piece of evidence.
    public init(kind: String, value: String, note: LocalizedText) {
        self.kind = kind
        self.value = value
        self.note = note
    }
}
