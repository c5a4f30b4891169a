internal import ContestRules
internal import MediaFacts

extension Report {
    /// Whether time, memory or the decoder gave out before all was looked at: another attempt may come further. What the
    /// file itself is to blame for stays as it is.
    var isCutShort: Bool {
        guard let facts else { return !findings.contains { $0.outcome == .fail } }
        let ours: Set<ContentShortfall?> = [.timedOut, .outOfMemory, .crashed, .garbled]
        return ours.contains(facts.content?.picture?.shortfall) || ours.contains(facts.content?.sound?.shortfall)
    }
}
