import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("any-of")
struct AnyOfRuleTests {
    /// 4:3 in 640×480, or 16:9 in 1280×720.
    private static let sizes = """
        groups: [[{kind: aspect-ratio, allowed: ["4:3"]}, {kind: resolution, sizes: [640x480]}], \
        [{kind: aspect-ratio, allowed: ["16:9"]}, {kind: resolution, sizes: [1280x720]}]]
        """

    private static func rule(_ parameters: String = sizes) throws -> AnyOfRule {
        try SecondSchema.measured(AnyOfRule.self, parameters)
    }

    @Test(
        "`AnyOfRule` passes a file that meets all rules of one group",
        arguments: [
            (640, 480, .pass), (1280, 720, .pass), (1280, 960, .fail), (640, 360, .fail), (1920, 1080, .fail),
            (1080, 1920, .fail),
        ] as [(Int, Int, Finding.Outcome)])
    func sizes(width: Int, height: Int, outcome: Finding.Outcome) throws {
        let judgement = try Self.rule().judge(.picture(width, height))
        #expect(judgement.outcome == outcome)
        #expect(judgement.required == "4:3 + 640×480 | 16:9 + 1280×720")
        judgement.expectWords()
    }

    @Test("A pass names the group that holds")
    func pass() throws {
        let judgement = try Self.rule().judge(.picture(1280, 720))
        judgement.expect(.pass, zh: ["第 2 组（画面比例、分辨率）全部符合"], en: ["All of group 2 (aspect ratio, resolution) holds"])
        #expect(judgement.measured == "16:9 + 1280×720")
    }

    @Test(
        "A fail names the group that came closest and what it lacks",
        arguments: [
            // The shape of the first group, in a wrong size.
            (
                1280, 960, "第 1 组（画面比例、分辨率）：画面为 1280×960，要求 640×480。", "group 1 (aspect ratio, resolution)",
                "4:3 + 1280×960"
            ),
            (
                1920, 1080, "第 2 组（画面比例、分辨率）：画面为 1920×1080，要求 1280×720。", "group 2 (aspect ratio, resolution)",
                "16:9 + 1920×1080"
            ),
            // Neither shape nor size: the first of equals.
            (1000, 1000, "第 1 组（画面比例、分辨率）：画面比例为 1:1（显示尺寸 1000×1000），要求 4:3。", "group 1", "1:1 + 1000×1000"),
        ])
    func closest(width: Int, height: Int, zh: String, en: String, measured: String) throws {
        let judgement = try Self.rule().judge(.picture(width, height))
        judgement.expect(.fail, zh: ["没有一组全部符合，最接近的是\(zh)"], en: ["No group holds whole; \(en)"])
        #expect(judgement.measured == measured)
    }

    @Test("A group of which one rule is undetermined or left to a person does not pass")
    func missingData() throws {
        try Self.rule().judge(.pictureUnknown).expect(
            .undetermined, "not-measured", zh: ["没有一组可以确认符合"], en: ["No group is known to hold"])
        try Self.rule().judge(.soundOnly).expect(.undetermined, "no-video")
        let rule = try Self.rule(
            "groups: [[{kind: container, allowed: [avi], others: review}], [{kind: file-size, max: 1MB}]]")
        rule.judge(.sample()).expect(
            .review, "open-list", zh: ["第 1 组（文件格式）须人工确认"], en: ["A person must look at group 1 (file format)"])
    }

    @Test("An unmeasured group that could still pass keeps the rule from failing")
    func undeterminedBeforeFail() throws {
        let rule = try Self.rule("groups: [[{kind: duration, max: 1m}], [{kind: orientation, allowed: [portrait]}]]")
        rule.judge(.sample(duration: nil)).expect(.undetermined, "not-measured")
        rule.judge(.sample()).expect(.fail, "too-long")
    }

    @Test("A group that waits for decoding comes before one that a person may approve")
    func notDecoded() throws {
        let rule = try Self.rule(
            "groups: [[{kind: container, allowed: [avi], others: review}], [{kind: silence, longest: 10s}]]")
        #expect(rule.depth == .standard && rule.measurements == [.header, .packets, .sound])
        #expect(rule.thresholds == [.silence: -60])
        rule.judge(.sample()).expect(.undetermined, Finding.notDecoded)
        #expect(rule.judge(MeasuredKinds.measured()).outcome == .pass)
    }

    @Test("An encouraged `AnyOfRule` gives an advisory that does not say \"required\"")
    func encouraged() throws {
        let finding = try Self.rule().finding(.picture(1920, 1080), .encouraged)
        #expect(finding.outcome == .advisory)
        #expect(!finding.message.zh.contains("要求") && !finding.message.en.contains("required"))
    }

    @Test("A file that cannot be read leaves the rule undetermined")
    func unread() throws {
        try Self.rule().judge(unread: unreadable(.damaged)).expect(.undetermined, "damaged")
    }

    @Test(
        "A mistake in a group is reported at its rule",
        arguments: [
            SecondSchema.mistake("any-of", "groups: [[{kind: upright}]]", "groups", "at least two groups"),
            SecondSchema.mistake("any-of", "groups: []", "groups", "at least one item"),
            SecondSchema.mistake("any-of", "groups: [[{kind: upright}], []]", "groups[1]", "at least one item"),
            SecondSchema.mistake("any-of", "groups: [[{kind: upright}], upright]", "groups[1]", "at least one item"),
            SecondSchema.mistake("any-of", "groups: [[{kind: upright}], [upright]]", "groups[1][0]", "mapping of keys"),
            SecondSchema.mistake("any-of", "groups: [[{kind: upright}], [{min: 2m}]]", "groups[1][0].kind", "missing"),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: upright}], [{kind: any-of, groups: []}]]", "groups[1][0].kind",
                "any-of cannot hold another any-of"),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: upright}], [{kind: person}]]", "groups[1][0].kind",
                "any-of cannot hold person"),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: upright}], [{kind: window}]]", "groups[1][0].kind",
                "any-of cannot hold window"),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: upright}], [{kind: duraton}]]", "groups[1][0].kind",
                "did you mean \"duration\""),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: upright}], [{kind: upright, level: required}]]", "groups[1][0].level",
                "unknown key"),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: upright}], [{kind: duration, max: 2}]]", "groups[1][0].max",
                "\"2\" can mean 2s or 2m"),
            SecondSchema.mistake(
                "any-of",
                "groups: [[{kind: black, longest: 9s}], [{kind: black, longest: 9s, darkness: 12%}]]",
                "groups[1][0].darkness", "\"groups[1]\" has 12% and \"groups[0]\" 10%"),
            SecondSchema.mistake(
                "any-of", "groups: [[{kind: upright}], [{kind: upright}]], min: 1", "min", "unknown key"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("A mistake without groups is reported at the rule")
    func noGroups() {
        Mistake("any-of", SecondSchema.text("any-of"), (34, "rules[6].groups", "missing")).check()
    }

    @Test("The JSON holds the groups, each rule with its kind and its parameters")
    func wire() throws {
        #expect(
            try SecondSchema.wire("any-of", "groups: [[{kind: upright}], [{kind: duration, max: 2m}]]")
                == #"{"groups":[[{"kind":"upright","parameters":{}}],[{"kind":"duration","parameters":"#
                + #"{"maxMilliseconds":120000,"minMilliseconds":null,"toleranceMilliseconds":0}}]]}"#)
    }
}
