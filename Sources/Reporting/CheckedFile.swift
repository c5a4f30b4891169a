public import ContestRules
public import EntryIntake
public import MediaFacts

/// One file of a run and the result of its check.
public struct CheckedFile: Sendable {
    /// The path as the command line gave it or the search of a folder found it, ready to be shown.
    public var path: String
    /// The bytes of a path that is not UTF-8, percent-encoded; nil for another path, and where `path` is masked.
    public var rawPath: String?
    /// The report, or the error that prevented one.
    public var outcome: Result<Report, IntakeError>
    /// The submitted work that the file belongs to; nil when neither a manifest nor the file's name tells anything of
    /// it.
    public var work: Work?
    /// Whether the report was taken from an earlier run, because neither the file nor the check has changed since.
    public var isUnchanged: Bool
    /// The pictures that the report's evidence names. They are never part of the JSON.
    public var stills: [Still]
    /// The effect of `check --store` on the store; nil when the run stores nothing. It is never part of the JSON.
    public var stored: StoredWork?

    /// Makes the result of one file.
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

    /// The report; nil when `outcome` is an error.
    public var report: Report? { try? outcome.get() }
}

/// A submitted work as a manifest or the name of its file describes it, ready to be shown: personal values are already
/// masked, unless the run was asked to show them.
public struct Work: Sendable, Hashable, Encodable {
    /// Form fields in the order of the form.
    public var fields: [Field]
    /// The category of the work; nil when neither source names one.
    public var category: String?
    /// The region that sends the work; nil when neither source names one.
    public var region: String?
    /// Findings of the rules about a submission, as far as a run without the form can judge them. They never count in
    /// the verdict.
    public var findings: [Finding]
    /// The unit and the entrant that quotas count the work by. They are never part of the JSON, which has them among the
    /// fields.
    public var counted: [Quota.Grouping: GroupName]

    /// Makes a work.
    public init(
        fields: [Field], category: String?, region: String?, findings: [Finding],
        counted: [Quota.Grouping: GroupName] = [:]
    ) {
        self.fields = fields
        self.counted = counted
        self.category = category
        self.region = region
        self.findings = findings
    }

    /// The name of a group that quotas count works by.
    public struct GroupName: Sendable, Hashable {
        /// The full name, which tells the groups apart and is never shown.
        public var key: String
        /// The name as it may be shown: masked where it is personal.
        public var shown: String

        /// Makes a name.
        public init(key: String, shown: String) {
            self.key = key
            self.shown = shown
        }
    }

    /// One field of the form.
    public struct Field: Sendable, Hashable, Encodable {
        /// Name of the field in the contest's form (`title`, `phone`), or of a part of the file's name (`entrant`).
        public var name: String
        /// The field's name in the contest's notice.
        public var label: LocalizedText
        /// The value that the entrant wrote, masked where it is personal.
        public var value: String

        /// Makes a field.
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

    /// Writes `{"path": …, "report": …}` or `{"path": …, "error": {"code": …, "message": …}}`. Three members are there
    /// only when they apply: `rawPath` when the path is not UTF-8, `work` when it is not nil, and `unchanged: true`
    /// when the report is from an earlier run.
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

/// A form field that has a column of its own in the tables of a run.
public struct RunColumn: Sendable, Hashable {
    /// The `name` of the `Work.Field` that fills the column.
    public var name: String
    /// The title of the column.
    public var label: LocalizedText

    /// Makes a column.
    public init(name: String, label: LocalizedText) {
        self.name = name
        self.label = label
    }
}
