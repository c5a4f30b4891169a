internal import ContestRules
internal import MediaFacts

/// What the cells of a workbook say, in the reader's language.
struct WorkbookWords {
    var language: Language

    func callAsFunction(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .compliant: self("合格", "Compliant")
        case .needsReview: self("需人工确认", "Needs review")
        case .nonCompliant: self("不合格", "Non-compliant")
        }
    }

    func outcome(_ outcome: Finding.Outcome) -> String {
        switch outcome {
        case .pass: self("符合", "pass")
        case .fail: self("不符合", "fail")
        case .advisory: self("建议", "advisory")
        case .review: self("人工确认", "review")
        case .undetermined: self("未能检查", "undetermined")
        case .pending: self("检查中", "pending")
        }
    }

    func level(_ level: Rule.Level) -> String {
        switch level {
        case .required: self("必须", "required")
        case .encouraged: self("鼓励", "encouraged")
        }
    }

    /// All findings that are no pass, in one cell: `【不符合】… 【建议】…`.
    func reasons(_ findings: [Finding]) -> String {
        findings.filter { $0.outcome != .pass }
            .map { self("【\(outcome($0.outcome))】", "[\(outcome($0.outcome))] ") + $0.message[language] }
            .joined(separator: " ")
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
