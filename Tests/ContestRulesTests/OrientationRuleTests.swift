import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("orientation")
struct OrientationRuleTests {
    @Test(
        "A picture is square to within 0.5 %, else landscape or portrait",
        arguments: [
            (1920, 1080, "1:1", 0, .landscape), (1080, 1920, "1:1", 0, .portrait), (1920, 1080, "1:1", 90, .portrait),
            (1920, 1080, "1:1", 180, .landscape), (1080, 1920, "1:1", 270, .landscape), (1080, 1080, "1:1", 0, .square),
            (1085, 1080, "1:1", 0, .square), (1086, 1080, "1:1", 0, .landscape), (1075, 1080, "1:1", 0, .square),
            (1074, 1080, "1:1", 0, .portrait), (720, 576, "16:11", 0, .landscape), (540, 960, "16:9", 0, .square),
        ] as [(Int, Int, String, Double, OrientationRule.Orientation)])
    func orientations(
        width: Int, height: Int, pixels: String, degrees: Double, expected: OrientationRule.Orientation
    ) throws {
        let facts = MediaFacts.sample(
            width: width, height: height, pixelShape: try .of(pixels),
            orientation: PictureOrientation(clockwiseDegrees: degrees))
        for orientation in OrientationRule.Orientation.allCases {
            let judgement = OrientationRule(allowed: [orientation]).judge(facts)
            judgement.expect(
                orientation == expected ? .pass : .fail, orientation == expected ? nil : "turned",
                zh: [expected.words.zh], en: [expected.words.en])
            #expect(judgement.measured == expected.rawValue && judgement.required == orientation.rawValue)
        }
    }

    @Test("A fail names the orientation, the allowed ones and the advice")
    func message() {
        let judgement = OrientationRule(allowed: [.portrait, .square]).judge(.picture(1920, 1080))
        judgement.expect(
            .fail, "turned", zh: ["画面为横屏（1920×1080），要求竖屏或方形", "不要加黑边"],
            en: ["The picture is landscape (1920×1080); portrait or square is required", "without black bars"])
        #expect(judgement.required == "portrait / square")
    }

    @Test("Facts without the picture's size are undetermined")
    func missing() {
        let rule = OrientationRule(allowed: [.landscape])
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        rule.judge(.pictureUnknown).expect(.undetermined, "not-measured")
    }

    @Test("A film that turns on its way fails with the time of the turn")
    func change() throws {
        var facts = MediaFacts.picture(1920, 1080)
        let portrait = try #require(MediaFacts.picture(1080, 1920).video?.picture)
        facts.video?.changes = [PictureChange(at: .seconds(60), picture: portrait)]
        OrientationRule(allowed: [.landscape]).judge(facts).expect(.fail, "turned", zh: ["1:00–2:30"], en: ["portrait"])
        #expect(OrientationRule(allowed: [.landscape, .portrait]).judge(facts).outcome == .pass)
    }

    @Test(
        "A list that is missing, empty or of other words is reported",
        arguments: [
            SecondSchema.mistake(
                "orientation", "allowed: [landscape, wide]", "allowed[1]", "one of landscape, portrait"),
            SecondSchema.mistake("orientation", "allowed: []", "allowed", "at least one item"),
            SecondSchema.mistake("orientation", "allowed: portrait", "allowed", "list"),
            SecondSchema.mistake("orientation", "allowed: [portrait, portrait]", "allowed[1]", "listed twice"),
            SecondSchema.mistake("orientation", "allowed: [portrait], tolerance: 1%", "tolerance", "unknown key"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON lists the orientations")
    func wire() throws {
        #expect(
            try SecondSchema.wire("orientation", "allowed: [landscape, square]")
                == #"{"allowed":["landscape","square"]}"#)
    }
}
