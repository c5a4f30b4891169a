internal import MediaFacts

/// Decides which findings stand while the category of a work is unknown.
///
/// A finding of a rule with categories stands when the rules of its kind come to the same outcome for a work of any
/// category, or when it passed. Otherwise it is undetermined: the rule may not apply to the work at all.
struct CategoryDoubt {
    /// The reason of findings that are undetermined because the category is unknown.
    static let reason = "category-unknown"

    private let categories: [String]
    private let written: String?

    /// - Parameters:
    ///   - categories: all categories of the contest.
    ///   - written: what is written where the category should be; nil when nothing is.
    init(_ categories: [String], written: String?) {
        self.categories = categories
        self.written = written
    }

    /// The findings of all rules, in order.
    func findings(_ judged: [JudgedRule]) -> [Finding] {
        let byKind = Dictionary(grouping: judged.filter { $0.rule.categories != nil }, by: \.rule.kindName)
        let agreeing = Set(byKind.filter { isSameForAll($0.value) }.keys)
        return judged.flatMap { judged -> [Finding] in
            guard let applicable = judged.rule.categories, !agreeing.contains(judged.rule.kindName) else {
                return judged.findings
            }
            return judged.findings.map { doubted($0, applicable) }
        }
    }

    /// Whether a work of any category gets the same outcome from rules of one kind. A category without such a rule passes.
    private func isSameForAll(_ rules: [JudgedRule]) -> Bool {
        let outcomes = categories.map { category in
            rules.filter { $0.rule.applies(to: category) }.flatMap(\.findings).map(\.outcome)
                .max { $0.severity < $1.severity } ?? .pass
        }
        return Set(outcomes).count == 1
    }

    private func doubted(_ finding: Finding, _ applicable: [String]) -> Finding {
        guard [.fail, .advisory, .review].contains(finding.outcome) else { return finding }
        var finding = finding
        (finding.outcome, finding.reason) = (.undetermined, Self.reason)
        finding.message = message(finding.message, applicable)
        return finding
    }

    private func message(_ found: LocalizedText, _ applicable: [String]) -> LocalizedText {
        let (those, all) = (Wording.list(applicable), Wording.list(categories))
        let zh = written.map { "“\($0)”不是本次征集的类别" } ?? "未写明作品类别"
        let en = written.map { "\"\($0)\" is no category of this contest." } ?? "No category is given."
        return LocalizedText(
            zh: "\(zh)。如果作品属于\(those.zh)：\(found.zh)请写明类别（\(all.zh)）。",
            en: "\(en) If the work belongs to \(those.en): \(found.en) State the category (\(all.en)).")
    }
}
