import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("bit-rate")
struct BitRateRuleTests {
    private let rule = BitRateRule(lowest: 800_000, highest: 8_000_000)

    @Test(
        "`BitRateRule` passes both limits",
        arguments: [
            (0, .fail, "too-low"), (799_999, .fail, "too-low"), (800_000, .pass, nil), (800_001, .pass, nil),
            (7_999_999, .pass, nil), (8_000_000, .pass, nil), (8_000_001, .fail, "too-high"),
            (.max, .fail, "too-high"),
        ] as [(Int64, Finding.Outcome, String?)])
    func limits(bits: Int64, outcome: Finding.Outcome, reason: String?) {
        let judgement = rule.judge(.sample(bitsPerSecond: bits))
        judgement.expect(outcome, reason)
        #expect(judgement.measured == "\(bits) bit/s")
        #expect(judgement.required == "800 kbit/s–8 Mbit/s")
    }

    @Test("A rule with one limit leaves the other side open")
    func oneLimit() {
        let atLeast = BitRateRule(lowest: 1_000_000, highest: nil)
        #expect(atLeast.judge(.sample(bitsPerSecond: .max)).outcome == .pass)
        atLeast.judge(.sample(bitsPerSecond: 900_000)).expect(
            .fail, "too-low", zh: ["900 kbit/s", "不少于 1 Mbit/s"], en: ["900 kbit/s", "at least 1 Mbit/s"])
        let atMost = BitRateRule(lowest: nil, highest: 1_000_000)
        #expect(atMost.judge(.sample(bitsPerSecond: 0)).outcome == .pass)
        atMost.judge(.sample(bitsPerSecond: 1_100_000)).expect(
            .fail, "too-high", zh: ["1.1 Mbit/s", "不超过 1 Mbit/s"], en: ["1.1 Mbit/s", "at most 1 Mbit/s"])
    }

    @Test("A fail names the rate, the limits and the advice")
    func message() {
        rule.judge(.sample(bitsPerSecond: 12_250_000)).expect(
            .fail, "too-high", zh: ["12.25 Mbit/s", "800 kbit/s至 8 Mbit/s", "请调整"],
            en: ["12.25 Mbit/s", "800 kbit/s to 8 Mbit/s", "Set the bit rate"])
    }

    @Test("A fail writes the exact rate where rounding would show the limit")
    func nearLimit() {
        let judgement = rule.judge(.sample(bitsPerSecond: 8_000_001))
        #expect(judgement.outcome == .fail)
        #expect(!judgement.message.en.contains("has 8 Mbit/s;"))
        #expect(!judgement.message.zh.contains("为 8 Mbit/s，"))
    }

    @Test("Facts without a bit rate or without video are undetermined")
    func missing() {
        rule.judge(.sample(bitsPerSecond: nil)).expect(.undetermined, "not-measured", zh: ["码率"], en: ["bit rate"])
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(rule.measurements.contains(.packets))
    }

    @Test("An encouraged `BitRateRule` gives an advisory instead of a fail")
    func encouraged() {
        #expect(rule.finding(.sample(bitsPerSecond: 1), .encouraged).outcome == .advisory)
    }
}
