public import ContestRules
internal import EntryIntake
public import MediaFacts

/// Counts over all files of a run. The summary keeps the paths of files only where an output lists them, so its memory
/// does not grow with the number of reports.
public struct RunSummary: Sendable {
    /// Name of the contest that the files were judged by.
    public let contest: LocalizedText
    /// Id of the contest.
    public let contestID: String
    /// When the run ended, RFC 3339 with an offset; empty until then.
    public var endedAt = ""
    /// Number of files of each verdict.
    public private(set) var tally = Tally()
    /// Number of files whose report was taken from an earlier run.
    public private(set) var unchanged = 0
    /// Files without a report, each with the error's message.
    public private(set) var errors: [Note] = []
    /// Paths of files that the search of a folder left out because they are no videos.
    public var passedOver: [String] = []
    /// Number of files that the run found but did not check, because it was interrupted.
    public var unchecked = 0
    /// Whether the run was interrupted.
    public var isInterrupted = false
    /// Whether the next run can continue an interrupted one with `--resume`.
    public var isResumable = true
    /// Problems of the manifest, of an output, or of a match between manifest and files.
    public var notes: [Note] = []

    /// The names of the rules of the contest and of all reports.
    var ruleNames: RuleNames

    private let quotas: [Quota]
    /// Ids of the contest's rules in order.
    private let ruleOrder: [String]
    private var undecodedCounts: [Depth: UndecodedCount] = [:]
    private var reasonCounts: [ReasonKey: Int] = [:]
    private var clauses: [String: String] = [:]
    private var groupTallies: [Quota.Grouping: [String: Tally]] = [:]
    /// Shown names of the groups by their full names.
    private var shownNames: [Quota.Grouping: [String: String]] = [:]

    /// Makes an empty summary of a run by `contest`.
    public init(contest: Contest) {
        self.contest = contest.name
        contestID = contest.id
        quotas = contest.quotas
        ruleNames = RuleNames(contest)
        ruleOrder = contest.rules.map(\.id)
    }

    /// A problem of the run rather than of one report, or a file without a report.
    public struct Note: Sendable, Hashable, Encodable {
        /// The thing that the note is about: a path, a row of the manifest.
        public var subject: String
        /// The problem and what to do about it.
        public var message: LocalizedText

        /// Makes a note.
        public init(_ subject: String, _ message: LocalizedText) {
            self.subject = subject
            self.message = message
        }
    }

    /// A rule and an outcome other than `pass`, with the number of files that have it.
    public struct Reason: Sendable, Hashable, Encodable {
        /// Id of the rule.
        public var rule: String
        /// Name of the rule for people; nil when neither the contest nor a report names the rule.
        public var name: LocalizedText?
        /// The outcome, never `pass`.
        public var outcome: Finding.Outcome
        /// Number of files whose report has this outcome for the rule.
        public var files: Int
        /// The rule's clause, in the words of the notice.
        public var clause: String
    }

    /// A region, a category, a unit or an entrant with the verdicts of its works.
    public struct Group: Sendable, Hashable {
        /// Full name of the group, which tells groups apart and is never shown; nil for the works that name none.
        public var key: String?
        /// Name of the group as it may be shown; nil for the works that name none.
        public var name: String?
        /// Number of the group's files of each verdict.
        public var tally: Tally
    }

    private struct ReasonKey: Hashable {
        var rule: String
        var outcome: Finding.Outcome
    }

    /// Counts one result.
    public mutating func add(_ file: CheckedFile) { count(file, 1) }

    /// Removes a result that `add` counted, because the file is being checked again.
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
            let findings = report.attention.withoutUndecoded
            for finding in findings {
                clauses[finding.rule] = finding.clause
                ruleNames.add(finding.rule, finding.name)
            }
            let open = Set(report.attention.filter(\.isUndecoded).map(\.rule))
            if !open.isEmpty { undecodedCounts[report.depth, default: UndecodedCount()].add(open, sign) }
            // A rule may give several findings with one outcome; they count the file once.
            for reason in Set(findings.map { ReasonKey(rule: $0.rule, outcome: $0.outcome) }) {
                reasonCounts[reason, default: 0] += sign
            }
        }
        guard let work = file.work else { return }
        groupTallies[.category, default: [:]][work.category ?? "", default: Tally()].add(file, sign)
        groupTallies[.region, default: [:]][work.region ?? "", default: Tally()].add(file, sign)
        // Units and entrants are many: they are counted only where a quota limits them.
        for grouping in Set(quotas.map(\.grouping)).subtracting([.category, .region]) {
            let name = work.counted[grouping]
            groupTallies[grouping, default: [:]][name?.key ?? "", default: Tally()].add(file, sign)
            if let name { shownNames[grouping, default: [:]][name.key] = name.shown }
        }
    }

    /// The outcomes other than `pass` that count as reasons, the most frequent first, then by rule and outcome.
    /// Findings that only follow from an unreadable file are left out, and so are findings about submissions and checks
    /// that `undecoded` counts.
    public var reasons: [Reason] {
        reasonCounts.filter { $0.value > 0 }
            .map { key, files in
                Reason(
                    rule: key.rule, name: ruleNames[key.rule], outcome: key.outcome, files: files,
                    clause: clauses[key.rule] ?? "")
            }
            .sorted { left, right in
                left.files != right.files
                    ? left.files > right.files
                    : (left.rule, left.outcome.rawValue) < (right.rule, right.outcome.rawValue)
            }
    }

    /// The checks that were not made because the run decoded less than their rules need, by depth. A run has one depth;
    /// reports of earlier runs may have another.
    public var undecoded: [Undecoded] {
        undecodedCounts.filter { $0.value.files > 0 }.sorted { $0.key < $1.key }.map { depth, count in
            let open = count.rules.filter { $0.value > 0 }.map(\.key).sorted()
            let rules = ruleOrder.filter(open.contains) + open.filter { !ruleOrder.contains($0) }
            return Undecoded(depth: depth, files: count.files, rules: rules)
        }
    }

    /// The works by `grouping`, sorted by name, the group without a name last; empty when no work names a group.
    public func groups(by grouping: Quota.Grouping) -> [Group] {
        let tallies = (groupTallies[grouping] ?? [:]).filter { $0.value.total > 0 }
        guard tallies.keys.contains(where: { !$0.isEmpty }) else { return [] }
        return tallies.sorted { ($0.key.isEmpty ? 1 : 0, $0.key) < ($1.key.isEmpty ? 1 : 0, $1.key) }
            .map { key, tally in
                let name = shownNames[grouping]?[key] ?? key
                return key.isEmpty
                    ? Group(key: nil, name: nil, tally: tally) : Group(key: key, name: name, tally: tally)
            }
    }

    /// The groups that break a quota of the contest. A quota is left out when no work names a group of
    /// its kind.
    public var breaches: [Quota.Breach] {
        quotas.flatMap { quota -> [Quota.Breach] in
            let named = groups(by: quota.grouping).compactMap { group in group.key.map { ($0, group.tally) } }
            let shown = shownNames[quota.grouping] ?? [:]
            guard !named.isEmpty else { return [] }
            return quota.breaches(
                Dictionary(uniqueKeysWithValues: named).mapValues {
                    Quota.Count(sent: $0.total, standing: $0.compliant + $0.needsReview)
                }, showing: { shown[$0] ?? $0 })
        }
    }
}

/// The number of files of each verdict.
public struct Tally: Sendable, Hashable, Encodable {
    /// Files whose verdict is `compliant`.
    public var compliant = 0
    /// Files whose verdict is `needs-review`.
    public var needsReview = 0
    /// Files whose verdict is `non-compliant`.
    public var nonCompliant = 0
    /// Files without a report.
    public var errors = 0
    /// Files with an `advisory` finding in their report, whatever their verdict. These files are also counted by their
    /// verdict.
    public var advised = 0

    /// Makes a tally of no files.
    public init() {}

    /// Number of all files.
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
