public import ContestRules

/// A submitted work: its form, its media, the findings on both, and people's answers.
public struct Entry: Sendable, Hashable, Codable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.entry/1"

    /// Id of the entry, a UUID.
    public var id: String
    /// Time at which the entry was made, RFC 3339 with offset.
    public var createdAt: String
    /// Id of the contest that the entry was submitted to.
    public var contest: String
    /// Id of the principal that submitted the entry; nil when no key was needed.
    public var owner: String?
    /// The file's absolute path in `check --store`, percent-encoded; nil for an entry that came over HTTP.
    public var place: String?
    /// Version of the entry: 1 at its arrival, one more with every change.
    public var version: Int
    /// Form fields as sent, without the personal ones.
    public var fields: [String: String]
    /// The personal part of the submission, which is stored encrypted; nil when the encryption key is not available.
    public var contacts: Contacts?
    /// Time at which the last byte of the media arrived; nil until media is uploaded.
    public var received: Moment?
    /// The stored file, with personal parts of its name masked; nil until media is uploaded.
    public var media: MediaReference?
    /// The newest report; nil until media is uploaded and checked.
    public var report: Report?
    /// The findings of the rules about the submission; nil for an entry that an older release stored.
    public var admission: Admission?
    /// People's answers, the oldest first. No answer is removed; of two answers on one item the newer counts.
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

    /// The findings about the submission that hold now; empty without `admission`.
    public var admissionFindings: [Finding] { admission?.findings(sharing: sameMedia) ?? [] }

    /// Whether the entry is undecided, rejected or accepted.
    public var standing: Standing { Standing(self) }
}
