import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// The kinds that read each code of `IntegrityProblem`.
@Suite("Reading of problems")
struct ProblemReadingTests {
    @Test(
        "Every code of `IntegrityProblem.Code.known` is listed by a rule kind", arguments: IntegrityProblem.Code.known)
    func isListed(code: IntegrityProblem.Code) {
        #expect(MeasuredKinds.all.contains { type(of: $0).problems.contains(code) }, "\(code.rawValue)")
    }

    @Test(
        "A problem changes the judgement of exactly the kinds that list its code",
        arguments: IntegrityProblem.Code.known)
    func changesJudgement(code: IntegrityProblem.Code) {
        let bases = [MediaFacts.sample(), MeasuredKinds.measured(), MeasuredKinds.measured(.full)]
        var (changed, listed): (Set<String>, Set<String>) = ([], [])
        // `any-of` reads what the rules of its groups read.
        for rule in MeasuredKinds.all where !(rule is AnyOfRule) {
            let kind = type(of: rule)
            if kind.problems.contains(code) { listed.insert(kind.kind) }
            for base in bases {
                var facts = base
                facts.integrity.add(IntegrityProblem(code, count: 7))
                if rule.judge(facts) != rule.judge(base) { changed.insert(kind.kind) }
            }
        }
        #expect(changed == listed)
        #expect(!changed.isEmpty)
    }

    @Test("A code of a later version changes no judgement")
    func unknownCode() {
        var facts = MeasuredKinds.measured()
        let before = facts
        facts.integrity.add(IntegrityProblem(.init(rawValue: "wet-film"), count: 1))
        for rule in MeasuredKinds.all { #expect(rule.judge(facts) == rule.judge(before)) }
    }
}
