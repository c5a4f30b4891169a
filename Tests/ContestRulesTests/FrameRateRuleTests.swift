import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("frame-rate")
struct FrameRateRuleTests {
    private static func limits(_ lowest: String?, _ highest: String?) throws -> FrameRateRule {
        FrameRateRule(lowest: try lowest.map(Ratio.of), highest: try highest.map(Ratio.of))
    }

    private static func listed(_ rates: String...) throws -> FrameRateRule {
        FrameRateRule(allowed: try rates.map(Ratio.of))
    }

    @Test(
        "`FrameRateRule` accepts both limits and 0.05 % beyond them",
        arguments: [
            ("24", .pass), ("25", .pass), ("30000/1001", .pass), ("30", .pass), ("239881/10000", .pass),
            ("239879/10000", .fail), ("24000/1001", .fail), ("300149/10000", .pass), ("300151/10000", .fail),
            ("60", .fail), ("1", .fail), ("2147483647", .fail), ("1/2147483647", .fail),
        ] as [(String, Finding.Outcome)])
    func limits(rate: String, outcome: Finding.Outcome) throws {
        let judgement = try Self.limits("24", "30").judge(.sample(frameRate: try .of(rate)))
        #expect(judgement.outcome == outcome)
        #expect(judgement.measured == (rate.contains("/") ? rate : "\(rate)/1"))
        #expect(judgement.required == "24–30")
        judgement.expectWords()
    }

    @Test(
        "A list of 25 and 30 allows each to 0.05 %, and not 29.97",
        arguments: [
            ("25", .pass), ("30", .pass), ("30000/1001", .fail), ("24", .fail), ("249876/10000", .pass),
            ("249874/10000", .fail), ("250124/10000", .pass), ("250126/10000", .fail), ("50", .fail),
        ] as [(String, Finding.Outcome)])
    func list(rate: String, outcome: Finding.Outcome) throws {
        #expect(try Self.listed("25", "30").judge(.sample(frameRate: try .of(rate))).outcome == outcome)
    }

    @Test("A list with 30000/1001 allows 29.97")
    func ntsc() throws {
        let rule = try Self.listed("30000/1001")
        #expect(rule.judge(.sample(frameRate: try .of("30000/1001"))).outcome == .pass)
        #expect(rule.judge(.sample(frameRate: try .of("2997/100"))).outcome == .pass)
        rule.judge(.sample(frameRate: try .of("30"))).expect(.fail, zh: ["30 帧", "29.97"], en: ["30 frames", "29.97"])
    }

    @Test("A rule with one limit leaves the other side open")
    func oneLimit() throws {
        let atLeast = try Self.limits("25", nil)
        #expect(atLeast.judge(.sample(frameRate: try .of("120"))).outcome == .pass)
        atLeast.judge(.sample(frameRate: try .of("24"))).expect(.fail, zh: ["24", "≥ 25"], en: ["24", "≥ 25"])
        let atMost = try Self.limits(nil, "30")
        #expect(atMost.judge(.sample(frameRate: try .of("1"))).outcome == .pass)
        atMost.judge(.sample(frameRate: try .of("60"))).expect(.fail, zh: ["60", "≤ 30"], en: ["60", "≤ 30"])
    }

    @Test("A fail names the rate, the limits and the advice")
    func message() throws {
        try Self.limits("25", "30").judge(.sample(frameRate: try .of("24000/1001"))).expect(
            .fail, zh: ["23.98", "25–30", "请按要求"], en: ["23.98", "25–30", "Export"])
    }

    @Test("Facts without a frame rate or without video are undetermined")
    func missing() throws {
        let rule = try Self.limits("24", "30")
        rule.judge(.sample(frameRate: nil)).expect(.undetermined, "not-measured", zh: ["帧率"], en: ["frame rate"])
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(rule.measurements.contains(.packets))
    }

    @Test("An encouraged `FrameRateRule` that is not met gives an advisory, not a fail")
    func encouraged() throws {
        #expect(try Self.listed("50").finding(.sample(), .encouraged).outcome == .advisory)
    }

    @Test(
        "a rule with `constant: required` fails a rate that varies, and does not pass one that was not measured",
        arguments: [
            (true, Finding.Outcome.pass, nil, "25/1, CFR"), (false, .fail, "variable-frame-rate", "25/1, VFR"),
            (nil, .undetermined, "not-measured", "25/1"),
        ] as [(Bool?, Finding.Outcome, String?, String)])
    func constant(isConstant: Bool?, outcome: Finding.Outcome, reason: String?, measured: String) throws {
        let rule = FrameRateRule(allowed: [(Ratio(25, 1) ?? .one)], mustBeConstant: true)
        var facts = MediaFacts.sample()
        facts.video?.coding = VideoCoding(hasConstantFrameRate: isConstant)
        let judgement = rule.judge(facts)
        #expect(judgement.outcome == outcome && judgement.reason == reason)
        #expect(judgement.measured == measured && judgement.required == "25, CFR")
        #expect(FrameRateRule(mustBeConstant: true).judge(facts).required == "CFR")
        judgement.expectWords()
    }

    @Test("a wrong rate fails before its evenness is looked at")
    func wrongRate() throws {
        var facts = MediaFacts.sample(frameRate: Ratio(30, 1) ?? .one)
        facts.video?.coding = VideoCoding(hasConstantFrameRate: false)
        let judgement = FrameRateRule(allowed: [(Ratio(25, 1) ?? .one)], mustBeConstant: true).judge(facts)
        #expect(judgement.outcome == .fail && judgement.reason == nil && judgement.measured == "30/1")
    }
}
