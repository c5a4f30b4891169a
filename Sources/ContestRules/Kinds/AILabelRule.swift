internal import MediaFacts

/// What the file declares of AI agrees with the notice or with the form.
///
/// A label is a statement of the file, and a file without labels proves nothing: a remux loses them. So the rule never
/// fails: a contradiction is for a person to judge. Labels of GB 45438-2025, the IPTC source type and the source type of
/// Content Credentials count alike.
struct AILabelRule: MeasuredRule {
    static let kind = "ai-label"
    static let title = LocalizedText(zh: "AI 标识", en: "AI label")

    /// What the notice says of declarations; nil when only their form is checked.
    var demand: AILabelDemand?
    /// Name of the form's field that says whether AI was used; nil unless `demand` is `.consistent`.
    var declaredField: String?
    /// Whether defects of labels are for a person to judge.
    var needsWellFormed: Bool

    /// Makes a rule.
    init(_ demand: AILabelDemand? = nil, declaredField: String? = nil, needsWellFormed: Bool = false) {
        self.demand = demand
        self.declaredField = declaredField
        self.needsWellFormed = needsWellFormed
    }

    init(_ parameters: ParameterReader) {
        demand = parameters.value("label", .name(AILabelDemand.allCases.map { ($0.rawValue, $0) }))
        needsWellFormed = parameters.flag("wellFormed") ?? false
        declaredField = parameters.text("declared", isRequired: demand == .consistent)
        if demand != .consistent, parameters.has("declared") {
            parameters.report(
                "declared", "只有 label: consistent 才与表中的字段比较", "only label: consistent compares with a field of the form"
            )
        }
        parameters.requireOne(of: "label", "wellFormed")
        if demand == nil, parameters.has("wellFormed"), !needsWellFormed {
            parameters.report(
                "wellFormed", "没有 label 时应为 true", "must be true without label: the rule asks for nothing")
        }
    }

    var declaredFields: Set<String> { declaredField.map { [$0] } ?? [] }

    func judge(_ facts: MediaFacts) -> Judgement { judge(facts, Declaration()) }

    func judge(_ facts: MediaFacts, _ declaration: Declaration) -> Judgement {
        guard let provenance = facts.provenance else {
            return .unknown("文件声明", "file's declarations", required: required)
        }
        let written = declaredField.map { declaration.fields[$0] ?? "" }
        let answer = AILabelAnswer(demand, provenance, written: written, needsWellFormed: needsWellFormed)
        return Judgement(
            answer.outcome, reason: answer.reason, required: required, measured: provenance.statedText,
            message: answer.message)
    }

    /// The demand for programs and tables.
    private var required: String {
        let demand =
            switch demand {
            case .forbidden: "no AI label"
            case .required: "AI label"
            case .consistent: "AI label = \(declaredField ?? "")"
            case nil: nil as String?
            }
        return [demand, needsWellFormed ? "well-formed" : nil].compactMap(\.self).joined(separator: ", ")
    }
}

/// What a notice says of the declarations of AI in a file.
enum AILabelDemand: String, Sendable, Encodable, CaseIterable {
    /// The file declares none.
    case forbidden
    /// The file declares some.
    case required
    /// The file does not contradict the form.
    case consistent
}

extension AILabelRule: Encodable {
    private enum CodingKeys: String, CodingKey { case label, declared, wellFormed }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(demand, forKey: .label)
        try values.encodeIfPresent(declaredField, forKey: .declared)
        try values.encodeIfPresent(needsWellFormed ? true : nil, forKey: .wellFormed)
    }
}
