public import ContestRules
public import EntryIntake
public import MediaFacts

/// One file of a run, with what came out.
public struct CheckedFile: Sendable {
    /// The path as it was given or found.
    public var path: String
    /// The bytes of a path that is not UTF-8, percent-encoded; nil for another path, and where `path` is masked.
    public var rawPath: String?
    /// The report, or why there is none.
    public var outcome: Result<Report, IntakeError>
    /// What is known of the work beside its file; nil when nothing is.
    public var work: Work?
    /// Whether the report is of an earlier run, nothing having changed since.
    public var isUnchanged: Bool
    /// The pictures that the report names; never part of the JSON.
    public var stills: [Still]
    /// The effect of `check --store`; nil when nothing is kept. Never part of the JSON.
    public var stored: StoredWork?

    /// Names a result.
    public init(
        path: String, rawPath: String? = nil, outcome: Result<Report, IntakeError>, work: Work? = nil,
        isUnchanged: Bool = false, stills: [Still] = [], stored: StoredWork? = nil
    ) {
        self.path = path
        self.rawPath = rawPath
        self.outcome = outcome
        self.work = work
        self.isUnchanged = isUnchanged
        self.stills = stills
        self.stored = stored
    }

    /// The report; nil when there is none.
    public var report: Report? { try? outcome.get() }
}

/// A submitted work as a manifest or the name of its file tells of it, ready to be shown: what is personal is masked
/// already, unless it may be seen.
public struct Work: Sendable, Hashable, Encodable {
    /// Form fields in the order of the form.
    public var fields: [Field]
    /// Its category; nil when nothing names one.
    public var category: String?
    /// Where it comes from; nil when nothing names a region.
    public var region: String?
    /// What the rules about a submission found, as far as they can be judged here. Never part of the verdict.
    public var findings: [Finding]

    /// Gathers what is known.
    public init(fields: [Field], category: String?, region: String?, findings: [Finding]) {
        self.fields = fields
        self.category = category
        self.region = region
        self.findings = findings
    }

    /// One field of the form.
    public struct Field: Sendable, Hashable, Encodable {
        /// Name of the field in the contest's form (`title`, `phone`), or of a part of the file's name (`entrant`).
        public var name: String
        /// What the notice calls it.
        public var label: LocalizedText
        /// What was written into it.
        public var value: String

        /// Names a field.
        public init(name: String, label: LocalizedText, value: String) {
            self.name = name
            self.label = label
            self.value = value
        }
    }

    private enum CodingKeys: String, CodingKey { case fields, category, region, findings }

    /// Writes the wire form; absent values become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(fields, forKey: .fields)
        try values.encode(category, forKey: .category)
        try values.encode(region, forKey: .region)
        try values.encode(findings, forKey: .findings)
    }
}

extension CheckedFile: Encodable {
    private enum CodingKeys: String, CodingKey { case path, rawPath, report, error, work, unchanged }
    private enum ErrorKeys: String, CodingKey { case code, message }

    /// `{"path": …, "report": …}` or `{"path": …, "error": {"code": …, "message": …}}`, with `rawPath` where the
    /// path is not UTF-8, `work` where something is known of it and `unchanged` where the report is of an earlier run.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(path, forKey: .path)
        try values.encodeIfPresent(rawPath, forKey: .rawPath)
        switch outcome {
        case .success(let report): try values.encode(report, forKey: .report)
        case .failure(let error):
            var nested = values.nestedContainer(keyedBy: ErrorKeys.self, forKey: .error)
            try nested.encode(error.code.rawValue, forKey: .code)
            try nested.encode(error.message, forKey: .message)
        }
        try values.encodeIfPresent(work, forKey: .work)
        if isUnchanged { try values.encode(true, forKey: .unchanged) }
    }
}

/// A field of the works that has a column of its own in a table of the run.
public struct RunColumn: Sendable, Hashable {
    /// The name that `Work.Field` has.
    public var name: String
    /// What stands above the column.
    public var label: LocalizedText

    /// Names a column.
    public init(name: String, label: LocalizedText) {
        self.name = name
        self.label = label
    }
}
