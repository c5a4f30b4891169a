internal import ContestRules
internal import MediaFacts

/// The words that every rendering says for verdicts, outcomes and counts: `words("合格", "compliant")` and the like.
struct Words: Sendable {
    /// Which of the two is said.
    let language: Language

    init(_ language: Language) { self.language = language }

    func callAsFunction(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    /// A verdict, in English as it stands within a sentence.
    func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .compliant: self("合格", "compliant")
        case .needsReview: self("需人工确认", "needs review")
        case .nonCompliant: self("不合格", "non-compliant")
        }
    }

    /// `text` as it begins a line or stands alone.
    func heading(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// What stands in place of a verdict where there is no report.
    var error: String { self("出错", "error") }

    /// What came out of a rule.
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

    /// Before what was found of a submission, which is no part of the verdict.
    var submission: String { self("报送信息：", "Submission: ") }

    /// How many files came out how.
    func counts(_ tally: Tally) -> String {
        let parts = [
            self("共 \(tally.total) 个文件", "\(tally.total) file\(tally.total == 1 ? "" : "s")"),
            self("合格 \(tally.compliant)", "\(tally.compliant) compliant"),
            self("需人工确认 \(tally.needsReview)", "\(tally.needsReview) need\(tally.needsReview == 1 ? "s" : "") review"),
            self("不合格 \(tally.nonCompliant)", "\(tally.nonCompliant) non-compliant"),
            tally.errors > 0 ? self("出错 \(tally.errors)", "\(tally.errors) error\(tally.errors == 1 ? "" : "s")") : nil,
        ]
        return parts.compactMap(\.self).joined(separator: self("，", ", "))
    }

    /// That a run ended early; nil when it did not.
    func interruption(_ summary: RunSummary) -> String? {
        guard summary.isInterrupted || summary.unchecked > 0 else { return nil }
        let rest = self("，\(summary.unchecked) 个文件未检查", ", \(summary.unchecked) files were not checked")
        return self("检查被中断", "the run was interrupted") + (summary.unchecked > 0 ? rest : "")
    }
}
