internal import ContestRules

extension Report {
    /// The media findings that a person must read, in the order of `[Finding].attention`. Of a report whose file could
    /// not be read or holds no video, findings that follow from that cause alone are left out.
    var attention: [Finding] { findings.filter { !merelyFollows($0) }.attention }

    /// Whether `finding` is undetermined only because the file could not be read or holds no video, while another
    /// finding of the report names that cause. Renderers then show the cause and count the rest.
    func merelyFollows(_ finding: Finding) -> Bool {
        (facts == nil || finding.reason == "no-video") && finding.outcome == .undetermined && finding.measured == nil
            && findings.contains { $0.outcome == .fail || ($0.outcome == .undetermined && $0.measured != nil) }
    }
}

extension [Finding] {
    /// The findings in their order, each with whether a renderer quotes its clause. Of consecutive findings of one rule
    /// and clause only the last quotes the clause.
    var withQuotes: [(finding: Finding, quotes: Bool)] {
        enumerated().map { index, finding in
            let next = index + 1 < count ? self[index + 1] : nil
            return (finding, next?.rule != finding.rule || next?.clause != finding.clause)
        }
    }

    /// The findings that are no pass, grouped by outcome: `fail`, `review`, `undetermined`, `pending`, `advisory`.
    /// Within an outcome the order stays.
    var attention: [Finding] {
        [Finding.Outcome.fail, .review, .undetermined, .pending, .advisory].flatMap { outcome in
            filter { $0.outcome == outcome }
        }
    }
}
