public import ContestRules

/// A line of a list of entries. No field of it is personal.
public struct EntrySummary: Sendable, Hashable {
    /// Id of the entry.
    public var id: String
    /// When it was made, RFC 3339 with offset.
    public var createdAt: String
    /// Id of the contest it was sent to.
    public var contest: String
    /// Title of the work; nil when the form has none or it is personal.
    public var title: String?
    /// Category as given; nil when the form has none.
    public var category: String?
    /// Region as given; nil when the form has none.
    public var region: String?
    /// The stored file; nil until one is uploaded.
    public var media: MediaReference?
    /// Verdict of the newest report; nil until there is one.
    public var verdict: Verdict?
    /// Whether the entry is undecided, rejected or accepted.
    public var standing: Standing
    /// Whether a person refused something whose subject changed afterwards, so that a person must look again.
    public var mustLookAgain: Bool
    /// Id of the content check that the newest report waits for; nil when it waits for none.
    public var check: String?

    /// Makes a line.
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
    /// The entry's line in a list.
    ///
    /// - Parameter contest: tells which fields hold title, category and region; nil when the contest is no longer known.
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

    /// Reads the three from fields that are not personal.
    public init(_ fields: [String: String], in contest: Contest?) {
        func value(_ name: String) -> String? {
            let keys = contest?.form?.field(name)?.keys ?? [name]
            let found = keys.compactMap { fields[$0] }.first { !$0.allSatisfy(\.isWhitespace) }
            return found.map { PersonalText.maskingPhones(in: String($0.prefix(200))) }
        }
        (title, category, region) = (value("title"), value("category"), value("region"))
    }
}
