internal import ContestRules

/// Where an entry stands between submission and decision.
public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    /// Undecided: no media yet, still being checked, or people still have to answer.
    case open
    /// The media breaks a required rule, the submission does, or a person refused it.
    case rejected
    /// Compliant, admitted and approved by people.
    case accepted

    /// Folds reports, admission and sign-offs. Measurement can reject but never accept: the checklist waits for people.
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
    /// Whether a required rule is met, or a person approved what the notice leaves to people.
    fileprivate func isSettled(by answers: [SignOff.Item: SignOff.Answer]) -> Bool {
        outcome == .pass
            || outcome == .review && answers[SignOff.Item(rule: rule, field: field)] == .approved
    }
}
