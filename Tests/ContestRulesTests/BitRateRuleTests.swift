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

    // MARK: Of sound or file, and the mode

    private static func rule(_ parameters: String) throws -> BitRateRule {
        try SecondSchema.measured(BitRateRule.self, parameters)
    }

    private static func facts(sound: Int64? = 128_000, evenness: Duration? = nil, ofSound: Duration? = nil)
        -> MediaFacts
    {
        var facts = MediaFacts.sample()
        facts.video?.coding = VideoCoding(rateFluctuation: evenness)
        facts.audio?.format = AudioFormat(bitsPerSecond: sound, rateFluctuation: ofSound)
        return facts
    }

    @Test(
        "The rate of the sound lies between both limits",
        arguments: [
            (95_999, .fail, "too-low"), (96_000, .pass, nil), (192_000, .pass, nil), (192_001, .fail, "too-high"),
            (nil, .undetermined, "not-measured"),
        ] as [(Int64?, Finding.Outcome, String?)])
    func sound(bits: Int64?, outcome: Finding.Outcome, reason: String?) throws {
        let rule = try Self.rule("of: audio, min: 96kbit/s, max: 192kbit/s")
        rule.judge(Self.facts(sound: bits)).expect(outcome, reason, zh: ["声音码率"])
        rule.judge(.sample(hasAudio: false)).expect(.undetermined, "no-audio")
    }

    @Test(
        "The rate of the file is its size over its length",
        arguments: [
            (149_999_990, .seconds(150), .fail, "too-low"), (150_000_000, .seconds(150), .pass, nil),
            (150_000_000, nil, .undetermined, "not-measured"),
        ] as [(Int64, Duration?, Finding.Outcome, String?)])
    func file(bytes: Int64, length: Duration?, outcome: Finding.Outcome, reason: String?) throws {
        let judgement = try Self.rule("of: file, min: 8Mbit/s").judge(.sample(duration: length, bytes: bytes))
        judgement.expect(outcome, reason, zh: ["总码率"])
        #expect(judgement.required == "≥ 8 Mbit/s")
    }

    @Test("`of: video` means the same as no `of`")
    func video() throws {
        let facts = MediaFacts.sample(bitsPerSecond: 700_000)
        #expect(try Self.rule("of: video, max: 8Mbit/s").judge(facts) == Self.rule("max: 8Mbit/s").judge(facts))
    }

    @Test(
        "A rate is constant up to 1.5 s of data, variable from 2.5 s on, and left to a person between",
        arguments: [
            ("constant", 0, .pass, nil), ("constant", 1500, .pass, nil), ("constant", 1501, .review, "rate-mode"),
            ("constant", 2499, .review, "rate-mode"), ("constant", 2500, .fail, "rate-mode"),
            ("constant", 90_000, .fail, "rate-mode"), ("variable", 1500, .fail, "rate-mode"),
            ("variable", 2000, .review, "rate-mode"), ("variable", 2500, .pass, nil),
            ("constant", nil, .undetermined, "not-measured"), ("variable", nil, .undetermined, "not-measured"),
        ] as [(String, Int64?, Finding.Outcome, String?)])
    func modes(mode: String, milliseconds: Int64?, outcome: Finding.Outcome, reason: String?) throws {
        let evenness = milliseconds.map { Duration.milliseconds($0) }
        try Self.rule("mode: \(mode)").judge(Self.facts(evenness: evenness)).expect(outcome, reason)
        try Self.rule("of: audio, mode: \(mode)").judge(Self.facts(ofSound: evenness)).expect(outcome, reason)
    }

    @Test("A rule of limits and mode names both; the limits come first")
    func both() throws {
        let rule = try Self.rule("of: audio, max: 192kbit/s, mode: constant")
        let pass = rule.judge(Self.facts(ofSound: .milliseconds(40)))
        pass.expect(
            .pass, zh: ["声音码率为 128 kbit/s，符合要求。声音码率的起伏相当于 0.040 秒的数据量，是恒定码率，符合要求。"],
            en: ["fluctuates by 0.040 s of data: a constant bit rate, as required."])
        #expect(pass.required == "≤ 192 kbit/s, CBR")
        #expect(pass.measured == "128000 bit/s, ± 0.040 s")
        rule.judge(Self.facts(sound: 200_000, ofSound: .seconds(9))).expect(.fail, "too-high")
        rule.judge(Self.facts(ofSound: .seconds(9))).expect(
            .fail, "rate-mode", zh: ["是可变码率，要求恒定码率", "CBR"], en: ["a constant bit rate is required", "CBR"])
        rule.judge(Self.facts(sound: nil, ofSound: .seconds(9))).expect(.undetermined, "not-measured")
    }

    @Test(
        "A mode without a stream, and values of other words, are reported",
        arguments: [
            SecondSchema.mistake("bit-rate", "of: file, mode: constant", "mode", "of: video or of: audio"),
            SecondSchema.mistake("bit-rate", "of: sound, max: 1Mbit/s", "of", "one of video, audio, file"),
            SecondSchema.mistake("bit-rate", "mode: cbr", "mode", "one of constant, variable"),
            SecondSchema.mistake("bit-rate", "of: audio", "", "min or max is missing"),
            SecondSchema.mistake("bit-rate", "mode: constant, max: 0bit/s", "max", "above zero"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has `of` and `mode` only where they are written")
    func wire() throws {
        #expect(
            try SecondSchema.wire("bit-rate", "max: 1Mbit/s")
                == #"{"maxBitsPerSecond":1000000,"minBitsPerSecond":null}"#)
        #expect(
            try SecondSchema.wire("bit-rate", "of: audio, mode: constant")
                == #"{"maxBitsPerSecond":null,"minBitsPerSecond":null,"mode":"constant","of":"audio"}"#)
    }
}
