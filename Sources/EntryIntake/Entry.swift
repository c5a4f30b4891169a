public import ContestRules

/// A submitted work: its form, its media, what was found of both, and what people answered.
public struct Entry: Sendable, Hashable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.entry/1"

    /// Unique, a UUID.
    public var id: String
    /// When it was made, RFC 3339 with offset.
    public var createdAt: String
    /// Id of the contest it was sent to.
    public var contest: String
    /// Form fields as they were given, the personal ones not among them.
    public var fields: [String: String]
    /// What is personal, kept under seal; nil when its key is not at hand.
    public var contacts: Contacts?
    /// When the last byte of the media arrived; nil until media is uploaded.
    public var received: Moment?
    /// The stored file, telephone numbers in its name masked; nil until one is uploaded.
    public var media: MediaReference?
    /// The newest report; nil until media is uploaded and checked.
    public var report: Report?
    /// What the rules about the submission found; nil for an entry older than they are.
    public var admission: Admission?
    /// People's answers, the oldest first. Nothing is taken back: of two on one item the newer counts.
    public var signOffs: [SignOff]
    /// Ids of the other entries of the contest that hold the same bytes now.
    public var twins: [String]

    /// Makes an entry.
    public init(
        id: String, createdAt: String, contest: String, fields: [String: String], contacts: Contacts? = Contacts(),
        received: Moment? = nil, media: MediaReference? = nil, report: Report? = nil, admission: Admission? = nil,
        signOffs: [SignOff] = [], twins: [String] = []
    ) {
        self.id = id
        self.createdAt = createdAt
        self.contest = contest
        self.fields = fields
        self.contacts = contacts
        self.received = received
        self.media = media
        self.report = report
        self.admission = admission
        self.signOffs = signOffs
        self.twins = twins
    }

    /// Findings of the rules about the submission, as of now.
    public var admissionFindings: [Finding] { admission?.findings(isShared: !twins.isEmpty) ?? [] }

    /// Where the entry stands.
    public var standing: Standing { Standing(self) }
}

/// What of a submission is personal: never logged, listed or shown but to who may see it.
public struct Contacts: Sendable, Hashable, Codable {
    /// Personal form fields as they were given.
    public var fields: [String: String]
    /// The file's name as it was sent, where that holds a telephone number; else nil.
    public var filename: String?

    /// Gathers what is personal.
    public init(fields: [String: String] = [:], filename: String? = nil) {
        self.fields = fields
        self.filename = filename
    }

    /// Whether there is anything to protect.
    public var isEmpty: Bool { fields.isEmpty && filename == nil }
}

/// One line of a list of entries: no form field, because contacts are personal.
public struct EntrySummary: Sendable, Hashable {
    /// Id of the entry.
    public var id: String
    /// When it was made, RFC 3339 with offset.
    public var createdAt: String
    /// Id of the contest it was sent to.
    public var contest: String
    /// The stored file; nil until one is uploaded.
    public var media: MediaReference?
    /// Verdict of the newest report; nil until media is uploaded.
    public var verdict: Verdict?
    /// Where the entry stands.
    public var standing: Standing

    /// Makes a line.
    public init(
        id: String, createdAt: String, contest: String, media: MediaReference?, verdict: Verdict?, standing: Standing
    ) {
        self.id = id
        self.createdAt = createdAt
        self.contest = contest
        self.media = media
        self.verdict = verdict
        self.standing = standing
    }
}

/// What a list of entries is to hold.
public struct EntryQuery: Sendable, Hashable {
    /// Only this contest's entries; nil for all.
    public var contest: String?
    /// Only entries whose newest report has this verdict; nil for all.
    public var verdict: Verdict?
    /// Most lines, 1 to 200.
    public var limit: Int
    /// Where the page before ended; nil for the first page.
    public var cursor: String?

    /// Makes a query; `limit` is brought into its range.
    public init(contest: String? = nil, verdict: Verdict? = nil, limit: Int = 50, cursor: String? = nil) {
        self.contest = contest
        self.verdict = verdict
        self.limit = min(max(limit, 1), 200)
        self.cursor = cursor
    }
}

/// One page of a list, newest first.
public struct EntryPage: Sendable, Hashable {
    /// The lines.
    public var entries: [EntrySummary]
    /// The cursor of the next page; nil on the last one.
    public var nextCursor: String?

    /// Makes a page.
    public init(entries: [EntrySummary], nextCursor: String?) {
        self.entries = entries
        self.nextCursor = nextCursor
    }
}
