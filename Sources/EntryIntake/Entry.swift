public import ContestRules

/// A submitted work: its form, its media and the newest report on it.
public struct Entry: Sendable, Hashable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.entry/1"

    /// Unique, a UUID.
    public var id: String
    /// When it was made, RFC 3339 with offset.
    public var createdAt: String
    /// Id of the contest it was sent to.
    public var contest: String
    /// Form fields as they were given.
    public var fields: [String: String]
    /// The stored file; nil until one is uploaded.
    public var media: MediaReference?
    /// The newest report; nil until media is uploaded.
    public var report: Report?

    /// Makes an entry.
    public init(
        id: String, createdAt: String, contest: String, fields: [String: String], media: MediaReference? = nil,
        report: Report? = nil
    ) {
        self.id = id
        self.createdAt = createdAt
        self.contest = contest
        self.fields = fields
        self.media = media
        self.report = report
    }

    /// Where the entry stands.
    public var standing: Standing { Standing(verdict: report?.verdict) }
}

/// Where an entry stands between submission and decision.
public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    /// Undecided: no media yet, or people still have to answer.
    case open
    /// The media breaks a required rule.
    case rejected
    /// Compliant, admitted and approved by people.
    case accepted

    /// Measurement can reject but never accept: a checklist waits for a person.
    public init(verdict: Verdict?) { self = verdict == .nonCompliant ? .rejected : .open }
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

    /// Makes a line.
    public init(id: String, createdAt: String, contest: String, media: MediaReference?, verdict: Verdict?) {
        self.id = id
        self.createdAt = createdAt
        self.contest = contest
        self.media = media
        self.verdict = verdict
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
