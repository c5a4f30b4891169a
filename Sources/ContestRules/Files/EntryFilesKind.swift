internal import MediaFacts

/// The kind of the findings about roles and attachments, which are keys of a contest file and no rules in it.
struct EntryFilesKind: AdmissionRule {
    /// The id of the findings about attachments.
    static let attachments = "attachments"
    /// The id of the findings about videos that are missing.
    static let files = "files"

    /// Both ids, which are the keys of a contest file, too.
    static let ids: Set = [attachments, files]

    static let kind = attachments
    static let title = LocalizedText(zh: "附件", en: "Attachments")

    init() {}
    init(_ parameters: ParameterReader) {}

    func judge(_ submission: Submission, in contest: Contest) -> [Judgement] { [] }

    /// A finding with the clause of the role or attachment.
    static func finding(_ id: String, clause: String, _ judgement: Judgement) -> Finding {
        Finding(Rule(id: id, level: .required, clause: clause, kind: .admission(Self())), judgement)
    }
}

extension EntryFilesKind: Encodable {
    func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: NoKeys.self) }

    private enum NoKeys: CodingKey {}
}
