internal import ContestRules
internal import MediaFacts

/// The words that all renderings share for verdicts, outcomes and counts, in one language. `words("合格", "compliant")`
/// chooses between two texts.
struct Words: Sendable {
    /// The language of the chosen text.
    let language: Language

    init(_ language: Language) { self.language = language }

    func callAsFunction(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    /// The word for a verdict; English is in lower case, as within a sentence.
    func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .compliant: self("合格", "compliant")
        case .needsReview: self("需人工确认", "needs review")
        case .nonCompliant: self("不合格", "non-compliant")
        }
    }

    /// `text` with a capital first letter, for the start of a line or a word that stands alone.
    func heading(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The word in place of a verdict when there is no report.
    var error: String { self("出错", "error") }

    /// The word for the outcome of a finding.
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

    /// The prefix of a finding about the submission, which never counts in the verdict.
    var submission: String { self("报送信息：", "Submission: ") }

    /// The number of files of each verdict in one phrase; errors only when there are any.
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

    /// The statement that the run was interrupted, with the number of unchecked files; nil when the run is complete.
    func interruption(_ summary: RunSummary) -> String? {
        guard summary.isInterrupted || summary.unchecked > 0 else { return nil }
        let rest = self("，\(summary.unchecked) 个文件未检查", ", \(summary.unchecked) files were not checked")
        return self("检查被中断", "the run was interrupted") + (summary.unchecked > 0 ? rest : "")
    }
}
