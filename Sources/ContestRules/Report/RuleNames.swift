public import MediaFacts

/// The rules of one contest or report as people read them: by name, and by id where the name alone is not enough.
///
/// A rule without a name, as in a report of an older release, is shown by its id.
public struct RuleNames: Sendable, Hashable {
    /// The text of each rule by its id: the name, or the id in both languages.
    private var texts: [String: LocalizedText] = [:]

    /// Makes names of no rules.
    public init() {}

    /// The names of all rules of `contest`.
    public init(_ contest: Contest) {
        for rule in contest.rules { add(rule.id, rule.title) }
    }

    /// The names of the rules of findings and checklist items.
    public init(_ findings: [Finding], _ checklist: [ChecklistItem] = []) {
        for finding in findings { add(finding.rule, finding.name) }
        for item in checklist { add(item.rule, item.name) }
    }

    /// Adds a rule. A nil `name` does not replace a name that the rule already has.
    public mutating func add(_ id: String, _ name: LocalizedText?) {
        if let name {
            texts[id] = name
        } else if texts[id] == nil {
            texts[id] = LocalizedText(zh: id, en: id)
        }
    }

    /// The name of the rule `id` in both languages; nil for a rule without a name.
    public subscript(_ id: String) -> LocalizedText? {
        texts[id].flatMap { $0 == LocalizedText(zh: id, en: id) ? nil : $0 }
    }

    /// The name of the rule `id`; the id where the rule has no name.
    public func name(of id: String, in language: Language) -> String { texts[id]?[language] ?? id }

    /// The text by which people tell the rule `id` from the others: its name, followed by the id in parentheses where
    /// another rule has the same name.
    public func label(of id: String, in language: Language) -> String {
        let name = name(of: id, in: language)
        let isShared = texts.contains { $0.key != id && $0.value[language] == name }
        return isShared ? nameWithID(of: id, in: language) : name
    }

    /// The name of the rule `id`, followed by the id in parentheses; the id alone where the rule has no name.
    public func nameWithID(of id: String, in language: Language) -> String {
        let name = name(of: id, in: language)
        guard name != id else { return id }
        return language == .chinese ? "\(name)（\(id)）" : "\(name) (\(id))"
    }
}
