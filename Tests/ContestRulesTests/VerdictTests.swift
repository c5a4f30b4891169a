import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("A verdict")
struct VerdictTests {
    private static func finding(_ outcome: Finding.Outcome, _ level: Rule.Level = .required) -> Finding {
        let rule = Rule(id: "rule", level: level, clause: "原文", kind: .measured(ReadableRule()))
        var finding = Finding(rule, Judgement(.pass, message: LocalizedText(zh: "话", en: "words")))
        finding.outcome = outcome
        return finding
    }

    private static let ofOne: [(Finding.Outcome, Verdict)] = [
        (.pass, .compliant), (.fail, .nonCompliant), (.advisory, .needsReview), (.review, .needsReview),
        (.undetermined, .needsReview), (.pending, .needsReview),
    ]

    @Test("follows from one required finding", arguments: ofOne)
    func required(outcome: Finding.Outcome, verdict: Verdict) {
        #expect(Verdict([Self.finding(outcome)]) == verdict)
    }

    @Test("ignores an encouraged finding", arguments: ofOne, ofOne)
    func encouraged(first: (Finding.Outcome, Verdict), second: (Finding.Outcome, Verdict)) {
        #expect(Verdict([Self.finding(first.0, .encouraged)]) == .compliant)
        let both = [Self.finding(first.0, .encouraged), Self.finding(second.0)]
        #expect(Verdict(both) == second.1)
        #expect(Verdict(both.reversed()) == second.1)
    }

    @Test("is the worst of its required findings, in any order", arguments: ofOne, ofOne)
    func pairs(first: (Finding.Outcome, Verdict), second: (Finding.Outcome, Verdict)) {
        let worst: Verdict =
            switch (first.1, second.1) {
            case (.nonCompliant, _), (_, .nonCompliant): .nonCompliant
            case (.needsReview, _), (_, .needsReview): .needsReview
            default: .compliant
            }
        #expect(Verdict([Self.finding(first.0), Self.finding(second.0)]) == worst)
        #expect(
            Verdict([Self.finding(.pass), Self.finding(first.0), Self.finding(second.0), Self.finding(.pass)]) == worst)
    }

    @Test("has stable names")
    func names() {
        #expect(Verdict.allCases.map(\.rawValue) == ["compliant", "needs-review", "non-compliant"])
        #expect(
            Finding.Outcome.allCases.map(\.rawValue)
                == ["pass", "fail", "advisory", "review", "undetermined", "pending"])
    }

    @Test("is `needs-review` at best while the checklist has a blocking item", arguments: ofOne)
    func blocking(outcome: Finding.Outcome, verdict: Verdict) {
        func item(_ isBlocking: Bool) -> ChecklistItem {
            ChecklistItem(rule: "a", level: .required, clause: "原文", evidence: [], isBlocking: isBlocking)
        }
        #expect(Verdict([Self.finding(outcome)], [item(false)]) == verdict)
        let atBest = verdict == .compliant ? .needsReview : verdict
        #expect(Verdict([Self.finding(outcome)], [item(false), item(true)]) == atBest)
    }
}
