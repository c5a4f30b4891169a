internal import ContestRules
internal import MediaFacts

extension Report {
    /// Whether time, memory or the decoder gave out before the whole file was examined: another attempt may come further.
    /// A fault of the file itself stays as it is.
    var isCutShort: Bool {
        guard let facts else { return !findings.contains { $0.outcome == .fail } }
        let ours: Set<ContentShortfall?> = [.timedOut, .outOfMemory, .crashed, .garbled]
        return ours.contains(facts.content?.picture?.shortfall) || ours.contains(facts.content?.sound?.shortfall)
    }
}

extension Inspector {
    /// Whether checking `media` again would give the same report: the same bytes, rules, programs and limits, and nothing
    /// that another attempt could measure.
    func wouldRepeat(_ report: Report, on media: MediaReference?, by contest: Contest) -> Bool {
        let isGivenUp = report.findings.contains { $0.reason == Report.givenUp }
        return report.media.sha256 != nil && report.media.sha256 == media?.sha256
            && report.contest == ContestReference(contest) && report.tool == toolVersions
            && [.quick, contest.depth].contains { readingLimits(at: $0) == report.limits }
            && !report.isCutShort && !isGivenUp
    }
}
