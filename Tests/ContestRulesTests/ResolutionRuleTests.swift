import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("resolution")
struct ResolutionRuleTests {
    private static func listed(_ sizes: String..., turned: ResolutionRule.Turned = .fail) throws -> ResolutionRule {
        ResolutionRule(sizes: try sizes.map(PictureSize.of), turned: turned)
    }

    @Test(
        "`ResolutionRule` with `sizes` passes the listed sizes alone",
        arguments: [
            (1920, 1080, .pass), (2560, 1440, .pass), (3840, 2160, .pass), (1919, 1080, .fail), (1921, 1080, .fail),
            (1920, 1079, .fail), (1920, 1081, .fail), (1280, 720, .fail), (4096, 2160, .fail), (1080, 1920, .fail),
            (2048, 1152, .fail), (1, 1, .fail),
        ] as [(Int, Int, Finding.Outcome)])
    func list(width: Int, height: Int, outcome: Finding.Outcome) throws {
        let rule = try Self.listed("1920x1080", "2560x1440", "3840x2160")
        let judgement = rule.judge(.picture(width, height))
        #expect(judgement.outcome == outcome)
        #expect(judgement.measured == "\(width)×\(height)")
        judgement.expectWords()
    }

    @Test(
        "A minimum is compared with width and with height",
        arguments: [
            (1920, 1080, .pass), (1921, 1080, .pass), (1920, 1081, .pass), (7680, 4320, .pass), (2560, 1080, .pass),
            (1919, 1080, .fail), (1920, 1079, .fail), (1918, 1080, .fail), (1280, 720, .fail), (3840, 1079, .fail),
            (1080, 1920, .review), (1081, 1920, .review), (1920, 1920, .pass), (2160, 3840, .review),
            (1080, 1919, .fail), (1079, 1920, .fail),
        ] as [(Int, Int, Finding.Outcome)])
    func minimum(width: Int, height: Int, outcome: Finding.Outcome) throws {
        let rule = ResolutionRule(minimum: try .of("1920x1080"), turned: .review)
        #expect(rule.judge(.picture(width, height)).outcome == outcome)
    }

    @Test(
        "`turned` is the outcome of a listed size on its side",
        arguments: [(.fail, .fail), (.review, .review), (.pass, .pass)] as [(ResolutionRule.Turned, Finding.Outcome)])
    func turned(turned: ResolutionRule.Turned, outcome: Finding.Outcome) throws {
        let listed = try Self.listed("1920x1080", turned: turned).judge(.picture(1080, 1920))
        listed.expect(outcome, outcome == .pass ? nil : "turned", zh: ["1080×1920"], en: ["1080×1920"])
        // A picture large enough either way is turned all the same.
        for (width, height) in [(1081, 1921), (2160, 3840)] {
            let atLeast = ResolutionRule(minimum: try .of("1920x1080"), turned: turned).judge(.picture(width, height))
            #expect(atLeast.outcome == outcome)
        }
    }

    @Test("A review of a picture on its side names both sizes")
    func landscapeForReview() throws {
        let judgement = try Self.listed("1080x1920", turned: .review).judge(.picture(1920, 1080))
        judgement.expect(.review, "turned", zh: ["1920×1080", "1080×1920"], en: ["1920×1080", "1080×1920"])
        #expect(!judgement.message.zh.contains("竖屏是否"))
    }

    @Test(
        "Pixel shape and rotation are applied before the size is judged",
        arguments: [
            (1920, 1080, "1:1", 90, .pass), (1920, 1080, "1:1", -90, .pass), (1080, 1920, "1:1", 0, .pass),
            (1080, 1920, "1:1", 180, .pass), (1440, 1080, "4:3", 90, .pass), (1920, 1080, "5120:5121", 270, .pass),
            (1920, 1080, "1:1", 0, .fail), (1080, 1920, "1:1", 90, .fail), (1078, 1920, "1:1", 0, .fail),
        ] as [(Int, Int, String, Double, Finding.Outcome)])
    func display(width: Int, height: Int, pixels: String, degrees: Double, outcome: Finding.Outcome) throws {
        let facts = MediaFacts.sample(
            width: width, height: height, pixelShape: try .of(pixels),
            orientation: PictureOrientation(clockwiseDegrees: degrees))
        #expect(try Self.listed("1080x1920").judge(facts).outcome == outcome)
    }

    @Test("A fail names the size, the required sizes and the advice")
    func message() throws {
        let judgement = try Self.listed("1920x1080", "3840x2160").judge(.picture(1280, 720))
        judgement.expect(
            .fail, zh: ["1280×720", "1920×1080 / 3840×2160", "请按要求"],
            en: ["1280×720", "1920×1080 / 3840×2160", "Export"])
        #expect(judgement.required == "1920×1080 / 3840×2160")
        ResolutionRule(minimum: try .of("1920x1080")).judge(.picture(1280, 720)).expect(
            .fail, zh: ["1280×720", "≥ 1920×1080"], en: ["1280×720", "≥ 1920×1080"])
    }

    @Test("An encouraged rule gives an advisory whose message does not say \"required\"")
    func encouraged() throws {
        let finding = try Self.listed("2560x1440", "3840x2160").finding(.picture(1920, 1080), .encouraged)
        #expect(finding.outcome == .advisory)
        #expect(finding.message.zh.contains("2560×1440 / 3840×2160"))
        #expect(!finding.message.zh.contains("要求"))
        #expect(!finding.message.en.contains("required"))
    }

    @Test("Facts without the picture's size are undetermined")
    func missing() throws {
        try Self.listed("1920x1080").judge(.soundOnly).expect(.undetermined, "no-video")
        try Self.listed("1920x1080").judge(.pictureUnknown).expect(.undetermined, "not-measured")
    }

    private static func second(_ parameters: String) throws -> ResolutionRule {
        try SecondSchema.measured(ResolutionRule.self, parameters)
    }

    @Test(
        "A least and a greatest size bound width and height",
        arguments: [
            (1280, 720, .pass), (1920, 1080, .pass), (2560, 1440, .pass), (2561, 1440, .fail), (2560, 1441, .fail),
            (1279, 720, .fail), (1280, 719, .fail), (3840, 2160, .fail),
            // In portrait the same bounds hold, turned.
            (720, 1280, .pass), (1440, 2560, .pass), (1441, 2560, .fail), (719, 1280, .fail), (1440, 1440, .pass),
        ] as [(Int, Int, Finding.Outcome)])
    func bounds(width: Int, height: Int, outcome: Finding.Outcome) throws {
        let rule = try Self.second("min: 1280*720, max: 2560*1440, turned: pass")
        let judgement = rule.judge(.picture(width, height))
        #expect(judgement.outcome == outcome)
        #expect(judgement.required == "1280×720–2560×1440")
        judgement.expectWords()
    }

    @Test("A picture that is too large is told to be scaled down")
    func tooLarge() throws {
        let rule = try Self.second("max: 1920x1080")
        rule.judge(.picture(3840, 2160)).expect(
            .fail, "too-large", zh: ["画面为 3840×2160，要求 ≤ 1920×1080", "请缩小"],
            en: ["≤ 1920×1080 is required", "Scale it down"])
        rule.judge(.picture(1080, 1920)).expect(.fail, "turned")
        #expect(rule.judge(.picture(360, 640)).outcome == .pass)
        #expect(rule.judge(.picture(1, 1)).outcome == .pass)
    }

    @Test(
        "A short side is compared with the shorter of width and height",
        arguments: [
            ("shortSide: 1080P", 1920, 1080, .pass), ("shortSide: 1080", 1080, 1920, .pass),
            ("shortSide: 1080", 1080, 2340, .pass), ("shortSide: 1080", 2160, 1080, .pass),
            ("shortSide: 1080", 1280, 720, .fail), ("shortSide: 1080", 1920, 1088, .fail),
            ("shortSide: 4K", 3840, 2160, .pass),
            ("shortSide: {min: 720P}", 1280, 720, .pass), ("shortSide: {min: 720P}", 720, 1280, .pass),
            ("shortSide: {min: 720P}", 1280, 719, .fail), ("shortSide: {min: 720P, max: 1080P}", 1920, 1080, .pass),
            ("shortSide: {min: 720P, max: 1080P}", 1920, 1081, .fail), ("shortSide: {max: 480}", 640, 480, .pass),
        ] as [(String, Int, Int, Finding.Outcome)])
    func shortSide(parameters: String, width: Int, height: Int, outcome: Finding.Outcome) throws {
        let judgement = try Self.second(parameters).judge(.picture(width, height))
        #expect(judgement.outcome == outcome)
        #expect(judgement.measured == "\(width)×\(height)")
        judgement.expectWords()
    }

    @Test("A fail by the short side names that side in pixels")
    func shortSideMessage() throws {
        let atLeast = try Self.second("shortSide: {min: 1080P}").judge(.picture(1280, 720))
        atLeast.expect(
            .fail, zh: ["画面为 1280×720，要求短边不少于 1080 像素。"],
            en: ["1280×720; a short side of at least 1080 pixels is required"])
        #expect(atLeast.required == "≥ 1080P")
        let exact = try Self.second("shortSide: 720").judge(.picture(1920, 1080))
        exact.expect(.fail, "too-large", zh: ["要求短边 720 像素。请缩小"], en: ["a short side of 720 pixels is required"])
        #expect(exact.required == "720P")
        #expect(try Self.second("shortSide: {min: 720, max: 1080}").required == "720P–1080P")
    }

    @Test("`of: stored` judges the size before pixel shape and rotation, and names the displayed one")
    func stored() throws {
        let anamorphic = MediaFacts.sample(width: 720, height: 576, pixelShape: try .of("16:15"))
        let rule = try Self.second("sizes: [720x576], of: stored")
        rule.judge(anamorphic).expect(
            .pass, zh: ["存储的画面为 720×576（显示为 768×576）"], en: ["stored picture is 720×576 (768×576 as displayed)"])
        #expect(rule.judge(anamorphic).measured == "720×576")
        #expect(try Self.second("sizes: [720x576]").judge(anamorphic).outcome == .fail)
        let phone = MediaFacts.picture(1920, 1080, degrees: 90)
        #expect(try Self.second("sizes: [1920x1080], of: stored").judge(phone).outcome == .pass)
        #expect(try Self.second("sizes: [1920x1080], of: displayed").judge(phone).outcome == .fail)
    }

    @Test(
        "A rule has listed sizes, bounds or a short side, and bounds that something can meet",
        arguments: [
            SecondSchema.mistake("resolution", "sizes: [1920x1080], shortSide: 1080", "shortSide", "not both"),
            SecondSchema.mistake("resolution", "sizes: [1920x1080], max: 1920x1080", "max", "sizes or max, not both"),
            SecondSchema.mistake(
                "resolution", "min: 1280x720, shortSide: 1080", "shortSide", "min or shortSide, not both"),
            SecondSchema.mistake("resolution", "min: 1920x1080, max: 1280x720", "min", "min is above max"),
            SecondSchema.mistake("resolution", "min: 1280x720, max: 1080x1920", "min", "min is above max"),
            SecondSchema.mistake("resolution", "shortSide: 高清", "shortSide", "can mean 720P or 1080P"),
            SecondSchema.mistake("resolution", "shortSide: {}", "shortSide", "min or max is missing"),
            SecondSchema.mistake("resolution", "shortSide: {min: 1080, max: 720}", "shortSide.min", "min is above max"),
            SecondSchema.mistake("resolution", "shortSide: {most: 720, min: 480}", "shortSide.most", "unknown key"),
            SecondSchema.mistake("resolution", "shortSide: 1080, turned: pass", "turned", "remove turned"),
            SecondSchema.mistake("resolution", "min: 1080P", "min", "use shortSide instead"),
            SecondSchema.mistake("resolution", "sizes: [1920x1080], of: file", "of", "displayed or stored"),
        ])
    func secondSchemaMistakes(mistake: Mistake) { mistake.check() }

    @Test("A rule without any limit is reported with the keys of its schema")
    func noLimit() {
        Mistake("second", SecondSchema.text("resolution"), (34, "rules[6]", "sizes, min, max or shortSide is missing"))
            .check()
    }

    @Test("The JSON leaves out what `clipcheck.contest/1` does not have and the file does not use")
    func wire() throws {
        #expect(
            try SecondSchema.wire("resolution", "sizes: [1920 x 1080]")
                == #"{"min":null,"sizes":["1920x1080"],"turned":"fail"}"#)
        #expect(
            try SecondSchema.wire("resolution", "max: 1920x1080, of: stored")
                == #"{"max":"1920x1080","min":null,"of":"stored","sizes":null,"turned":"fail"}"#)
        #expect(
            try SecondSchema.wire("resolution", "shortSide: {min: 720P}")
                == #"{"min":null,"shortSide":{"max":null,"min":720},"sizes":null,"turned":"fail"}"#)
    }

    @Test("Listed stored sizes and bounds contradict no aspect ratio")
    func noContradiction() throws {
        for parameters in ["sizes: [720x576], of: stored", "max: 100x100", "shortSide: 100"] {
            let text = SecondSchema.text("resolution", parameters, level: "required")
            #expect(try ContestFile.load(text, file: "test.yaml").schema == .second)
        }
        #expect(problems(of: SecondSchema.text("resolution", "sizes: [720x576]", level: "required")).count == 1)
    }
}
