import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

extension Contest {
    /// A contest of these rules about the submission, each required, open on 2 January 2026 to the end of 23 April.
    static func admitting(
        _ kinds: any AdmissionRule..., level: Rule.Level = .required,
        window: (opens: String, closes: String)? = ("2026-01-02T00:00+08:00", "2026-04-23T24:00+08:00")
    ) -> Contest {
        let rules = kinds.map { kind in
            Rule(id: type(of: kind).kind, level: level, clause: "通知原文", kind: .admission(kind))
        }
        let ends = [window?.opens, window?.closes].compactMap(\.self).compactMap(ContestTime.init)
        return Contest(
            id: "test-2026", revision: 1, name: LocalizedText(zh: "测试", en: "Test"),
            source: Source(document: "测字〔2026〕1号", issued: "2026-01-02"),
            window: ends.count == 2 ? Window(opens: ends[0], closes: ends[1]) : nil, rules: rules)
    }
}

extension FormField {
    /// A field of `kind` named after it.
    static func of(
        _ kind: Kind, _ name: String = "field", required: Bool = true, most: Int? = nil, choices: [String] = [],
        others: Bool = false, personal: Bool = false, tolerance: Duration = .zero
    ) -> FormField {
        FormField(
            name: name, label: LocalizedText(zh: "标签\(name)", en: "Label \(name)"), kind: kind, isRequired: required,
            mostCharacters: most, choices: choices, allowsOtherChoice: others, isPersonal: personal,
            tolerance: tolerance)
    }

    /// What a form of this field alone finds when `value` is written into it.
    func judge(_ value: String, duration: Duration? = nil, hasMedia: Bool = false) -> [Judgement] {
        FormRule(fields: [self]).judge(
            Submission(fields: [name: value], duration: duration, hasMedia: hasMedia), in: .admitting())
    }
}
