public import MediaFacts

/// The answer to "does this file meet this contest's rules, and why": never changed once written.
public struct Report: Sendable, Hashable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.report/1"

    /// Unique, a UUID.
    public var id: String
    /// When it was made, RFC 3339 with offset.
    public var createdAt: String
    /// What the findings add up to.
    public var verdict: Verdict
    /// The rules it was judged by.
    public var contest: ContestReference
    /// Role of the file in its entry; nil, and absent from the wire form, for the main video.
    public var role: String?
    /// The file it speaks of.
    public var media: MediaReference
    /// What was measured; nil when the file could not be read.
    public var facts: MediaFacts?
    /// One finding for every measured rule, in the contest's order.
    public var findings: [Finding]
    /// One item for every rule that a person judges, in the contest's order.
    public var checklist: [ChecklistItem]
    /// What the work declares, as the rules read it; nil, and absent from the wire form, where the contest's rules read
    /// nothing of it.
    public var scope: Declaration?
    /// What made it.
    public var tool: ToolVersions
    /// What the reading of the file was allowed to take; nil when it ran without limits.
    public var limits: ReadingLimits?
    /// Stills from the video, in order of time; empty when nothing was decoded, and absent from the wire form then.
    public var stills: [StillReference]
    /// Notes about the request that the report answers; empty for a report that is kept, and absent from the wire form
    /// then.
    public var notes: [LocalizedText]
    /// The signature over everything else in the report; nil, and absent from the wire form, when it is not signed.
    ///
    /// Members that later releases add to a report must be absent from the wire form of older reports: a member that
    /// appears when a stored report is written again makes its signature invalid.
    public var signature: ReportSignature?

    /// Judges `outcome` by the rules of `contest` about the video in its role: findings, checklist and verdict.
    ///
    /// - Parameter declaration: what the work declares beside its file.
    public init(
        id: String, createdAt: String, contest: Contest, media: MediaReference, outcome: ProbeOutcome,
        declared declaration: Declaration = Declaration(),
        tool: ToolVersions, limits: ReadingLimits? = nil, stills: [Still] = []
    ) {
        self.id = id
        self.createdAt = createdAt
        self.contest = ContestReference(contest)
        role = contest.role == FileRole.mainName ? nil : contest.role
        self.media = media
        facts = outcome.facts
        self.stills = stills.map(StillReference.init)
        findings = contest.findings(for: outcome, declared: declaration).map { [names = self.stills] in
            $0.showing(names)
        }
        checklist = contest.checklist(for: outcome, declared: declaration)
        scope = contest.readsDeclaration ? declaration : nil
        verdict = Verdict(findings, checklist)
        self.tool = tool
        self.limits = limits
        notes = []
    }
}

extension Report {
    /// How closely the file was looked at.
    public var depth: Depth { facts?.content?.depth ?? .quick }
}

/// A file's facts, or why there are none.
public enum ProbeOutcome: Sendable, Hashable {
    /// The file was read.
    case facts(MediaFacts)
    /// It could not be read, through its own fault or for want of time or memory.
    case unread(ProbeError)

    /// The facts, or nil when the file could not be read.
    public var facts: MediaFacts? {
        if case .facts(let facts) = self { facts } else { nil }
    }
}

/// Which rules a report was made by.
public struct ContestReference: Sendable, Hashable, Codable {
    /// Id of the contest.
    public var id: String
    /// Revision of its file.
    public var revision: Int
    /// Digest of its canonical content, `sha256:…`.
    public var digest: String

    /// Names the rules of a contest as they were.
    public init(id: String, revision: Int, digest: String) {
        self.id = id
        self.revision = revision
        self.digest = digest
    }
}

extension ContestReference {
    /// Names the rules of a contest as they are now.
    public init(_ contest: Contest) {
        self.init(id: contest.id, revision: contest.revision, digest: contest.digest)
    }
}

/// Which file a report speaks of.
public struct MediaReference: Sendable, Hashable {
    /// Last part of the name it was sent under; nil when it had none.
    public var filename: String?
    /// Size in bytes.
    public var bytes: Int64
    /// SHA-256 in hexadecimal; nil when it was not computed.
    public var sha256: String?

    /// Names a file.
    public init(filename: String?, bytes: Int64, sha256: String?) {
        self.filename = filename
        self.bytes = bytes
        self.sha256 = sha256
    }
}

extension MediaReference: Codable {
    private enum CodingKeys: String, CodingKey { case filename, bytes, sha256 }

    /// Writes the wire form; absent values become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(filename, forKey: .filename)
        try values.encode(bytes, forKey: .bytes)
        try values.encode(sha256, forKey: .sha256)
    }
}

/// What made a report.
public struct ToolVersions: Sendable, Hashable, Codable {
    /// Version of clipcheck.
    public var clipcheck: String
    /// Versions of the FFmpeg libraries by name.
    public var ffmpeg: [String: String]

    /// Names versions.
    public init(clipcheck: String, ffmpeg: [String: String]) {
        self.clipcheck = clipcheck
        self.ffmpeg = ffmpeg
    }
}

extension Report: Codable {
    private enum CodingKeys: String, CodingKey {
        case schema, id, createdAt, verdict, contest, media, facts, findings, checklist, scope, tool, limits, stills
        case notes, signature, role
    }

    /// Reads the wire form.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let schema = try values.decode(String.self, forKey: .schema)
        guard schema == Self.schema else {
            throw DecodingError.dataCorruptedError(
                forKey: .schema, in: values, debugDescription: "unknown report schema \(schema)")
        }
        id = try values.decode(String.self, forKey: .id)
        createdAt = try values.decode(String.self, forKey: .createdAt)
        verdict = try values.decode(Verdict.self, forKey: .verdict)
        contest = try values.decode(ContestReference.self, forKey: .contest)
        role = try values.decodeIfPresent(String.self, forKey: .role)
        media = try values.decode(MediaReference.self, forKey: .media)
        facts = try values.decodeIfPresent(MediaFacts.self, forKey: .facts)
        findings = try values.decode([Finding].self, forKey: .findings)
        checklist = try values.decode([ChecklistItem].self, forKey: .checklist)
        scope = try values.decodeIfPresent(Declaration.self, forKey: .scope)
        tool = try values.decode(ToolVersions.self, forKey: .tool)
        limits = try values.decodeIfPresent(ReadingLimits.self, forKey: .limits)
        stills = try values.decodeIfPresent([StillReference].self, forKey: .stills) ?? []
        notes = try values.decodeIfPresent([LocalizedText].self, forKey: .notes) ?? []
        signature = try values.decodeIfPresent(ReportSignature.self, forKey: .signature)
    }

    /// Writes the wire form; absent values become `null`.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(Self.schema, forKey: .schema)
        try values.encode(id, forKey: .id)
        try values.encode(createdAt, forKey: .createdAt)
        try values.encode(verdict, forKey: .verdict)
        try values.encode(contest, forKey: .contest)
        try values.encodeIfPresent(role, forKey: .role)
        try values.encode(media, forKey: .media)
        try values.encode(facts, forKey: .facts)
        try values.encode(findings, forKey: .findings)
        try values.encode(checklist, forKey: .checklist)
        try values.encodeIfPresent(scope, forKey: .scope)
        try values.encode(tool, forKey: .tool)
        try values.encode(limits, forKey: .limits)
        if !stills.isEmpty { try values.encode(stills, forKey: .stills) }
        if !notes.isEmpty { try values.encode(notes, forKey: .notes) }
        try values.encodeIfPresent(signature, forKey: .signature)
    }
}

/// A still of a report: its picture lies beside it, under this name.
public struct StillReference: Sendable, Hashable, Codable {
    /// Name of the picture, unique in its report.
    public var name: String
    /// When it is shown, from the first picture on.
    public var atMilliseconds: Int64
    /// Width in pixels.
    public var width: Int
    /// Height in pixels.
    public var height: Int

    /// Names a still.
    public init(_ still: Still) {
        name = "still-\(still.atMilliseconds).jpg"
        atMilliseconds = still.atMilliseconds
        width = still.width
        height = still.height
    }
}

extension Finding {
    /// The finding with those of `stills` that lie within its passages.
    func showing(_ stills: [StillReference]) -> Finding {
        var finding = self
        finding.evidence = evidence.map { passage in
            var passage = passage
            let within = stills.filter {
                (passage.fromMilliseconds..<max(passage.fromMilliseconds + 1, passage.toMilliseconds)).contains(
                    $0.atMilliseconds)
            }
            passage.stills = within.prefix(Passage.mostStills).map(\.name)
            return passage
        }
        return finding
    }
}
