public import MediaFacts

/// A rule kind that compares facts of the file with limits. Pure: the same facts always give the same judgement.
public protocol MeasuredRule: RuleKind {
    /// Problems of the file's wholeness that `judge` reads. Every code of `IntegrityProblem.Code.known` is listed by at
    /// least one kind.
    static var problems: [IntegrityProblem.Code] { get }

    /// The measurements that `judge` needs; the header is always among them.
    var measurements: Set<Measurement> { get }

    /// The least depth of examination that `judge` needs.
    var depth: Depth { get }

    /// The detector thresholds that the facts must have been measured with, in their units; empty for most rules.
    var thresholds: [ContentThresholds.Name: Double] { get }

    /// Names of the form's fields whose values `judge(_:_:)` reads; empty for most rules.
    var declaredFields: Set<String> { get }

    /// Compares facts with limits.
    func judge(_ facts: MediaFacts) -> Judgement

    /// Compares facts with limits and with what the work declares.
    func judge(_ facts: MediaFacts, _ declaration: Declaration) -> Judgement

    /// Judges a file of which no facts could be read.
    func judge(unread error: ProbeError) -> Judgement
}

extension MeasuredRule {
    /// Most rules read no problem.
    public static var problems: [IntegrityProblem.Code] { [] }

    /// The header's facts are enough for most rules.
    public var measurements: Set<Measurement> { [.header] }

    /// Header and packets are enough for most rules.
    public var depth: Depth { .quick }

    /// Most rules use no detector.
    public var thresholds: [ContentThresholds.Name: Double] { [:] }

    /// Most rules read no field of the form.
    public var declaredFields: Set<String> { [] }

    /// Most rules look at the facts only.
    public func judge(_ facts: MediaFacts, _ declaration: Declaration) -> Judgement { judge(facts) }

    /// Undetermined: without facts no rule passes. `readable` gives the error's own message instead.
    public func judge(unread error: ProbeError) -> Judgement {
        Judgement(
            .undetermined, reason: error.code.rawValue,
            message: LocalizedText(zh: "文件无法读取，未能检查此项。", en: "The file could not be read, so this was not checked."))
    }
}
