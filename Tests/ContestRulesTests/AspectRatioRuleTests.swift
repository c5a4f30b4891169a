import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("aspect-ratio")
struct AspectRatioRuleTests {
    private static func rule(_ allowed: String..., tolerance: Double = 0.005) throws -> AspectRatioRule {
        AspectRatioRule(allowed: try allowed.map(Ratio.of), tolerance: tolerance)
    }

    @Test(
        "`AspectRatioRule` passes 16:9 to within 0.5 % either way",
        arguments: [
            (1920, 1080, .pass), (3840, 2160, .pass), (853, 480, .pass), (854, 480, .pass),
            (134, 75, .pass), (4467, 2500, .fail),  // 16:9 × 1.005, and a hair more
            (398, 225, .pass), (39_799, 22_500, .fail),  // 16:9 × 0.995, and a hair less
            (1920, 1076, .pass), (1920, 1068, .fail), (1920, 1084, .pass), (1920, 1092, .fail),
            (1440, 1080, .fail), (2560, 1080, .fail), (1080, 1080, .fail), (1080, 1920, .fail),
        ] as [(Int, Int, Finding.Outcome)])
    func tolerance(width: Int, height: Int, outcome: Finding.Outcome) throws {
        #expect(try Self.rule("16:9").judge(.picture(width, height)).outcome == outcome)
    }

    @Test(
        "Pixel shape and rotation are applied before the shape is judged",
        arguments: [
            (1440, 1080, "4:3", 0, .pass), (1280, 1080, "3:2", 0, .pass), (1920, 1080, "5120:5121", 0, .pass),
            (1920, 1080, "15903:15904", 0, .pass), (1440, 1080, "1:1", 0, .fail), (1080, 1920, "1:1", 90, .pass),
            (1080, 1920, "1:1", 270, .pass), (1920, 1080, "1:1", 180, .pass), (1920, 1080, "1:1", 90, .fail),
            (1920, 1080, "4:3", 0, .fail),
        ] as [(Int, Int, String, Double, Finding.Outcome)])
    func display(width: Int, height: Int, pixels: String, degrees: Double, outcome: Finding.Outcome) throws {
        let facts = MediaFacts.sample(
            width: width, height: height, pixelShape: try .of(pixels),
            orientation: PictureOrientation(clockwiseDegrees: degrees))
        #expect(try Self.rule("16:9").judge(facts).outcome == outcome)
    }

    @Test("A picture on its side fails as `turned`, with both shapes in the message")
    func turned() throws {
        let judgement = try Self.rule("9:16").judge(.picture(1920, 1080))
        judgement.expect(
            .fail, "turned", zh: ["16:9", "1920×1080", "要求 9:16", "横屏与竖屏相反"],
            en: ["16:9", "1920×1080", "9:16 is required", "swapped"])
        #expect(judgement.measured == "16:9")
        #expect(judgement.required == "9:16")
    }

    @Test("A wrong shape is named with the required one and the advice")
    func wrongShape() throws {
        let judgement = try Self.rule("16:9").judge(.picture(1440, 1080))
        judgement.expect(
            .fail, zh: ["4:3", "1440×1080", "要求 16:9", "不要拉伸"],
            en: ["4:3", "1440×1080", "16:9 is required", "stretching"])
    }

    @Test("never says that what it refuses is what it requires")
    func strictTolerance() throws {
        // 1920×1076 is 0.4 % too wide: the report rounds it to 16:9, a rule of 0.1 % must not.
        let judgement = try Self.rule("16:9", tolerance: 0.001).judge(.picture(1920, 1076))
        judgement.expect(.fail, zh: ["480:269"], en: ["480:269"])
        #expect(judgement.measured == "480:269")
    }

    @Test(
        "may allow several shapes",
        arguments: [(1920, 1080, .pass), (1440, 1080, .pass), (1080, 1080, .fail)] as [(Int, Int, Finding.Outcome)])
    func several(width: Int, height: Int, outcome: Finding.Outcome) throws {
        let judgement = try Self.rule("16:9", "4:3").judge(.picture(width, height))
        #expect(judgement.outcome == outcome)
        #expect(judgement.required == "16:9, 4:3")
    }

    @Test("The shape 7:3 is written as 21:9")
    func cinema() throws {
        #expect(try Self.rule("21:9").judge(.picture(2520, 1080)).required == "21:9")
    }

    @Test("Facts without the picture's size are undetermined")
    func missing() throws {
        try Self.rule("16:9").judge(.soundOnly).expect(.undetermined, "no-video")
        try Self.rule("16:9").judge(.pictureUnknown).expect(.undetermined, "not-measured")
    }

    @Test("An encouraged `AspectRatioRule` gives an advisory instead of a fail")
    func encouraged() throws {
        #expect(try Self.rule("9:16").finding(.sample(), .encouraged).outcome == .advisory)
    }

    private static func second(_ parameters: String) throws -> AspectRatioRule {
        try SecondSchema.measured(AspectRatioRule.self, parameters)
    }

    @Test(
        "A range of shapes admits both ends, what lies between them, and the tolerance beyond them",
        arguments: [
            (1080, 2340, .pass),  // 9:19.5, an ordinary telephone
            (1080, 1920, .pass), (1080, 2400, .pass), (1080, 2160, .pass), (1080, 2412, .pass), (1080, 2413, .fail),
            (1080, 1911, .pass), (1080, 1910, .fail), (1080, 1080, .fail), (1920, 1080, .fail),
        ] as [(Int, Int, Finding.Outcome)], ["from: \"9:20\", to: \"9:16\"", "from: \"9:16\", to: \"9:20\""])
    func range(size: (Int, Int, Finding.Outcome), parameters: String) throws {
        let judgement = try Self.second(parameters).judge(.picture(size.0, size.1))
        #expect(judgement.outcome == size.2)
        #expect(judgement.required == "9:20–9:16")
        judgement.expectWords()
    }

    @Test("A landscape picture fails a range of portrait shapes as `turned`")
    func turnedRange() throws {
        let rule = try Self.second("from: \"9:20\", to: \"9:16\"")
        rule.judge(.picture(2340, 1080)).expect(.fail, "turned", zh: ["要求 9:20–9:16"], en: ["9:20–9:16 is required"])
        rule.judge(.pictureUnknown).expect(.undetermined, "not-measured")
    }

    @Test("Shapes and a range may be given together")
    func shapesAndRange() throws {
        let rule = try Self.second("allowed: [\"16:9\"], from: \"9:20\", to: \"9:16\", tolerance: 0%")
        #expect(rule.judge(.picture(1920, 1080)).outcome == .pass && rule.judge(.picture(1080, 2340)).outcome == .pass)
        #expect(rule.judge(.picture(1920, 1081)).outcome == .fail)
        #expect(rule.required == "16:9, 9:20–9:16")
    }

    @Test("A shape with decimals is shown as the notice writes it")
    func decimals() throws {
        let rule = try Self.second("allowed: [\"1.85:1\", \"2.39:1\"]")
        let flat = rule.judge(.picture(1998, 1080))
        flat.expect(.pass, zh: ["画面比例为 1.85:1"], en: ["1.85:1"])
        #expect(flat.measured == "1.85:1" && flat.required == "1.85:1, 2.39:1")
        #expect(rule.judge(.picture(2048, 858)).outcome == .pass)
        rule.judge(.picture(1920, 1080)).expect(.fail, zh: ["画面比例为 16:9", "要求 1.85:1, 2.39:1"], en: ["16:9"])
    }

    @Test(
        "The tolerance is 0.5 % where a file of `clipcheck.contest/2` gives none",
        arguments: [(853, 480, .pass), (1920, 1076, .pass), (1920, 1068, .fail)] as [(Int, Int, Finding.Outcome)])
    func usualTolerance(width: Int, height: Int, outcome: Finding.Outcome) throws {
        #expect(try Self.second("allowed: [\"16:9\"]").judge(.picture(width, height)).outcome == outcome)
    }

    @Test(
        "A range has two ends, and a rule has shapes or a range",
        arguments: [
            SecondSchema.mistake("aspect-ratio", "from: \"9:20\"", "to", "missing"),
            SecondSchema.mistake("aspect-ratio", "to: \"9:20\"", "from", "missing"),
            SecondSchema.mistake("aspect-ratio", "tolerance: 1%", "allowed", "missing"),
            SecondSchema.mistake("aspect-ratio", "from: wide, to: \"9:16\"", "from", "\"wide\" is not a picture ratio"),
            SecondSchema.mistake("aspect-ratio", "allowed: [\"1.85:1\", \"37:20\"]", "allowed[1]", "listed twice"),
            SecondSchema.mistake(
                "aspect-ratio", "allowed: [\"16:9\"], tolerance: 0.005", "tolerance", "can mean 0.005% or 0.5%"),
        ])
    func mistakes(mistake: Mistake) {
        guard
            ["to: ", "from: \"9:20\"", "tolerance: 1%"].contains(where: { mistake.name.hasPrefix("aspect-ratio \($0)") }
            )
        else { return mistake.check() }
        // A missing key is reported where its rule begins.
        #expect(problems(of: mistake.text).map(\.line) == [34])
        #expect(problems(of: mistake.text).map(\.key) == mistake.problems.map(\.key))
    }

    @Test("The JSON has `from` and `to` where a range is given, and shapes as they are written")
    func wire() throws {
        #expect(
            try SecondSchema.wire("aspect-ratio", "from: \"9:16\", to: \"9:20\"")
                == #"{"allowed":[],"from":"9:20","to":"9:16","tolerancePartsPerMillion":5000}"#)
        #expect(
            try SecondSchema.wire("aspect-ratio", "allowed: [\"1.850:1\"], tolerance: 1 %")
                == #"{"allowed":["1.85:1"],"tolerancePartsPerMillion":10000}"#)
    }
}
