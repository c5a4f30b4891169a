import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("true-length")
struct TrueLengthRuleTests {
    private let rule = TrueLengthRule(tolerance: .seconds(1))

    @Test(
        "lets header and packets differ by a second, either way",
        arguments: [
            (0, .pass), (1, .pass), (900, .pass), (999, .pass), (1000, .pass), (1001, .review), (1100, .review),
            (570_000, .review), (-1, .pass), (-999, .pass), (-1000, .pass), (-1001, .review), (-149_000, .review),
        ] as [(Int, Finding.Outcome)])
    func tolerance(more: Int, outcome: Finding.Outcome) {
        let facts = MediaFacts.sample(duration: .seconds(150), declared: .milliseconds(150_000 + more))
        rule.judge(facts).expect(outcome, outcome == .review ? "length-contradiction" : nil)
        #expect(rule.judge(facts).required == "≤ 1.000 s")
    }

    @Test("without tolerance wants the very millisecond")
    func exact() {
        let rule = TrueLengthRule(tolerance: .zero)
        #expect(rule.judge(.sample(duration: .seconds(150), declared: .seconds(150))).outcome == .pass)
        #expect(rule.judge(.sample(duration: .seconds(150), declared: .milliseconds(150_001))).outcome == .review)
    }

    @Test("says both lengths and what to do")
    func message() {
        let judgement = rule.judge(.sample(duration: .milliseconds(200_250), declared: .seconds(720)))
        judgement.expect(
            .review, "length-contradiction", zh: ["12 分", "3 分 20.250 秒", "请播放"],
            en: ["12 min", "3 min 20.250 s", "Play"])
        #expect(judgement.measured == "720.000 s / 200.250 s")
    }

    @Test("accepts a header that claims nothing, and says so")
    func noClaim() {
        rule.judge(.sample(duration: .milliseconds(150_040), declared: nil)).expect(
            .pass, zh: ["没有声明", "2 分 30.040 秒"], en: ["declares no length", "2 min 30.040 s"])
    }

    @Test("does not pass without a true length or a picture")
    func missing() {
        rule.judge(.sample(duration: nil)).expect(.undetermined, "not-measured")
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(rule.measurements.contains(.packets))
    }

    @Test("that is only encouraged is still for a person to look at")
    func encouraged() {
        #expect(rule.finding(.sample(declared: .seconds(720)), .encouraged).outcome == .review)
    }

    @Test("judges absurd claims without trapping")
    func absurd() async {
        await #expect(processExitsWith: .success) {
            for claim in [Int64.min, .max] {
                let facts = MediaFacts.sample(declared: .milliseconds(claim))
                #expect(TrueLengthRule(tolerance: .seconds(1)).judge(facts).outcome == .review)
            }
        }
    }
}
