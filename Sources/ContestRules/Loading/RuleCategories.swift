internal import MediaFacts

/// The `for` of a rule lists the categories that the rule applies to.
enum RuleCategories {
    /// The categories under `for`; nil for a rule without the key, and for one that names them all.
    ///
    /// - Parameter categories: the categories of the contest.
    static func read(_ section: ParameterReader, of categories: [String]) -> [String]? {
        guard section.schema == .first || !categories.isEmpty || !section.has("for") else {
            section.skip("for")
            section.report(
                "for", "本文件没有写明类别 categories，规则不能只适用于某些类别", "the file lists no categories that a rule could apply to")
            return nil
        }
        let list = Wording.list(categories)
        let shape = LocalizedText(zh: "以下类别之一：\(list.zh)", en: "one of the categories \(list.en)")
        let named = section.list("for", shape: shape) { written in categories.first { $0 == written } }
        return named.flatMap { Set($0) == Set(categories) ? nil : $0 }
    }
}
