public import MediaFacts

/// One requirement of a notice.
public struct Rule: Sendable {
    /// Stable within its contest, kebab-case.
    public var id: String
    /// Whether an entry must meet it.
    public var level: Level
    /// The notice's own words.
    public var clause: String
    /// How we read the clause where it leaves room; nil when it leaves none.
    public var decision: String?
    /// What is required.
    public var kind: Kind

    /// Makes a rule.
    public init(id: String, level: Level, clause: String, decision: String? = nil, kind: Kind) {
        self.id = id
        self.level = level
        self.clause = clause
        self.decision = decision
        self.kind = kind
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

/// A rule kind that facts alone can answer. Pure: the same facts always give the same judgement.
public protocol MeasuredRule: Sendable, Encodable {
    /// The name of the kind in contest files.
    static var kind: String { get }

    /// Reads the parameters of a rule of this kind; problems go to `parameters`, which then discards the result.
    init(_ parameters: ParameterReader)

    /// What must be measured for `judge`; the header always is.
    var measurements: Set<Measurement> { get }

    /// How closely the file must be looked at for that.
    var depth: Depth { get }

    /// The thresholds that the measurement must go by, in their units; empty for most rules.
    var thresholds: [ContentThresholds.Name: Double] { get }

    /// Compares facts with limits.
    func judge(_ facts: MediaFacts) -> Judgement

    /// Judges a file of which no facts could be read.
    func judge(unread error: ProbeError) -> Judgement
}

extension MeasuredRule {
    /// The header's facts are enough for most rules.
    public var measurements: Set<Measurement> { [.header] }

    /// Header and packets are enough for most rules.
    public var depth: Depth { .quick }

    /// Most rules measure nothing that has a threshold.
    public var thresholds: [ContentThresholds.Name: Double] { [:] }

    /// Nothing is known, so nothing is passed; `readable` alone says more.
    public func judge(unread error: ProbeError) -> Judgement {
        Judgement(
            .undetermined, reason: error.code.rawValue,
            message: LocalizedText(zh: "文件无法读取，未能检查此项。", en: "The file could not be read, so this was not checked."))
    }
}

/// A rule kind about the submission, not the file. Pure: the same submission always gets the same judgements.
public protocol AdmissionRule: Sendable, Encodable {
    /// The name of the kind in contest files.
    static var kind: String { get }

    /// Reads the parameters of a rule of this kind; problems go to `parameters`, which then discards the result.
    init(_ parameters: ParameterReader)

    /// Compares a submission with what the rule asks; at least one judgement, none with personal text in it.
    func judge(_ submission: Submission, in contest: Contest) -> [Judgement]
}

/// What a rule kind says of a file or a submission, before the rule's level is taken into account.
public struct Judgement: Sendable, Hashable {
    /// The outcome; `.advisory` is made from `.fail` by the rule's level.
    public var outcome: Finding.Outcome
    /// A stable word for why, where the outcome alone does not tell.
    public var reason: String?
    /// Name of the form's field that it is about; nil for every other kind of rule.
    public var field: String?
    /// The limit, in figures and units that need no translation.
    public var required: String?
    /// The measured value, likewise.
    public var measured: String?
    /// The measured value, the limit and what to do, for people.
    public var message: LocalizedText
    /// Where in the video it shows; empty for most rules.
    public var passages: [Passage]

    /// Makes a judgement.
    public init(
        _ outcome: Finding.Outcome, reason: String? = nil, field: String? = nil, required: String? = nil,
        measured: String? = nil, message: LocalizedText, passages: [Passage] = []
    ) {
        self.outcome = outcome
        self.reason = reason
        self.field = field
        self.required = required
        self.measured = measured
        self.message = message
        self.passages = Array(passages.prefix(Passage.most))
    }

    /// There is no picture to measure.
    static func noPicture(required: String? = nil) -> Judgement {
        Judgement(
            .undetermined, reason: "no-video", required: required,
            message: LocalizedText(zh: "文件中没有视频画面，无法检查此项。", en: "The file has no video picture to check this on."))
    }

    /// There is no media yet.
    static func noMedia(_ zh: String, _ en: String) -> Judgement {
        Judgement(
            .pending, reason: "no-media", message: LocalizedText(zh: "尚未收到视频，上传后\(zh)。", en: "No video yet: \(en)."))
    }

    /// The file does not say what the rule needs to know.
    static func unknown(_ zh: String, _ en: String, required: String? = nil) -> Judgement {
        Judgement(
            .undetermined, reason: "not-measured", required: required,
            message: LocalizedText(
                zh: "无法测得\(zh)，请用常见软件重新导出后再提交。", en: "The \(en) could not be measured. Export the video again."))
    }
}

extension Rule: Encodable {
    private enum CodingKeys: String, CodingKey { case id, kind, level, clause, decision, parameters }

    /// Writes the wire form; limits appear under `parameters` with their unit in the name.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(id, forKey: .id)
        try values.encode(kindName, forKey: .kind)
        try values.encode(level, forKey: .level)
        try values.encode(clause, forKey: .clause)
        try values.encode(decision, forKey: .decision)
        let parameters = values.superEncoder(forKey: .parameters)
        switch kind {
        case .measured(let kind): try kind.encode(to: parameters)
        case .person(let kind): try kind.encode(to: parameters)
        case .admission(let kind): try kind.encode(to: parameters)
        }
    }

    /// The name of the rule's kind in contest files.
    public var kindName: String {
        switch kind {
        case .measured(let kind): type(of: kind).kind
        case .person: PersonRule.kind
        case .admission(let kind): type(of: kind).kind
        }
    }
}
