public import MediaFacts

/// The result of one rule for one file or one submission.
public struct Finding: Sendable, Hashable {
    /// Id of the rule.
    public var rule: String
    /// Name of the rule for people; nil in a report of a release that wrote none, and absent from the wire form then.
    public var name: LocalizedText?
    /// Level of the rule.
    public var level: Rule.Level
    /// The outcome.
    public var outcome: Outcome
    /// A stable word for the cause (`timed-out`, `no-video`); nil where the outcome alone tells the cause.
    public var reason: String?
    /// Name of the judged form field; nil for every other kind of rule.
    public var field: String?
    /// The notice's own words.
    public var clause: String
    /// The limit in figures and units that need no translation; nil where the rule has none.
    public var required: String?
    /// The measured value likewise; nil where nothing was measured.
    public var measured: String?
    /// The measured value, the limit and the advice, for people.
    public var message: LocalizedText
    /// Time ranges of the video that the outcome is about, with stills; empty for most rules, and absent from the wire form
    /// then.
    public var evidence: [Passage]

    /// The possible outcomes of a rule.
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        /// The rule is met.
        case pass
        /// A required rule is not met.
        case fail
        /// An encouraged rule is not met.
        case advisory
        /// Measured; a person must decide.
        case review
        /// Could not be measured.
        case undetermined
        /// Still being measured.
        case pending
    }

    /// Makes a finding from a judgement of the rule's kind, and applies the rule's level.
    public init(_ rule: Rule, _ judgement: Judgement) {
        self.rule = rule.id
        name = rule.title
        level = rule.level
        outcome = rule.level == .encouraged && judgement.outcome == .fail ? .advisory : judgement.outcome
        reason = judgement.reason
        field = judgement.field
        clause = rule.clause
        required = judgement.required
        measured = judgement.measured
        message = rule.level == .encouraged ? judgement.message.asEncouragement : judgement.message
        evidence = judgement.passages
    }
}

extension Finding: Codable {
    private enum CodingKeys: String, CodingKey {
        case rule, name, level, outcome, reason, field, clause, required, measured, message, evidence
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        rule = try values.decode(String.self, forKey: .rule)
        name = try values.decodeIfPresent(LocalizedText.self, forKey: .name)
        level = try values.decode(Rule.Level.self, forKey: .level)
        outcome = try values.decode(Outcome.self, forKey: .outcome)
        reason = try values.decodeIfPresent(String.self, forKey: .reason)
        field = try values.decodeIfPresent(String.self, forKey: .field)
        clause = try values.decode(String.self, forKey: .clause)
        required = try values.decodeIfPresent(String.self, forKey: .required)
        measured = try values.decodeIfPresent(String.self, forKey: .measured)
        message = try values.decode(LocalizedText.self, forKey: .message)
        evidence = try values.decodeIfPresent([Passage].self, forKey: .evidence) ?? []
    }

    /// Writes the wire form. Absent values become `null`, but an absent `name` and empty `evidence` are left out.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(rule, forKey: .rule)
        try values.encodeIfPresent(name, forKey: .name)
        try values.encode(level, forKey: .level)
        try values.encode(outcome, forKey: .outcome)
        try values.encode(reason, forKey: .reason)
        try values.encode(field, forKey: .field)
        try values.encode(clause, forKey: .clause)
        try values.encode(required, forKey: .required)
        try values.encode(measured, forKey: .measured)
        try values.encode(message, forKey: .message)
        if !evidence.isEmpty { try values.encode(evidence, forKey: .evidence) }
    }
}

/// A time range of the video that a finding is about, and stills from the range.
public struct Passage: Sendable, Hashable, Codable {
    /// Start of the range; the film's first picture is at zero.
    public var fromMilliseconds: Int64
    /// First millisecond behind the range.
    public var toMilliseconds: Int64
    /// Names of at most three stills of the report that lie in the range.
    public var stills: [String]

    /// Most passages of one finding.
    static let most = 50
    /// Most stills of one passage.
    static let mostStills = 3

    /// Makes a passage.
    public init(_ range: TimeRange, stills: [String] = []) {
        fromMilliseconds = range.fromMilliseconds
        toMilliseconds = range.toMilliseconds
        self.stills = stills
    }
}
