import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("ai-label")
struct AILabelRuleTests {
    private static func facts(
        _ labels: String?..., sourceType: String? = nil, problems: [ProvenanceProblem] = [],
        credentials: ContentCredentials? = nil, places: [Provenance.PlaceProblem] = []
    ) -> MediaFacts {
        var facts = MediaFacts.sample()
        facts.provenance = Provenance(
            searched: [.metadata, .xmp],
            labels: labels.map { AILabel(place: .metadata, label: $0, problems: problems) },
            digitalSourceType: sourceType, credentials: credentials, problems: places)
        return facts
    }

    private static func rule(_ parameters: String) throws -> AILabelRule {
        try SecondSchema.measured(AILabelRule.self, parameters)
    }

    private static let consistent = AILabelRule(.consistent, declaredField: "uses-ai")

    private static func declared(_ answer: String?) -> Declaration {
        Declaration(fields: answer.map { ["uses-ai": $0] } ?? [:])
    }

    private static let generated = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"

    @Test(
        "`forbidden` and `required` ask for the declaration only, and never fail",
        arguments: [
            ("forbidden", facts(), .pass, nil), ("forbidden", facts("1"), .review, "label-found"),
            ("forbidden", facts("3"), .review, "label-found"),
            ("forbidden", facts(sourceType: generated), .review, "label-found"),
            ("forbidden", facts(sourceType: "x/digitalCapture"), .pass, nil),
            ("required", facts(), .review, "no-label"), ("required", facts("2"), .pass, nil),
            ("required", facts(sourceType: generated), .pass, nil),
            ("required", facts("value1", problems: [.unknownLabel]), .review, "no-label"),
            (
                "forbidden", facts(credentials: ContentCredentials(isPresent: true, digitalSourceType: generated)),
                .review, "label-found"
            ),
        ] as [(String, MediaFacts, Finding.Outcome, String?)])
    func demands(label: String, facts: MediaFacts, outcome: Finding.Outcome, reason: String?) throws {
        try Self.rule("label: \(label)").judge(facts).expect(outcome, reason)
    }

    @Test(
        "`consistent` compares the declaration with the form",
        arguments: [
            ("是", facts("1"), .pass, nil), ("使用", facts(), .pass, nil), ("否", facts(), .pass, nil),
            ("未使用 AI", facts("1"), .review, "contradiction"),
            ("NO", facts(sourceType: generated), .review, "contradiction"),
            ("也许", facts(), .review, "declaration-unclear"), (nil, facts("1"), .undetermined, "not-declared"),
            ("否", facts(nil, problems: [.notJSON]), .review, "label-unreadable"),
            ("是", facts(nil, problems: [.notJSON]), .review, "label-unreadable"),
        ] as [(String?, MediaFacts, Finding.Outcome, String?)])
    func consistency(answer: String?, facts: MediaFacts, outcome: Finding.Outcome, reason: String?) {
        Self.consistent.judge(facts, Self.declared(answer)).expect(outcome, reason)
    }

    @Test("Without a declaration, `consistent` is undetermined")
    func undeclared() { Self.consistent.judge(Self.facts("1")).expect(.undetermined, "not-declared") }

    @Test("A declaration that could not be read may be one of AI")
    func unreadable() throws {
        let rule = try Self.rule("label: forbidden")
        for facts in [
            Self.facts(nil, problems: [.tooLarge]), Self.facts("value1", problems: [.unknownLabel]),
            Self.facts(places: [Provenance.PlaceProblem(.xmp, .tooLarge)]),
            Self.facts(credentials: ContentCredentials(isPresent: true, problems: [.brokenBoxes])),
        ] {
            rule.judge(facts).expect(.review, "label-unreadable", zh: ["无法读取"], en: ["could not be read"])
        }
        rule.judge(Self.facts(places: [Provenance.PlaceProblem(.xmp, .contradicting)])).expect(.pass)
    }

    @Test(
        "`wellFormed` makes every defect a review, and only where the rule passes otherwise",
        arguments: [
            ("wellFormed: true", facts(), .pass, nil), ("wellFormed: true", facts("1"), .pass, nil),
            ("wellFormed: true", facts("1", problems: [.doubled]), .review, "label-malformed"),
            ("wellFormed: true", facts(nil, problems: [.notJSON]), .review, "label-malformed"),
            ("label: required, wellFormed: true", facts("1", problems: [.notText]), .review, "label-malformed"),
            ("label: required, wellFormed: false", facts("1", problems: [.notText]), .pass, nil),
            ("label: required, wellFormed: true", facts(nil, problems: [.notJSON]), .review, "no-label"),
            ("label: forbidden, wellFormed: true", facts("1", problems: [.notText]), .review, "label-found"),
        ] as [(String, MediaFacts, Finding.Outcome, String?)])
    func wellFormed(parameters: String, facts: MediaFacts, outcome: Finding.Outcome, reason: String?) throws {
        try Self.rule(parameters).judge(facts).expect(outcome, reason)
    }

    @Test("Messages say that the file declares, and that a missing label proves nothing")
    func words() throws {
        let forbidden = try Self.rule("label: forbidden")
        forbidden.judge(Self.facts("1", sourceType: Self.generated)).expect(
            .review, "label-found", zh: ["文件声明：AI 生成（标识 1）、AI 生成（IPTC trainedAlgorithmicMedia）", "请人工确认"],
            en: ["The file declares: generated by AI (label 1), generated by AI (IPTC trainedAlgorithmicMedia)."])
        forbidden.judge(Self.facts()).expect(.pass, zh: ["不能证明没有使用 AI"], en: ["does not prove"])
        try Self.rule("label: required").judge(Self.facts()).expect(
            .review, "no-label", zh: ["转封装"], en: ["remux"])
        Self.consistent.judge(Self.facts(), Self.declared("是")).expect(.pass, zh: ["不矛盾"], en: ["no contradiction"])
        #expect(forbidden.judge(Self.facts("2", "1")).measured == "label 1, label 2")
        #expect(forbidden.judge(Self.facts(sourceType: Self.generated)).measured == "trainedAlgorithmicMedia")
        #expect(forbidden.judge(Self.facts()).measured == "none")
        #expect(forbidden.judge(Self.facts()).required == "no AI label")
    }

    @Test("Facts of an early version have no declarations, and the rule is undetermined")
    func missing() throws {
        for parameters in ["label: forbidden", "label: required", "wellFormed: true"] {
            try Self.rule(parameters).judge(.sample()).expect(.undetermined, "not-measured", zh: ["文件声明"])
        }
        Self.consistent.judge(.sample(), Self.declared("否")).expect(.undetermined, "not-measured")
    }

    @Test(
        "An answer of the form says yes or no in several ways",
        arguments: [
            (" 是 ", true), ("ＹＥＳ", true), ("AI 生成", true), ("部分使用", true), ("True", true), ("否", false), ("未使用", false),
            ("no", false), ("没有", false), ("False", false), ("", nil), ("不确定", nil), ("1", nil),
        ] as [(String, Bool?)])
    func answers(text: String, isUsed: Bool?) { #expect(AIUse.isUsed(text) == isUsed) }

    @Test(
        "Mistakes in the parameters are reported",
        arguments: [
            SecondSchema.mistake("ai-label", "", "", "label or wellFormed is missing"),
            SecondSchema.mistake("ai-label", "label: allowed", "label", "one of forbidden, required, consistent"),
            Mistake(
                "declared", SecondSchema.text("ai-label", "label: consistent"),
                (34, "rules[6].declared", "the key \"declared\" is missing")),
            SecondSchema.mistake("ai-label", "label: forbidden, declared: title", "declared", "only label: consistent"),
            SecondSchema.mistake("ai-label", "wellFormed: false", "wellFormed", "must be true"),
            SecondSchema.mistake("ai-label", "label: consistent, declared: title", "declared", "no rule of kind form"),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: ai-label, label: consistent, declared: a}], [{kind: has-video}]]",
                "groups[0][0].kind", "cannot compare with the form"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    /// A contest whose form has one field, and a rule that reads `declared` of it.
    private static func contest(_ field: String, declared: String = "uses-ai") -> String {
        """
        schema: clipcheck.contest/2
        id: sample
        revision: 1
        name: {zh: 示例, en: Sample}
        source: {document: 示例通知, issued: 2026-02-27}
        rules:
          - {id: honest, kind: ai-label, level: required, clause: 如实说明, label: consistent, declared: \(declared)}
          - id: form
            kind: form
            level: required
            clause: 报名表
            fields:
              - {name: uses-ai, label: {zh: 是否使用 AI, en: AI used}, required: true, \(field)}
        """
    }

    @Test("The field is a choice or a text of the form, its choices say yes or no, and it is not personal")
    func fields() throws {
        for field in ["kind: choice, choices: [是, 否]", "kind: choice, choices: [使用, 部分使用, 未使用]", "kind: text"] {
            let contest = try ContestFile.load(Self.contest(field), file: "test.yaml")
            #expect(contest.declaration(of: ["是否使用 AI": "是"]).fields == ["uses-ai": "是"])
        }
        for (field, declared, message) in [
            ("kind: text, personal: true", "uses-ai", "is personal"), ("kind: text", "usesai", "it has: uses-ai"),
            ("kind: duration, tolerance: 1s", "uses-ai", "of kind choice or text"),
            ("kind: choice, choices: [是, 也许]", "uses-ai", "\"也许\" say neither yes nor no"),
        ] {
            let found = problems(of: Self.contest(field, declared: declared))
            #expect(found.map(\.key) == ["rules[0].declared"])
            #expect(found.first.map { $0.line == 7 && $0.message.en.contains(message) } == true, "\(found)")
        }
    }

    @Test("The JSON has the parameters that are written")
    func wire() throws {
        #expect(try SecondSchema.wire("ai-label", "label: forbidden") == #"{"label":"forbidden"}"#)
        #expect(
            try SecondSchema.wire("ai-label", "label: required, wellFormed: true")
                == #"{"label":"required","wellFormed":true}"#)
        #expect(AILabelRule(.consistent, declaredField: "a").declaredFields == ["a"])
        #expect(AILabelRule(.forbidden).declaredFields.isEmpty)
    }
}
