internal import MediaFacts

/// The rules that a file of `clipcheck.contest/2` has without writing them: a file that is cut or cannot be decoded is no
/// entry, whatever a notice says.
enum GeneralRules {
    /// The values of `general`.
    private enum Choice: String {
        /// All general rules; the default.
        case usual
        /// `readable` alone.
        case none
    }

    /// The clause of every general rule: no notice says it.
    static let clause = "通用要求（本工具所定）"

    /// The general rules that the file asks for under `general`; none in a file of `clipcheck.contest/1`.
    static func rules(_ root: ParameterReader) -> [Rule] {
        let choice =
            root.value("general", shape: LocalizedText(zh: " usual（通用要求）或 none（不加）", en: "usual or none")) {
                Choice(rawValue: $0)
            } ?? .usual
        switch (root.schema, choice) {
        case (.first, _): return []
        case (.second, .usual): return usual
        case (.second, .none): return usual.filter { $0.kindName == ReadableRule.kind }
        }
    }

    private static let usual = [
        rule(ReadableRule(), .required), rule(HasVideoRule(), .required), rule(CompleteFileRule(), .required),
        rule(DecodableRule(), .required), rule(TrueLengthRule(tolerance: .seconds(1)), .required),
        rule(UprightRule(), .required), rule(HasAudioRule(), .encouraged),
        rule(BlackRule(longest: .seconds(10)), .encouraged), rule(FreezeRule(longest: .seconds(10)), .encouraged),
        rule(SilenceRule(longest: .seconds(10)), .encouraged),
    ]

    /// A rule whose id is the name of its kind.
    private static func rule(_ kind: some MeasuredRule, _ level: Rule.Level) -> Rule {
        Rule(id: type(of: kind).kind, level: level, clause: clause, kind: .measured(kind))
    }
}

extension Rule {
    /// The general rule for the works and videos to which no rule of the same id in the file applies: one rule for each
    /// group of roles with the same categories left, none when all are replaced.
    func remaining(beside rules: [Rule], of all: [String], roles: [FileRole]) -> [Rule] {
        let replacing = rules.filter { $0.id == id }
        let left = roles.map { role in
            (role: role.name, categories: Self.categories(left: replacing.filter { $0.roles.contains(role.name) }, of: all))
        }
        var groups: [(categories: [String]?, roles: [String])] = []
        for (role, categories) in left where categories != [] {
            if let index = groups.firstIndex(where: { $0.categories == categories }) {
                groups[index].roles.append(role)
            } else {
                groups.append((categories, [role]))
            }
        }
        return groups.map { group in
            var general = self
            (general.categories, general.roles) = (group.categories, group.roles)
            return general
        }
    }

    /// The categories to which none of `rules` applies: nil for all works, empty for none.
    private static func categories(left rules: [Rule], of all: [String]) -> [String]? {
        guard !rules.isEmpty else { return nil }
        let replaced = rules.compactMap(\.categories)
        guard replaced.count == rules.count else { return [] }
        return all.filter { !replaced.joined().contains($0) }
    }
}
