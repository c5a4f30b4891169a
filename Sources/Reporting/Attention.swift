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
    /// Those that need attention, the weightiest first.
    var attention: [Finding] {
        [Finding.Outcome.fail, .review, .undetermined, .pending, .advisory].flatMap { outcome in
            filter { $0.outcome == outcome }
        }
    }
}
