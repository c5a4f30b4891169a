import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("duration")
struct DurationRuleTests {
    private let twoToFive = DurationRule(shortest: .seconds(120), longest: .seconds(300), tolerance: .milliseconds(500))

    @Test(
        "`DurationRule` passes 119.5 s to 300.5 s with limits of 2 and 5 min and a tolerance of 500 ms",
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
        "A rule without tolerance passes 180.000 s to 300.000 s and nothing beyond",
        arguments: [
            (179_999, .fail), (180_000, .pass), (300_000, .pass), (300_001, .fail),
        ] as [(Int, Finding.Outcome)])
    func exactLimits(milliseconds: Int, outcome: Finding.Outcome) {
        let rule = DurationRule(shortest: .seconds(180), longest: .seconds(300))
        #expect(rule.judge(.sample(duration: .milliseconds(milliseconds))).outcome == outcome)
    }

    @Test("A rule with one limit leaves the other side open")
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

    @Test("A film that is too short is told its length, the limits and the difference")
    func tooShort() {
        let judgement = twoToFive.judge(.sample(duration: .milliseconds(119_499)))
        judgement.expect(
            .fail, "too-short", zh: ["1 分 59.499 秒", "2 分至 5 分", "还差 0.501 秒", "请补足"],
            en: ["1 min 59.499 s", "2 min to 5 min", "0.501 s more", "Extend"])
        #expect(judgement.measured == "119.499 s")
        #expect(judgement.required == "120.000–300.000 s ± 0.500 s")
    }

    @Test("A film that is too long is told its length, the limits and the difference")
    func tooLong() {
        let judgement = twoToFive.judge(.sample(duration: .milliseconds(300_501)))
        judgement.expect(
            .fail, "too-long", zh: ["5 分 0.501 秒", "2 分至 5 分", "超出 0.501 秒", "请剪短"],
            en: ["5 min 0.501 s", "2 min to 5 min", "0.501 s less", "Shorten"])
        #expect(judgement.measured == "300.501 s")
    }

    @Test("A pass that needs the tolerance says so", arguments: [119_500, 300_500])
    func toleranceUsed(milliseconds: Int) {
        // "5 min 0.500 s, within 2 min to 5 min" would be untrue.
        twoToFive.judge(.sample(duration: .milliseconds(milliseconds))).expect(.pass, zh: ["误差"], en: ["tolerance"])
    }

    @Test("The packets' length is judged, not the header's")
    func declaredLength() {
        #expect(twoToFive.judge(.sample(duration: .seconds(200), declared: .seconds(720))).outcome == .pass)
        #expect(twoToFive.judge(.sample(duration: .seconds(301), declared: .seconds(200))).outcome == .fail)
        #expect(twoToFive.measurements.contains(.packets))
    }

    @Test("Facts without a true length or without video are undetermined")
    func missing() {
        twoToFive.judge(.sample(duration: nil, declared: .seconds(200))).expect(.undetermined, "not-measured")
        twoToFive.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(twoToFive.judge(.sample(duration: nil)).required == "120.000–300.000 s ± 0.500 s")
    }

    @Test("An encouraged `DurationRule` gives an advisory instead of a fail")
    func encouraged() {
        #expect(twoToFive.finding(.sample(duration: .seconds(1)), .encouraged).outcome == .advisory)
        #expect(twoToFive.finding(.sample(duration: .seconds(200)), .encouraged).outcome == .pass)
    }

    @Test(
        "A jump of the timestamps is a review where the lengths with and without it have different outcomes",
        arguments: [
            (200, 110, .review, "timeline-jump"), (3750, 150, .review, "timeline-jump"), (200, 150, .pass, nil),
            (3750, 400, .fail, "too-long"), (100, 50, .fail, "too-short"),
        ] as [(Int, Int, Finding.Outcome, String?)])
    func jumps(with: Int, without: Int, outcome: Finding.Outcome, reason: String?) {
        var facts = MediaFacts.sample(duration: .seconds(with))
        facts.durationWithoutJumps = .seconds(without)
        facts.integrity.add(IntegrityProblem(.timelineJumps, count: 1))
        let (long, short) = (Wording.duration(.seconds(with)), Wording.duration(.seconds(without)))
        let judgement = twoToFive.judge(facts)
        judgement.expect(outcome, reason, zh: [long.zh, short.zh], en: [long.en, short.en])
        #expect(
            judgement.measured
                == (outcome == .review ? "\(with).000 s / \(without).000 s" : "\(with).000 s"))
    }

    @Test("A jump without the other length is a review")
    func unknownJump() {
        var facts = MediaFacts.sample(duration: .seconds(200))
        facts.integrity.add(IntegrityProblem(.timelineJumps, count: 1))
        twoToFive.judge(facts).expect(.review, "timeline-jump", zh: ["时长未知"], en: ["unknown time"])
    }

    @Test("An edit list with another speed is a review at any length", arguments: [1, 200, 9000])
    func editSpeed(seconds: Int) {
        var facts = MediaFacts.sample(duration: .seconds(seconds))
        facts.integrity.add(IntegrityProblem(.editSpeed))
        let judgement = twoToFive.judge(facts)
        judgement.expect(.review, "edit-speed", zh: ["变速播放", "2 分至 5 分"], en: ["speed", "2 min to 5 min is required"])
        #expect(judgement.measured == "\(seconds).000 s")
    }

    @Test("The least and the greatest length are judged without a trap")
    func absurd() async {
        await #expect(processExitsWith: .success) {
            let rule = DurationRule(shortest: .seconds(120), longest: .seconds(300), tolerance: .milliseconds(500))
            for length in [Int64.min, .min + 1, -1, .max] {
                _ = rule.judge(.sample(duration: .milliseconds(length)))
            }
        }
    }

    private let listed = DurationRule(
        allowed: [.seconds(15), .seconds(30), .seconds(60)], tolerance: .milliseconds(500))

    @Test(
        "`DurationRule` with listed lengths passes each of them within the tolerance and no other",
        arguments: [
            (0, .fail), (14_499, .fail), (14_500, .pass), (15_000, .pass), (15_500, .pass), (15_501, .fail),
            (20_000, .fail), (29_499, .fail), (29_500, .pass), (30_500, .pass), (30_501, .fail), (59_500, .pass),
            (60_500, .pass), (60_501, .fail), (120_000, .fail),
        ] as [(Int, Finding.Outcome)])
    func listed(milliseconds: Int, outcome: Finding.Outcome) {
        listed.judge(.sample(duration: .milliseconds(milliseconds))).expect(
            outcome, outcome == .pass ? nil : "other-length")
    }

    @Test("A fail names the listed lengths, the nearest of them and the difference")
    func nearest() {
        let judgement = listed.judge(.sample(duration: .milliseconds(20_250)))
        judgement.expect(
            .fail, "other-length", zh: ["时长为 20.250 秒，要求 15 秒、30 秒或 1 分，与最接近的 15 秒相差 5.250 秒"],
            en: ["It lasts 20.250 s; 15 s, 30 s or 1 min is required", "the nearest of these, 15 s, is 5.250 s away"])
        #expect(judgement.required == "15.000 / 30.000 / 60.000 s ± 0.500 s")
        // Half-way between two, the first of them is named.
        listed.judge(.sample(duration: .milliseconds(22_500))).expect(.fail, "other-length", zh: ["最接近的 15 秒"])
    }

    @Test("A pass beside a listed length says that it needs the tolerance")
    func listedTolerance() {
        listed.judge(.sample(duration: .seconds(30))).expect(
            .pass, zh: ["符合要求（15 秒、30 秒或 1 分）。"], en: ["within 15 s, 30 s or 1 min."])
        listed.judge(.sample(duration: .milliseconds(30_500))).expect(.pass, zh: ["误差"], en: ["tolerance"])
    }

    @Test("Listed lengths are judged by the facts that limits are judged by")
    func listedFacts() {
        listed.judge(.sample(duration: nil)).expect(.undetermined, "not-measured")
        listed.judge(.soundOnly).expect(.undetermined, "no-video")
        var jumping = MediaFacts.sample(duration: .seconds(60))
        jumping.durationWithoutJumps = .seconds(40)
        listed.judge(jumping).expect(.review, "timeline-jump", zh: ["要求 15 秒、30 秒或 1 分"])
    }

    @Test(
        "A list of lengths excludes limits and holds no length twice",
        arguments: [
            SecondSchema.mistake("duration", "allowed: [15s, 30s], max: 1m", "allowed", "not both"),
            SecondSchema.mistake("duration", "allowed: [15s, 0.25m, 15秒]", "allowed[1]", "\"0.25m\" is listed twice"),
            SecondSchema.mistake("duration", "allowed: []", "", "min or max is missing"),
            SecondSchema.mistake("duration", "allowed: 15s", "allowed", "list"),
            SecondSchema.mistake("duration", "allowed: [15s, 0s]", "allowed", "above zero"),
            SecondSchema.mistake("duration", "allowed: [15, 30s]", "allowed[0]", "\"15\" can mean 15s or 15m"),
        ])
    func listMistakes(mistake: Mistake) {
        // A length that is written three times is reported twice.
        guard mistake.name.contains("15秒") else { return mistake.check() }
        #expect(problems(of: mistake.text).map(\.key) == ["rules[6].allowed[1]", "rules[6].allowed[2]"])
    }

    @Test("The JSON of listed lengths has `allowedMilliseconds`, that of limits has not")
    func wire() throws {
        #expect(
            try SecondSchema.wire("duration", "allowed: [15s, 30秒], tolerance: 500ms")
                == #"{"allowedMilliseconds":[15000,30000],"maxMilliseconds":null,"minMilliseconds":null,"#
                + #""toleranceMilliseconds":500}"#)
        #expect(
            try SecondSchema.wire("duration", "max: 2分30秒")
                == #"{"maxMilliseconds":150000,"minMilliseconds":null,"toleranceMilliseconds":0}"#)
    }
}
