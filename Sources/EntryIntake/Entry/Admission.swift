public import ContestRules
internal import MediaFacts

/// The findings of the rules about a submission, made when it arrives and at every change of its form or media.
///
/// Other entries with the same bytes come and go without a change of this entry. The findings of all three cases are
/// therefore stored, and `findings(sharing:)` selects those that hold now.
public struct Admission: Sendable, Hashable, Codable {
    /// Time of the judgement, RFC 3339 with offset.
    public var createdAt: String
    /// The contest whose rules made the findings.
    public var contest: ContestReference
    /// The findings while no other entry holds the same bytes.
    public var alone: [Finding]
    /// The findings while an earlier entry holds the same bytes.
    public var shared: [Finding]
    /// The findings while only later entries hold the same bytes; nil in the records of releases that did not
    /// distinguish this case.
    public var followed: [Finding]?

    /// Makes the findings of a submission.
    public init(
        createdAt: String, contest: ContestReference, alone: [Finding], shared: [Finding], followed: [Finding]? = nil
    ) {
        self.createdAt = createdAt
        self.contest = contest
        self.alone = alone
        self.shared = shared
        self.followed = followed
    }

    /// The findings for the present number of other entries with the same bytes, which they show.
    public func findings(sharing others: SameMedia) -> [Finding] {
        guard others.earlier + others.later > 0 else { return alone }
        let findings = others.earlier > 0 ? shared : followed ?? alone
        return findings.map { finding in
            guard SameMediaReason(rawValue: finding.reason ?? "") != nil else { return finding }
            var finding = finding
            finding.measured = "\(others.earlier > 0 ? others.earlier : others.later)"
            return finding
        }
    }
}

extension Admission {
    /// Judges an entry by its contest. Without the key to its contacts an entry cannot be judged again and keeps its
    /// earlier findings.
    ///
    /// An entry without any field, as `check --store` makes, counts as one whose form is still to be sent.
    static func of(_ entry: Entry, by contest: Contest, at moment: Moment) -> Admission? {
        guard let contacts = entry.contacts else { return entry.admission }
        let fields = entry.fields.merging(contacts.fields) { own, _ in own }
        var submission = Submission(
            fields: fields.isEmpty ? nil : fields, receivedMilliseconds: entry.received?.milliseconds,
            filename: contacts.filename ?? entry.media?.filename, duration: entry.report?.facts?.duration,
            hasMedia: entry.media != nil, declaration: entry.declaration(in: contest))
        func findings(earlier: Int, later: Int) -> [Finding] {
            (submission.earlierHolders, submission.laterHolders) = (earlier, later)
            return contest.admission(of: submission)
        }
        return Admission(
            createdAt: moment.text, contest: ContestReference(contest), alone: findings(earlier: 0, later: 0),
            shared: findings(earlier: 1, later: 0), followed: findings(earlier: 0, later: 1))
    }
}
