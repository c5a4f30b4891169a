import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("keyframes")
struct KeyframesRuleTests {
    private static func facts(_ interval: Duration?, isClosed: Bool? = true) -> MediaFacts {
        var facts = MediaFacts.sample()
        facts.video?.coding = VideoCoding(longestKeyframeInterval: interval, hasClosedGroups: isClosed)
        return facts
    }

    private static func rule(_ parameters: String) throws -> KeyframesRule {
        try SecondSchema.measured(KeyframesRule.self, parameters)
    }

    @Test(
        "The longest interval is at most the limit",
        arguments: [
            (9999, .pass, nil), (10_000, .pass, nil), (10_001, .fail, "keyframe-interval"),
            (nil, .undetermined, "not-measured"),
        ] as [(Int64?, Finding.Outcome, String?)])
    func intervals(milliseconds: Int64?, outcome: Finding.Outcome, reason: String?) throws {
        let judgement = try Self.rule("maxInterval: 10s").judge(Self.facts(milliseconds.map { .milliseconds($0) }))
        judgement.expect(outcome, reason, zh: ["最长关键帧间隔"], en: ["keyframe interval"])
        #expect(judgement.required == "≤ 10.000 s")
    }

    @Test(
        "Groups must be closed where the rule asks for it",
        arguments: [(true, .pass, nil), (false, .fail, "open-groups"), (nil, .undetermined, "not-measured")]
            as [(Bool?, Finding.Outcome, String?)])
    func groups(isClosed: Bool?, outcome: Finding.Outcome, reason: String?) throws {
        try Self.rule("closed: required").judge(Self.facts(.seconds(1), isClosed: isClosed)).expect(
            outcome, reason, zh: ["GOP"], en: ["group of pictures"])
        try Self.rule("maxInterval: 1s").judge(Self.facts(.seconds(1), isClosed: isClosed)).expect(.pass)
    }

    @Test(
        "The number of B-pictures in a row is the one that the rule asks for",
        arguments: [
            (2, 2, .pass, nil), (2, 1, .fail, "b-frames"), (2, 3, .fail, "b-frames"), (0, 0, .pass, nil),
            (0, 1, .fail, "b-frames"), (2, nil, .undetermined, "not-measured"),
        ] as [(Int, Int?, Finding.Outcome, String?)])
    func bPictures(wanted: Int, longest: Int?, outcome: Finding.Outcome, reason: String?) throws {
        var facts = Self.facts(.seconds(1))
        facts.video?.coding?.longestBPictureRun = longest
        try Self.rule("bFrames: \(wanted)").judge(facts).expect(outcome, reason, zh: ["B 帧"], en: ["B-frames in a row"])
    }

    @Test("A fail names the interval, the limit and the advice")
    func message() throws {
        let judgement = try Self.rule("maxInterval: 500ms, closed: required").judge(
            Self.facts(.milliseconds(10_040), isClosed: false))
        judgement.expect(
            .fail, "keyframe-interval",
            zh: ["最长关键帧间隔为 10.040 秒，要求不超过 0.500 秒；图像组（GOP）为开放，要求封闭。", "关键帧间隔"],
            en: ["The longest keyframe interval is 10.040 s; at most 0.500 s is required", "open; closed is required"])
        #expect(judgement.measured == "10.040 s, open")
    }

    @Test("Facts without a coding or without video are undetermined")
    func missing() throws {
        let rule = try Self.rule("maxInterval: 10s")
        rule.judge(.sample()).expect(.undetermined, "not-measured")
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(rule.measurements == [.header, .packets])
    }

    @Test(
        "Mistakes in the parameters are reported",
        arguments: [
            SecondSchema.mistake("keyframes", "", "", "maxInterval, closed or bFrames is missing"),
            SecondSchema.mistake("keyframes", "maxInterval: 0s", "maxInterval", "above zero"),
            SecondSchema.mistake("keyframes", "maxInterval: 250", "maxInterval", "250s or 250m"),
            SecondSchema.mistake("keyframes", "closed: forbidden", "closed", "one of required"),
            SecondSchema.mistake("keyframes", "bFrames: 17", "bFrames", "from 0 to 16"),
            SecondSchema.mistake("keyframes", "bFrames: IBBP", "bFrames", "from 0 to 16"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has the parameters that are written")
    func wire() throws {
        #expect(try SecondSchema.wire("keyframes", "maxInterval: 2s") == #"{"maxIntervalMilliseconds":2000}"#)
        #expect(try SecondSchema.wire("keyframes", "closed: required") == #"{"closed":"required"}"#)
        #expect(try SecondSchema.wire("keyframes", "bFrames: 0") == #"{"bFrames":0}"#)
    }
}
