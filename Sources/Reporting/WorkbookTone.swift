internal import ContestRules
internal import MediaFacts

extension Words {
    /// The word for the level of a rule.
    func level(_ level: Rule.Level) -> String {
        switch level {
        case .required: self("必须", "required")
        case .encouraged: self("鼓励", "encouraged")
        }
    }

    /// The lines of all findings that are no pass, as the text of one cell: `【不符合】… 【建议】…`.
    func reasons(_ findings: [Finding], _ names: RuleNames) -> String {
        JoinedFindings.joining(findings.filter { $0.outcome != .pass }).map { line in
            let outcome = outcome(line.first.outcome)
            return self("【\(outcome)】", "[\(outcome)] ") + text(line, names, isAlone: true)
        }.joined(separator: " ")
    }
}

extension WorkbookCell.Tone {
    /// The colour of a verdict.
    init(_ verdict: Verdict) {
        switch verdict {
        case .compliant: self = .good
        case .needsReview: self = .doubtful
        case .nonCompliant: self = .bad
        }
    }

    /// The colour of an outcome.
    init(_ outcome: Finding.Outcome) {
        switch outcome {
        case .pass: self = .good
        case .fail: self = .bad
        case .advisory: self = .advice
        case .review, .undetermined, .pending: self = .doubtful
        }
    }
}
