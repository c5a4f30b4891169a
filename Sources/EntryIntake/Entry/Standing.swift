internal import ContestRules

/// The decision on an entry so far.
public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    /// The entry is undecided: it has no media, its check is not done, or people still have to answer.
    case open
    /// The media or the submission breaks a required rule, or a person refused an item.
    case rejected
    /// Media and submission meet every required rule, and people approved every item of the checklist.
    case accepted

    /// Derives the standing from the newest report, the findings about the submission and the answers that count. An
    /// entry is never accepted while an item of its checklist is not approved.
    public init(_ entry: Entry) {
        let answers = entry.countingAnswers
        let findings = (entry.report?.findings ?? []) + entry.admissionFindings
        let required = findings.filter { $0.level == .required }
        if required.contains(where: { $0.outcome == .fail }) || answers.values.contains(.refused) {
            self = .rejected
        } else if let report = entry.report, !entry.mustLookAgain,
            required.allSatisfy({ $0.isSettled(by: answers) }),
            report.checklist.allSatisfy({ answers[SignOff.Item(rule: $0.rule)] == .approved })
        {
            self = .accepted
        } else {
            self = .open
        }
    }
}

extension Finding {
    /// Whether the finding passed, or a person approved a finding with the outcome `review`.
    fileprivate func isSettled(by answers: [SignOff.Item: SignOff.Answer]) -> Bool {
        outcome == .pass
            || outcome == .review && answers[SignOff.Item(rule: rule, field: field)] == .approved
    }
}
