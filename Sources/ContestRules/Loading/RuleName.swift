internal import MediaFacts

/// The `name` of a rule in a file of `clipcheck.contest/2`: the name that people read in place of the name of its kind.
enum RuleName {
    /// Most Unicode scalars of a name in one language.
    static let mostCharacters = 40

    /// The rule's own name, without blanks at its ends; nil when the rule has none, or after a mistake was reported.
    static func read(_ section: ParameterReader) -> LocalizedText? {
        guard let names = section.section("name") else { return nil }
        defer { names.refuseUnknownKeys() }
        let zh = names.value("zh", isRequired: true, shape: shape, name)
        let en = names.value("en", isRequired: true, shape: shape, name)
        guard let zh, let en else { return nil }
        return LocalizedText(zh: zh, en: en)
    }

    private static let shape = LocalizedText(
        zh: "规则名称，最多 \(mostCharacters) 个字，不含换行和控制字符",
        en: "the name of the rule, at most \(mostCharacters) characters, without line breaks and control characters")

    private static func name(_ text: String) -> String? {
        let name = HalfWidth.trimmed(text)
        let scalars = name.unicodeScalars
        let isShown = scalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        return !scalars.isEmpty && scalars.count <= mostCharacters && isShown ? name : nil
    }
}
