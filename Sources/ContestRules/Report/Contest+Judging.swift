extension Contest {
    /// One finding for every measured rule about the video in `role` that applies, in order.
    ///
    /// - Parameters:
    ///   - declaration: what the work declares. While the category is unknown, `CategoryDoubt` decides which findings of
    ///     rules with categories stand.
    ///   - role: nil is the role that the contest judges.
    public func findings(
        for outcome: ProbeOutcome, declared declaration: Declaration = Declaration(), role: String? = nil
    ) -> [Finding] {
        let applying = rules(of: role ?? self.role).filter { $0.applies(to: declaration.category) }
        let judged = applying.compactMap { rule -> JudgedRule? in
            guard case .measured(let kind) = rule.kind else { return nil }
            let judgement =
                switch outcome {
                case .facts(let facts): kind.judge(facts, declaration)
                case .unread(let error): kind.judge(unread: error)
                }
            return JudgedRule(rule: rule, findings: [Finding(rule, judgement)])
        }
        return settled(judged, declaration)
    }

    /// One item for every rule about the video in `role` that a person judges and that applies, in order. While the
    /// category is unknown, all of them.
    ///
    /// - Parameter role: nil is the role that the contest judges.
    public func checklist(
        for outcome: ProbeOutcome, declared declaration: Declaration = Declaration(), role: String? = nil
    ) -> [ChecklistItem] {
        rules(of: role ?? self.role).filter { $0.applies(to: declaration.category) }.compactMap { rule in
            guard case .person(let kind) = rule.kind else { return nil }
            return ChecklistItem(
                rule: rule.id, name: rule.title, level: rule.level, clause: rule.clause,
                evidence: outcome.facts.map(kind.evidence) ?? [], isBlocking: kind.isBlocking)
        }
    }

    /// What the rules about the submission find, in the order of the rules; a form may find several things.
    ///
    /// Findings carry no personal text: they may be kept and shown where contacts may not.
    public func admission(of submission: Submission) -> [Finding] {
        let declaration = submission.declaration ?? self.declaration(of: submission.fields ?? [:])
        let judged = rules.filter { $0.applies(to: declaration.category) }.compactMap { rule -> JudgedRule? in
            guard case .admission(let kind) = rule.kind else { return nil }
            return JudgedRule(rule: rule, findings: kind.judge(submission, in: self).map { Finding(rule, $0) })
        }
        return settled(judged, declaration)
    }

    private func settled(_ judged: [JudgedRule], _ declaration: Declaration) -> [Finding] {
        guard declaration.category == nil, readsDeclaration else { return judged.flatMap(\.findings) }
        return CategoryDoubt(categories, written: declaration.unknownCategory).findings(judged)
    }
}

extension Rule {
    /// Whether the rule can apply to a work of `category`; `true` for every rule while the category is unknown.
    func applies(to category: String?) -> Bool {
        guard let category, let categories else { return true }
        return categories.contains(category)
    }
}

/// A rule with what it found.
struct JudgedRule {
    var rule: Rule
    /// One finding, or several of a form.
    var findings: [Finding]
}
