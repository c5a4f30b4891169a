import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("readable")
struct ReadableRuleTests {
    @Test("`ReadableRule` passes every file with facts")
    func read() {
        ReadableRule().judge(.sample()).expect(.pass)
        ReadableRule().judge(.soundOnly).expect(.pass)
        #expect(ReadableRule().judge(.sample(family: .mov)).measured == "mov")
    }

    @Test(
        "An unread file fails if the file is at fault, and is undetermined otherwise",
        arguments: [
            (.empty, .fail), (.notMedia, .fail), (.damaged, .fail), (.excessive, .fail), (.timedOut, .undetermined),
            (.outOfMemory, .undetermined), (.cancelled, .undetermined), (.inputOutput, .undetermined),
        ] as [(ProbeError.Code, Finding.Outcome)])
    func unread(code: ProbeError.Code, outcome: Finding.Outcome) {
        let judgement = ReadableRule().judge(unread: unreadable(code))
        judgement.expect(outcome, code.rawValue, zh: ["读不了：\(code.rawValue)"], en: ["unreadable: \(code.rawValue)"])
        #expect(judgement.measured == code.rawValue)
    }

    @Test("An encouraged `ReadableRule` gives an advisory instead of a fail")
    func encouraged() {
        let rule = Rule(id: "readable", level: .encouraged, clause: "通用要求", kind: .measured(ReadableRule()))
        #expect(Finding(rule, ReadableRule().judge(unread: unreadable(.notMedia))).outcome == .advisory)
        #expect(Finding(rule, ReadableRule().judge(unread: unreadable(.timedOut))).outcome == .undetermined)
    }
}
