public import MediaFacts

/// The form of an entry must be filled in as the notice asks.
public struct FormRule: AdmissionRule {
    /// The name of the kind in contest files.
    public static let kind = "form"
    /// The name of the kind for people.
    public static let title = LocalizedText(zh: "表单", en: "Form")

    /// The fields, in the order of the notice.
    public var fields: [FormField]

    /// Makes a form.
    public init(fields: [FormField]) { self.fields = fields }

    /// Reads the parameters of a rule of this kind.
    public init(_ parameters: ParameterReader) { fields = FormFile.fields(parameters) }

    /// The field whose name or label is `key`; nil when the form has none.
    public func field(_ key: String) -> FormField? {
        let key = HalfWidth.trimmed(key)
        return fields.first { $0.keys.contains(key) }
    }

    /// Whether the value under `key` is to be protected. A value under a key that the form lacks always is, because its
    /// meaning is unknown.
    public func isPersonal(_ key: String) -> Bool { field(key)?.isPersonal ?? true }

    /// One judgement for each field that does not meet the form, or a single pass.
    public func judge(_ submission: Submission, in contest: Contest) -> [Judgement] {
        guard let written = submission.fields else {
            return [
                Judgement(
                    .pending, reason: "no-form",
                    message: LocalizedText(zh: "尚未收到表单，请补交。", en: "The form has not been sent yet; send it."))
            ]
        }
        let sent = Dictionary(grouping: written.filter { !HalfWidth.isBlank($0.value) }) {
            HalfWidth.trimmed($0.key)
        }
        let judgements = fields.compactMap { field -> Judgement? in
            let values = field.keys.flatMap { sent[$0] ?? [] }.map { HalfWidth.trimmed($0.value) }
            return FieldCheck(field: field, submission: submission).judge(Set(values))
        }
        guard judgements.isEmpty else { return judgements }
        return [
            Judgement(
                .pass,
                message: LocalizedText(zh: "表单填写齐全，符合要求。", en: "The form is filled in as required."))
        ]
    }
}
