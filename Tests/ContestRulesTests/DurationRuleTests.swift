import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("duration")
struct DurationRuleTests {
    private let twoToFive = DurationRule(shortest: .seconds(120), longest: .seconds(300), tolerance: .milliseconds(500))

    @Test(
        "includes both ends and the tolerance",
        arguments: [
            (0, .fail, "too-short"), (1, .fail, "too-short"), (119_000, .fail, "too-short"),
            (119_499, .fail, "too-short"), (119_500, .pass, nil), (119_501, .pass, nil), (119_999, .pass, nil),
            (120_000, .pass, nil), (120_001, .pass, nil), (200_000, .pass, nil), (299_999, .pass, nil),
            (300_000, .pass, nil), (300_001, .pass, nil), (300_499, .pass, nil), (300_500, .pass, nil),
            (300_501, .fail, "too-long"), (301_000, .fail, "too-long"), (86_400_000, .fail, "too-long"),
        ] as [(Int, Finding.Outcome, String?)])
    func limits(milliseconds: Int, outcome: Finding.Outcome, reason: String?) {
        twoToFive.judge(.sample(duration: .milliseconds(milliseconds))).expect(outcome, reason)
    }

    @Test(
        "without tolerance ends exactly at the limit",
        arguments: [
            (179_999, .fail), (180_000, .pass), (300_000, .pass), (300_001, .fail),
        ] as [(Int, Finding.Outcome)])
    func exactLimits(milliseconds: Int, outcome: Finding.Outcome) {
        let rule = DurationRule(shortest: .seconds(180), longest: .seconds(300))
        #expect(rule.judge(.sample(duration: .milliseconds(milliseconds))).outcome == outcome)
    }

    @Test("may have one limit only")
    func oneLimit() {
        let atLeast = DurationRule(shortest: .seconds(120), longest: nil)
        let atMost = DurationRule(shortest: nil, longest: .seconds(300))
        atLeast.judge(.sample(duration: .milliseconds(119_999))).expect(
            .fail, "too-short", zh: ["不少于 2 分", "1 分 59.999 秒"], en: ["at least 2 min", "1 min 59.999 s"])
        #expect(atLeast.judge(.sample(duration: .seconds(86_400))).outcome == .pass)
        atMost.judge(.sample(duration: .milliseconds(300_001))).expect(
            .fail, "too-long", zh: ["不超过 5 分", "5 分 0.001 秒"], en: ["at most 5 min", "5 min 0.001 s"])
        #expect(atMost.judge(.sample(duration: .zero)).outcome == .pass)
    }

    @Test("says how long it is, how long it may be and how much is missing")
    func tooShort() {
        let judgement = twoToFive.judge(.sample(duration: .milliseconds(119_499)))
        judgement.expect(
            .fail, "too-short", zh: ["1 分 59.499 秒", "2 分至 5 分", "还差 0.501 秒", "请补足"],
            en: ["1 min 59.499 s", "2 min to 5 min", "0.501 s more", "Extend"])
        #expect(judgement.measured == "119.499 s")
        #expect(judgement.required == "120.000–300.000 s ± 0.500 s")
    }

    @Test("says how much is too much")
    func tooLong() {
        let judgement = twoToFive.judge(.sample(duration: .milliseconds(300_501)))
        judgement.expect(
            .fail, "too-long", zh: ["5 分 0.501 秒", "2 分至 5 分", "超出 0.501 秒", "请剪短"],
            en: ["5 min 0.501 s", "2 min to 5 min", "0.501 s less", "Shorten"])
        #expect(judgement.measured == "300.501 s")
    }

    @Test("says when the tolerance was needed", arguments: [119_500, 300_500])
    func toleranceUsed(milliseconds: Int) {
        // "5 min 0.500 s, within 2 min to 5 min" would be untrue.
        twoToFive.judge(.sample(duration: .milliseconds(milliseconds))).expect(.pass, zh: ["误差"], en: ["tolerance"])
    }

    @Test("measures the packets, not the header's claim")
    func declaredLength() {
        #expect(twoToFive.judge(.sample(duration: .seconds(200), declared: .seconds(720))).outcome == .pass)
        #expect(twoToFive.judge(.sample(duration: .seconds(301), declared: .seconds(200))).outcome == .fail)
        #expect(twoToFive.measurements.contains(.packets))
    }

    @Test("does not pass without a true length or a picture")
    func missing() {
        twoToFive.judge(.sample(duration: nil, declared: .seconds(200))).expect(.undetermined, "not-measured")
        twoToFive.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(twoToFive.judge(.sample(duration: nil)).required == "120.000–300.000 s ± 0.500 s")
    }

    @Test("that is only encouraged advises")
    func encouraged() {
        #expect(twoToFive.finding(.sample(duration: .seconds(1)), .encouraged).outcome == .advisory)
        #expect(twoToFive.finding(.sample(duration: .seconds(200)), .encouraged).outcome == .pass)
    }

    @Test("judges absurd lengths without trapping")
    func absurd() async {
        await #expect(processExitsWith: .success) {
            let rule = DurationRule(shortest: .seconds(120), longest: .seconds(300), tolerance: .milliseconds(500))
            for length in [Int64.min, .min + 1, -1, .max] {
                _ = rule.judge(.sample(duration: .milliseconds(length)))
            }
        }
    }
}
