public import ContestRules

/// An entry in a list of entries. Contains no personal field.
public struct EntrySummary: Sendable, Hashable {
    /// Id of the entry.
    public var id: String
    /// Time at which the entry was made, RFC 3339 with offset.
    public var createdAt: String
    /// Id of the contest that the entry was submitted to.
    public var contest: String
    /// Title of the work, telephone numbers masked; nil when the form has none or the title is personal.
    public var title: String?
    /// Category of the work; nil when the form has none.
    public var category: String?
    /// Region that the work comes from; nil when the form has none.
    public var region: String?
    /// The stored file; nil until media is uploaded.
    public var media: MediaReference?
    /// Verdict of the newest report; nil until there is a report.
    public var verdict: Verdict?
    /// Whether the entry is undecided, rejected or accepted.
    public var standing: Standing
    /// Whether an item was refused and its subject changed afterwards, so that a person must look again.
    public var mustLookAgain: Bool
    /// Id of the content check that completes the newest report; nil when the report is not pending.
    public var check: String?

    /// Makes a summary.
    public init(
        id: String, createdAt: String, contest: String, title: String? = nil, category: String? = nil,
        region: String? = nil, media: MediaReference?, verdict: Verdict?, standing: Standing,
        mustLookAgain: Bool = false, check: String? = nil
    ) {
        self.id = id
        self.createdAt = createdAt
        self.contest = contest
        self.title = title
        self.category = category
        self.region = region
        self.media = media
        self.verdict = verdict
        self.standing = standing
        self.mustLookAgain = mustLookAgain
        self.check = check
    }
}

extension Entry {
    /// The entry as a list shows it.
    ///
    /// - Parameter contest: defines the fields of title, category and region; nil when the contest is no longer known.
    public func summary(in contest: Contest?) -> EntrySummary {
        let tags = ListedFields(fields, in: contest)
        return EntrySummary(
            id: id, createdAt: createdAt, contest: self.contest, title: tags.title, category: tags.category,
            region: tags.region, media: media, verdict: report?.verdict, standing: standing,
            mustLookAgain: mustLookAgain, check: report?.isPending == true ? report?.id : nil)
    }
}

/// The form fields that lists show and filter by: `title`, `category` and `region`, under their names or labels.
public struct ListedFields: Sendable, Hashable {
    /// Title of the work; nil when the form has none.
    public var title: String?
    /// Category of the work; nil when the form has none.
    public var category: String?
    /// Region that the work comes from; nil when the form has none.
    public var region: String?

    /// Reads title, category and region from fields that are not personal: at most 200 characters each, telephone
    /// numbers masked.
    public init(_ fields: [String: String], in contest: Contest?) {
        func value(_ name: String) -> String? {
            let keys = contest?.form?.field(name)?.keys ?? [name]
            let found = keys.compactMap { fields[$0] }.first { !$0.allSatisfy(\.isWhitespace) }
            return found.map { PersonalText.maskingPhones(in: String($0.prefix(200))) }
        }
        (title, category, region) = (value("title"), value("category"), value("region"))
    }
}
