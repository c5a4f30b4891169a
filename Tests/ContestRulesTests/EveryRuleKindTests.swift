import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// Promises that every measured kind keeps.
@Suite("Every kind of rule")
struct EveryRuleKindTests {
    private static let kinds = MeasuredKinds.all

    /// Kinds that judge a file of sound only.
    private static let withoutPicture: Set<String> = [
        "readable", "has-audio", "complete-file", "container", "file-size", "audio-format", "layout",
        "ai-label",
    ]

    /// Whether `rule` judges a file of sound only.
    private static func judgesSound(_ rule: any MeasuredRule) -> Bool {
        if let rate = rule as? BitRateRule { return rate.subject == .audio || rate.subject == .file }
        return withoutPicture.contains(name(rule))
    }

    private static func name(_ rule: any MeasuredRule) -> String { type(of: rule).kind }

    @Test("`RuleFile.kindNames` lists every kind of rule once, in kebab case")
    func kindNames() {
        let others = ["person", "form", "window", "unique-media", "file-name"]
        #expect(Set(Self.kinds.map(Self.name)).union(others) == Set(RuleFile.kindNames))
        #expect(Set(RuleFile.kindNames).count == RuleFile.kindNames.count)
        for kind in RuleFile.kindNames { #expect(ContestFile.kebabCase(kind) == kind) }
    }

    @Test("Every kind passes the ordinary clip, measured at full depth", arguments: kinds.indices)
    func ordinary(index: Int) {
        Self.kinds[index].judge(MeasuredKinds.measured(.full)).expect(.pass)
    }

    @Test("No kind passes a file that could not be read", arguments: kinds.indices, ProbeError.Code.allCases)
    func unread(index: Int, code: ProbeError.Code) {
        let rule = Self.kinds[index]
        let judgement = rule.judge(unread: unreadable(code))
        judgement.expectWords()
        #expect(judgement.reason == code.rawValue)
        let fails = Self.name(rule) == "readable" && unreadable(code).fault == .file
        #expect(judgement.outcome == (fails ? .fail : .undetermined))
    }

    @Test("No kind about the picture passes a file of sound", arguments: kinds.indices)
    func noVideo(index: Int) {
        let rule = Self.kinds[index]
        let judgement = rule.judge(.soundOnly)
        judgement.expectWords()
        if Self.judgesSound(rule) {
            #expect(judgement.outcome == .pass)
        } else {
            #expect(judgement.outcome == (Self.name(rule) == "has-video" ? .fail : .undetermined))
        }
    }

    @Test("No kind that needs packets passes facts of the header alone", arguments: kinds.indices)
    func headerOnly(index: Int) {
        let rule = Self.kinds[index]
        let judgement = rule.judge(.headerOnly)
        judgement.expectWords()
        if rule.measurements.contains(.packets) {
            #expect(judgement.outcome == .undetermined)
            #expect(judgement.reason == (rule.depth == .quick ? "not-measured" : "not-decoded"))
        }
    }

    @Test("Every kind needs the header", arguments: kinds.indices)
    func measurements(index: Int) {
        #expect(Self.kinds[index].measurements.contains(.header))
    }

    @Test("A judgement names its limit unless the kind has none", arguments: kinds.indices)
    func limits(index: Int) {
        let rule = Self.kinds[index]
        let withoutLimit: Set<String> = ["readable", "has-video", "has-audio", "upright", "complete-file", "decodable"]
        for facts in [MediaFacts.sample(), .soundOnly, .headerOnly, .pictureUnknown] {
            #expect((rule.judge(facts).required == nil) == withoutLimit.contains(Self.name(rule)))
        }
    }

    @Test("The same facts give the same judgement, with a message in both languages", arguments: kinds.indices)
    func pure(index: Int) {
        for facts in [
            MediaFacts.sample(), .soundOnly, .headerOnly, .pictureUnknown, .picture(1, 1), .picture(1080, 1920),
            .picture(1920, 1080, degrees: 30), .sample(duration: .seconds(1), declared: nil, bytes: 0),
            .sample(family: .flv, bytes: .max, frameRate: Ratio(1, 1), bitsPerSecond: .max),
        ] {
            let judgement = Self.kinds[index].judge(facts)
            judgement.expectWords()
            #expect(Self.kinds[index].judge(facts) == judgement)
        }
    }

    @Test(
        "A rule of level `encouraged` turns `fail` into `advisory` and nothing else",
        arguments: Finding.Outcome.allCases)
    func advice(outcome: Finding.Outcome) {
        let judgement = Judgement(outcome, message: LocalizedText(zh: "话", en: "words"))
        let kind = Rule.Kind.measured(ReadableRule())
        let required = Finding(Rule(id: "a", level: .required, clause: "原文", kind: kind), judgement)
        let encouraged = Finding(Rule(id: "a", level: .encouraged, clause: "原文", kind: kind), judgement)
        #expect(required.outcome == outcome)
        #expect(encouraged.outcome == (outcome == .fail ? .advisory : outcome))
    }
}
