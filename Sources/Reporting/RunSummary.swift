public import ContestRules
internal import EntryIntake
public import MediaFacts

/// What a run over many files comes to. Counts as results are added; holds nothing of a file but its path, and that
/// only where it must be named.
public struct RunSummary: Sendable {
    /// Name of the contest that the files were judged by.
    public let contest: LocalizedText
    /// Id of the contest.
    public let contestID: String
    /// When the run ended, RFC 3339 with offset; empty before.
    public var endedAt = ""
    /// How the files came out.
    public private(set) var tally = Tally()
    /// Files whose report is of an earlier run.
    public private(set) var unchanged = 0
    /// Files that there was no report on, with why not.
    public private(set) var errors: [Note] = []
    /// Files in a folder that are no videos.
    public var passedOver: [String] = []
    /// Files that were found and not checked, because the run was interrupted.
    public var unchecked = 0
    /// Whether the run was interrupted.
    public var isInterrupted = false
    /// Whether the next run can go on from this one.
    public var isResumable = true
    /// What is wrong with the manifest, the outputs, or between them and the files.
    public var notes: [Note] = []

    private let quotas: [Quota]
    private var reasonCounts: [ReasonKey: Int] = [:]
    private var clauses: [String: String] = [:]
    private var groupTallies: [Quota.Grouping: [String: Tally]] = [:]

    /// Begins to count.
    public init(contest: Contest) {
        self.contest = contest.name
        contestID = contest.id
        quotas = contest.quotas
    }

    /// Something that concerns the run rather than one report.
    public struct Note: Sendable, Hashable, Encodable {
        /// What it is about: a path, a row of the manifest.
        public var subject: String
        /// What is the matter and what to do.
        public var message: LocalizedText

        /// Makes a note.
        public init(_ subject: String, _ message: LocalizedText) {
            self.subject = subject
            self.message = message
        }
    }

    /// A rule that files did not meet, or that nobody could tell of, with how many.
    public struct Reason: Sendable, Hashable, Encodable {
        /// Id of the rule.
        public var rule: String
        /// What came out.
        public var outcome: Finding.Outcome
        /// How many files.
        public var files: Int
        /// The notice's own words.
        public var clause: String
    }

    /// A region or a category with what became of its works.
    public struct Group: Sendable, Hashable {
        /// The region or category; nil for the works that none is named of.
        public var name: String?
        /// How its files came out.
        public var tally: Tally
    }

    private struct ReasonKey: Hashable {
        var rule: String
        var outcome: Finding.Outcome
    }

    /// Counts one result.
    public mutating func add(_ file: CheckedFile) { count(file, 1) }

    /// Takes one result back: the file is being checked anew.
    public mutating func remove(_ file: CheckedFile) { count(file, -1) }

    private mutating func count(_ file: CheckedFile, _ sign: Int) {
        tally.add(file, sign)
        unchanged += file.isUnchanged ? sign : 0
        switch file.outcome {
        case .failure(let error):
            let note = Note(file.path, error.message)
            if sign > 0 {
                errors.append(note)
            } else if let last = errors.lastIndex(of: note) {
                errors.remove(at: last)
            }
        case .success(let report):
            for finding in report.attention {
                reasonCounts[ReasonKey(rule: finding.rule, outcome: finding.outcome), default: 0] += sign
                clauses[finding.rule] = finding.clause
            }
        }
        guard let work = file.work else { return }
        groupTallies[.category, default: [:]][work.category ?? "", default: Tally()].add(file, sign)
        groupTallies[.region, default: [:]][work.region ?? "", default: Tally()].add(file, sign)
    }

    /// Why files were not simply compliant, the most frequent reason first.
    public var reasons: [Reason] {
        reasonCounts.filter { $0.value > 0 }
            .map { Reason(rule: $0.rule, outcome: $0.outcome, files: $1, clause: clauses[$0.rule] ?? "") }
            .sorted { left, right in
                left.files != right.files
                    ? left.files > right.files
                    : (left.rule, left.outcome.rawValue) < (right.rule, right.outcome.rawValue)
            }
    }

    /// The works by `grouping`, in the order of the names, those without one last; empty when no work names one.
    public func groups(by grouping: Quota.Grouping) -> [Group] {
        let tallies = (groupTallies[grouping] ?? [:]).filter { $0.value.total > 0 }
        guard tallies.keys.contains(where: { !$0.isEmpty }) else { return [] }
        return tallies.sorted { ($0.key.isEmpty ? 1 : 0, $0.key) < ($1.key.isEmpty ? 1 : 0, $1.key) }
            .map { Group(name: $0.key.isEmpty ? nil : $0.key, tally: $0.value) }
    }

    /// The regions and categories that do not keep to the contest's quotas; empty when no work names one.
    public var breaches: [Quota.Breach] {
        quotas.flatMap { quota -> [Quota.Breach] in
            let named = groups(by: quota.grouping).compactMap { group in group.name.map { ($0, group.tally) } }
            guard !named.isEmpty else { return [] }
            return quota.breaches(
                Dictionary(uniqueKeysWithValues: named).mapValues {
                    Quota.Count(sent: $0.total, standing: $0.compliant + $0.needsReview)
                })
        }
    }
}

/// How many files of a run came out how.
public struct Tally: Sendable, Hashable, Encodable {
    /// Files whose verdict is `compliant`.
    public var compliant = 0
    /// Files whose verdict is `needs-review`.
    public var needsReview = 0
    /// Files whose verdict is `non-compliant`.
    public var nonCompliant = 0
    /// Files without a report.
    public var errors = 0
    /// Files with a finding that is `advisory`, whatever their verdict.
    public var advised = 0

    /// Counts nothing yet.
    public init() {}

    /// All files.
    public var total: Int { compliant + needsReview + nonCompliant + errors }

    /// Counts one result.
    ///
    /// - Parameter sign: -1 takes it back.
    public mutating func add(_ file: CheckedFile, _ sign: Int = 1) {
        switch file.outcome {
        case .success(let report):
            switch report.verdict {
            case .compliant: compliant += sign
            case .needsReview: needsReview += sign
            case .nonCompliant: nonCompliant += sign
            }
            if report.findings.contains(where: { $0.outcome == .advisory }) { advised += sign }
        case .failure: errors += sign
        }
    }
}
