public import ContestRules
internal import MediaFacts

/// What the rules about a submission found, judged once when it came and again at every re-check.
///
/// Whether others hold the same bytes changes as entries come and go, so both answers are kept and the reader picks.
public struct Admission: Sendable, Hashable, Codable {
    /// When it was judged, RFC 3339 with offset.
    public var createdAt: String
    /// The rules it was judged by.
    public var contest: ContestReference
    /// The findings while no other entry holds the same bytes.
    public var alone: [Finding]
    /// The findings while another one does.
    public var shared: [Finding]

    /// Gathers findings.
    public init(createdAt: String, contest: ContestReference, alone: [Finding], shared: [Finding]) {
        self.createdAt = createdAt
        self.contest = contest
        self.alone = alone
        self.shared = shared
    }

    /// The findings that hold now.
    public func findings(isShared: Bool) -> [Finding] { isShared ? shared : alone }
}

extension Admission {
    /// Judges an entry by its contest. Without the key to what is personal it cannot be judged anew, and what was found
    /// before stays.
    ///
    /// An entry of a folder comes without a form; that is still to be sent, not left blank.
    static func of(_ entry: Entry, by contest: Contest, at moment: Moment) -> Admission? {
        guard let contacts = entry.contacts else { return entry.admission }
        let fields = entry.fields.merging(contacts.fields) { own, _ in own }
        var submission = Submission(
            fields: fields.isEmpty ? nil : fields, receivedMilliseconds: entry.received?.milliseconds,
            filename: contacts.filename ?? entry.media?.filename, duration: entry.report?.facts?.duration,
            hasMedia: entry.media != nil)
        let alone = contest.admission(of: submission)
        submission.twins = [""]
        return Admission(
            createdAt: moment.text, contest: ContestReference(contest), alone: alone,
            shared: contest.admission(of: submission))
    }
}
