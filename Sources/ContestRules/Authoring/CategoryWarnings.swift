internal import MediaFacts

/// Warns of categories that no rule mentions where other rules mention some.
enum CategoryWarnings {
    /// The warnings; none while no rule is limited to categories: the categories are labels only then.
    static func find(_ contest: Contest, _ source: ContestSource) -> [ContestFileError.Problem] {
        let mentioned = contest.rules.compactMap(\.categories)
        guard !mentioned.isEmpty else { return [] }
        let known = Set(mentioned.joined())
        return contest.categories.filter { !known.contains($0) }.compactMap { category in
            source.warning(
                category: category,
                LocalizedText(
                    zh: "没有规则写明适用于“\(category)”：它只按对所有类别的规则判断。如有遗漏，请补写",
                    en:
                        "no rule is for \"\(category)\": only the rules for all categories apply to it. Add what is missing"
                ))
        }
    }
}
