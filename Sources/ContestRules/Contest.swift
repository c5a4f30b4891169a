internal import Crypto
public import MediaFacts

internal import struct Foundation.Data

/// One published notice, as data: what it is called, where it stands, and the rules it sets.
public struct Contest: Sendable {
    /// The schema of the file that the contest was read from, and of the wire form.
    public let schema: Schema
    /// Stable, kebab-case.
    public let id: String
    /// Counts the changes of this contest's file; one or more.
    public let revision: Int
    /// What the contest is called.
    public let name: LocalizedText
    /// The notice that the rules come from.
    public let source: Source
    /// When entries are accepted; nil when the notice does not say.
    public let window: Window?
    /// Categories of works; may be empty.
    public let categories: [String]
    /// The rules, in the order of the file.
    public let rules: [Rule]
    /// How many works every region or category may or must send in; may be empty.
    public let quotas: [Quota]
    /// The videos that an entry may have, the main one first; one or more.
    public let roles: [FileRole]
    /// Files that accompany the videos of an entry; may be empty.
    public let attachments: [AttachmentRule]
    /// Role of the video that the contest's rules are about, unless another one is asked for; never encoded.
    public private(set) var role = FileRole.mainName
    /// `sha256:` and the digest of the canonical wire form: the same for two files that differ in layout or comments
    /// only. Every report names it, so it is computed once.
    public private(set) var digest = ""

    /// Makes a contest.
    public init(
        schema: Schema = .first, id: String, revision: Int, name: LocalizedText, source: Source, window: Window? = nil,
        categories: [String] = [], rules: [Rule], quotas: [Quota] = [], roles: [FileRole] = [.main],
        attachments: [AttachmentRule] = []
    ) {
        self.schema = schema
        self.id = id
        self.revision = revision
        self.name = name
        self.source = source
        self.window = window
        self.categories = categories
        self.rules = rules
        self.quotas = quotas
        self.roles = roles
        self.attachments = attachments
        // Encoding strings, integers and lists into memory cannot fail.
        let canonical = (try? WireJSON.data(self)) ?? Data()
        digest = "sha256:" + SHA256.hash(data: canonical).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The notice that a contest's rules come from.
    public struct Source: Sendable, Hashable, Codable {
        /// Title or number of the document.
        public var document: String
        /// Day of issue, `2024-02-27`.
        public var issued: String

        /// Names a document.
        public init(document: String, issued: String) {
            self.document = document
            self.issued = issued
        }
    }

    /// When entries are accepted.
    public struct Window: Sendable, Hashable {
        /// First moment, included.
        public var opens: ContestTime
        /// Last moment, included.
        public var closes: ContestTime

        /// Makes a window.
        public init(opens: ContestTime, closes: ContestTime) {
            self.opens = opens
            self.closes = closes
        }
    }

    /// The same contest, with the same digest, for judging the video in `role` instead of the main one.
    public func judging(_ role: String) -> Contest {
        var contest = self
        contest.role = role
        return contest
    }

    /// How closely the video in `role` must be looked at for all its rules.
    public var depth: Depth { depth(of: role) }

    /// What counts as black, frozen, silent and as a bar in the video in `role`.
    public var thresholds: ContentThresholds { thresholds(of: role) }

    /// Everything that some rule needs to know of the video in `role`.
    public var measurements: Set<Measurement> { measurements(of: role) }
}

extension Contest: Encodable {
    private enum CodingKeys: String, CodingKey {
        case schema, id, revision, name, source, window, categories, rules, quotas, files, attachments
    }

    /// Writes the wire form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(schema, forKey: .schema)
        try values.encode(id, forKey: .id)
        try values.encode(revision, forKey: .revision)
        try values.encode(name, forKey: .name)
        try values.encode(source, forKey: .source)
        try values.encode(window, forKey: .window)
        try values.encode(categories, forKey: .categories)
        try values.encode(rules, forKey: .rules)
        // Left out when there is none: the digest of a contest that states none stays what it was.
        if !quotas.isEmpty { try values.encode(quotas, forKey: .quotas) }
        if roles != [.main] { try values.encode(roles, forKey: .files) }
        if !attachments.isEmpty { try values.encode(attachments, forKey: .attachments) }
    }
}

extension Contest.Window: Encodable {
    private enum CodingKeys: String, CodingKey { case opens, closes }

    /// Writes the wire form, RFC 3339: a notice's 24:00 is the next day's 00:00.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(opens.rfc3339, forKey: .opens)
        try values.encode(closes.rfc3339, forKey: .closes)
    }
}
