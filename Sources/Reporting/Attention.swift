internal import ContestRules

extension Report {
    /// The findings that need attention, the weightiest first; of a file that could not be read, not those that merely
    /// follow from it.
    var attention: [Finding] { findings.filter { !merelyFollows($0) }.attention }

    /// Whether nothing was measured for no other reason than that the file could not be read or holds no video, which
    /// another finding tells.
    func merelyFollows(_ finding: Finding) -> Bool {
        (facts == nil || finding.reason == "no-video") && finding.outcome == .undetermined && finding.measured == nil
            && findings.contains { $0.outcome == .fail || ($0.outcome == .undetermined && $0.measured != nil) }
    }
}

extension [Finding] {
    /// Each with whether its clause is quoted after it: of findings of one rule in a row only the last quotes it.
    var withQuotes: [(finding: Finding, quotes: Bool)] {
        enumerated().map { index, finding in
            let next = index + 1 < count ? self[index + 1] : nil
            return (finding, next?.rule != finding.rule || next?.clause != finding.clause)
        }
    }

    /// Those that need attention, the weightiest first.
    var attention: [Finding] {
        [Finding.Outcome.fail, .review, .undetermined, .pending, .advisory].flatMap { outcome in
            filter { $0.outcome == outcome }
        }
    }
}
