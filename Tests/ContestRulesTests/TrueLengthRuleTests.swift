import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("true-length")
struct TrueLengthRuleTests {
    private let rule = TrueLengthRule(tolerance: .seconds(1))

    @Test(
        "`TrueLengthRule` passes a difference of 1 s either way and reviews 1.001 s",
        arguments: [
            (0, .pass), (1, .pass), (900, .pass), (999, .pass), (1000, .pass), (1001, .review), (1100, .review),
            (570_000, .review), (-1, .pass), (-999, .pass), (-1000, .pass), (-1001, .review), (-149_000, .review),
        ] as [(Int, Finding.Outcome)])
    func tolerance(more: Int, outcome: Finding.Outcome) {
        let facts = MediaFacts.sample(duration: .seconds(150), declared: .milliseconds(150_000 + more))
        rule.judge(facts).expect(outcome, outcome == .review ? "length-contradiction" : nil)
        #expect(rule.judge(facts).required == "≤ 1.000 s")
    }

    @Test("A tolerance of zero reviews a difference of 1 ms")
    func exact() {
        let rule = TrueLengthRule(tolerance: .zero)
        #expect(rule.judge(.sample(duration: .seconds(150), declared: .seconds(150))).outcome == .pass)
        #expect(rule.judge(.sample(duration: .seconds(150), declared: .milliseconds(150_001))).outcome == .review)
    }

    @Test("A contradiction names both lengths and the advice")
    func message() {
        let judgement = rule.judge(.sample(duration: .milliseconds(200_250), declared: .seconds(720)))
        judgement.expect(
            .review, "length-contradiction", zh: ["12 分", "3 分 20.250 秒", "请播放"],
            en: ["12 min", "3 min 20.250 s", "Play"])
        #expect(judgement.measured == "720.000 s / 200.250 s")
    }

    @Test("A header that declares no length passes, and the message says so")
    func noClaim() {
        rule.judge(.sample(duration: .milliseconds(150_040), declared: nil)).expect(
            .pass, zh: ["没有声明", "2 分 30.040 秒"], en: ["declares no length", "2 min 30.040 s"])
    }

    @Test("Facts without a true length or without video are undetermined")
    func missing() {
        rule.judge(.sample(duration: nil)).expect(.undetermined, "not-measured")
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(rule.measurements.contains(.packets))
    }

    @Test("An encouraged `TrueLengthRule` still gives a review")
    func encouraged() {
        #expect(rule.finding(.sample(declared: .seconds(720)), .encouraged).outcome == .review)
    }

    @Test("Equal lengths are measured once")
    func measuredOnce() {
        #expect(rule.judge(.sample()).measured == "150.000 s")
        #expect(rule.judge(.sample(declared: .milliseconds(150_040))).measured == "150.040 s / 150.000 s")
    }

    @Test(
        "Timestamps that start over and a late picture are a review of a film whose lengths agree",
        arguments: [
            (.timelineRestarts, 2, "由 2 段拼接", "joined from 2 parts"),
            (.timelineRestarts, nil, "由多段拼接", "joined from several parts"),
            (.latePicture, nil, "晚 1 秒以上", "more than 1 s after the sound"),
        ] as [(IntegrityProblem.Code, Int?, String, String)])
    func doubts(code: IntegrityProblem.Code, count: Int?, zh: String, en: String) {
        var facts = MediaFacts.sample()
        facts.integrity.add(IntegrityProblem(code, count: count))
        rule.judge(facts).expect(.review, code.rawValue, zh: ["时长一致。", zh], en: ["agree.", en])
        facts.declaredDuration = .seconds(720)
        rule.judge(facts).expect(.review, "length-contradiction", zh: ["12 分", zh], en: ["12 min", en])
    }

    @Test(
        "Problems of single timestamps are noted in a pass",
        arguments: [
            (.missingTimestamps, "没有时间戳的画面数据包：3 个", "without a timestamp: 3"),
            (.backwardTimestamps, "时间戳倒退：3 处", "go back: 3"),
            (.timestampGaps, "停顿：3 处", "between pictures: 3"),
        ] as [(IntegrityProblem.Code, String, String)])
    func notes(code: IntegrityProblem.Code, zh: String, en: String) {
        var facts = MediaFacts.sample()
        facts.integrity.add(IntegrityProblem(code, count: 3))
        rule.judge(facts).expect(.pass, zh: [zh], en: [en])
    }

    @Test(
        "A jump of the timestamps is a review where only the length with the jump agrees with the header",
        arguments: [(149_000, .pass, nil), (148_999, .review, "timeline-jump")] as [(Int, Finding.Outcome, String?)])
    func jumps(withoutJumps: Int, outcome: Finding.Outcome, reason: String?) {
        var facts = MediaFacts.sample()
        facts.durationWithoutJumps = .milliseconds(withoutJumps)
        facts.integrity.add(IntegrityProblem(.timelineJumps, count: 1))
        let judgement = rule.judge(facts)
        judgement.expect(outcome, reason, zh: ["不计跳跃为 2 分 2"], en: ["without the jumps it lasts 2 min 2"])
        #expect(judgement.message.en.contains("The header counts the jumps") == (outcome == .review))
    }

    @Test("The least and the greatest declared length are judged without a trap")
    func absurd() async {
        await #expect(processExitsWith: .success) {
            for claim in [Int64.min, .max] {
                let facts = MediaFacts.sample(declared: .milliseconds(claim))
                #expect(TrueLengthRule(tolerance: .seconds(1)).judge(facts).outcome == .review)
            }
        }
    }
}
