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
}
