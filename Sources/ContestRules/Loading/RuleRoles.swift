internal import MediaFacts

/// The `of` of a rule says what the rule judges: a video by its role, the part that the rule's kind has words for, or both
/// in a list: `of: preview`, `of: stored`, `of: [main, preview, stored]`. The words of kinds are no names of roles, so that
/// the order does not matter.
enum RuleRoles {
    private static let ownWords: [String: [String]] = [
        ResolutionRule.kind: ResolutionRule.Basis.allCases.map(\.rawValue),
        BitRateRule.kind: BitRateRule.Subject.allCases.map(\.rawValue),
    ]

    /// Words of kinds, which no role may have as its name.
    static let reservedWords = Set(ownWords.values.joined())

    /// The roles that a rule is about, in the order of `roles`; the main one unless the rule says otherwise. Leaves the word
    /// of the rule's kind, if there is one, under `of`.
    static func read(_ section: ParameterReader, roles: [FileRole]) -> [String] {
        let names = roles.map(\.name)
        guard section.schema != .first else { return [FileRole.mainName] }
        let kind = section.plainText("kind") ?? ""
        guard !RuleFile.isAdmission(kind: kind) else {
            refuse(section, kind)
            return [FileRole.mainName]
        }
        section.skip("of")
        let own = ownWords[kind] ?? []
        let isOne = section.plainText("of") != nil
        // Without several videos, a kind with words of its own reads its word itself and names them when it is wrong.
        guard section.has("of"), names.count > 1 || !isOne || own.isEmpty else { return [FileRole.mainName] }
        let words = section.oneOrList("of", notation(names, own)) ?? []
        let kept = words.filter(own.contains)
        if kept.count > 1 {
            section.report(
                "of", "\(kept.joined(separator: "、")) 只能写一个",
                "only one of \(kept.joined(separator: ", ")) can be meant")
        }
        section.replace("of", with: kept.first)
        let written = names.filter(words.contains)
        return written.isEmpty ? [FileRole.mainName] : written
    }

    private static func refuse(_ section: ParameterReader, _ kind: String) {
        guard section.has("of") else { return }
        section.skip("of")
        section.report("of", "\(kind) 针对整件作品，不能写 of", "\(kind) is about the whole entry and has no of")
    }

    private static func notation(_ names: [String], _ own: [String]) -> Notation<String> {
        let known = names + own
        let list = Wording.list(known)
        return Notation(
            shape: LocalizedText(
                zh: "以下之一：\(list.zh)；其他视频须先列在 files 中", en: "one of \(list.en); list other videos under files first"),
            strict: { known.contains($0) ? $0 : nil }, usual: { _ in nil },
            doubt: { text in
                Spelling.nearest(to: text, among: known).map {
                    LocalizedText(
                        zh: "不是 of 的可用值，是否想写“\($0)”？", en: "is nothing that of can name; did you mean \"\($0)\"?")
                }
            })
    }
}
