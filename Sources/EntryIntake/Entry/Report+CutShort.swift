internal import ContestRules
internal import MediaFacts

extension Report {
    /// Whether the examination ended early, by a time limit, lack of memory or a crash, so that another attempt may get
    /// further. `false` for a fault of the file.
    var isCutShort: Bool {
        guard let facts else { return !findings.contains { $0.outcome == .fail } }
        let ours: Set<ContentShortfall?> = [.timedOut, .outOfMemory, .crashed, .garbled]
        return ours.contains(facts.content?.picture?.shortfall) || ours.contains(facts.content?.sound?.shortfall)
    }
}

extension Inspector {
    /// Whether checking the media of `entry` again would give the same report: bytes, declaration, rules, programs and limits are the same, and
    /// the examination neither ended early nor was given up.
    func wouldRepeat(_ report: Report, on entry: Entry, by contest: Contest) -> Bool {
        let isGivenUp = report.findings.contains { $0.reason == Report.givenUp }
        return report.media.sha256 != nil && report.media.sha256 == entry.media?.sha256
            && report.scope?.saysTheSame(as: entry.declaration(in: contest)) ?? true
            && report.contest == ContestReference(contest) && report.tool == toolVersions
            && [.quick, contest.depth].contains { readingLimits(at: $0) == report.limits }
            && !report.isCutShort && !isGivenUp
    }
}
