public import ContestRules

/// A submitted work: its form, its media, the findings on both, and people's answers.
public struct Entry: Sendable, Hashable, Codable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.entry/1"

    /// Unique, a UUID.
    public var id: String
    /// When it was made, RFC 3339 with offset.
    public var createdAt: String
    /// Id of the contest it was sent to.
    public var contest: String
    /// Id of the principal that submitted it; nil when nobody had to show a key.
    public var owner: String?
    /// The file's absolute path as `check --store` found it, percent-encoded; nil for an entry that came over HTTP.
    public var place: String?
    /// Number of the change that made the entry what it is: 1 when it arrives, one more with every change.
    public var version: Int
    /// Form fields as they were given, the personal ones not among them.
    public var fields: [String: String]
    /// The personal part of the submission, kept under seal; nil when its key is not at hand.
    public var contacts: Contacts?
    /// When the last byte of the media arrived; nil until media is uploaded.
    public var received: Moment?
    /// The stored file, personal parts of its name masked; nil until one is uploaded.
    public var media: MediaReference?
    /// The newest report; nil until media is uploaded and checked.
    public var report: Report?
    /// The findings of the rules about the submission; nil for an entry that is older than these rules.
    public var admission: Admission?
    /// People's answers, the oldest first. None is removed: of two answers on one item the newer counts.
    public var signOffs: [SignOff]
    /// Corrections of the form, the oldest first.
    public var corrections: [FieldCorrection]
    /// Other entries of the contest that hold the same bytes now.
    public var sameMedia: SameMedia

    /// Makes an entry.
    public init(
        id: String, createdAt: String, contest: String, owner: String? = nil, place: String? = nil, version: Int = 1,
        fields: [String: String], contacts: Contacts? = Contacts(), received: Moment? = nil,
        media: MediaReference? = nil, report: Report? = nil, admission: Admission? = nil, signOffs: [SignOff] = [],
        corrections: [FieldCorrection] = [], sameMedia: SameMedia = SameMedia()
    ) {
        self.id = id
        self.createdAt = createdAt
        self.contest = contest
        self.owner = owner
        self.place = place
        self.version = version
        self.fields = fields
        self.contacts = contacts
        self.received = received
        self.media = media
        self.report = report
        self.admission = admission
        self.signOffs = signOffs
        self.corrections = corrections
        self.sameMedia = sameMedia
    }

    /// Findings of the rules about the submission, as of now.
    public var admissionFindings: [Finding] { admission?.findings(sharing: sameMedia) ?? [] }

    /// Whether the entry is undecided, rejected or accepted.
    public var standing: Standing { Standing(self) }
}
