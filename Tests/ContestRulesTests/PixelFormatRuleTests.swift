import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("pixel-format")
struct PixelFormatRuleTests {
    private static func facts(
        chroma: String? = "4:2:0", depth: Int? = 8, color: ColorDescription? = ColorDescription(range: .limited),
        shape: Ratio = .one
    ) -> MediaFacts {
        var facts = MediaFacts.sample(pixelShape: shape)
        facts.video?.signal = VideoSignal(chroma: chroma, bitDepth: depth, color: color)
        return facts
    }

    private static func rule(_ parameters: String) throws -> PixelFormatRule {
        try SecondSchema.measured(PixelFormatRule.self, parameters)
    }

    @Test(
        "The colour sampling is one of the listed ones",
        arguments: [
            ("[\"4:2:2\"]", "4:2:2", .pass), ("[\"4:2:0\", \"4:2:2\"]", "4:2:0", .pass),
            ("[\"4:2:2\"]", "4:2:0", .fail),
            ("[\"4:2:0\"]", "4:0:0", .fail), ("[\"4:2:2\"]", nil, .undetermined),
        ] as [(String, String?, Finding.Outcome)])
    func chroma(allowed: String, chroma: String?, outcome: Finding.Outcome) throws {
        let reason = outcome == .fail ? "chroma" : outcome == .undetermined ? "not-measured" : nil
        try Self.rule("chroma: \(allowed)").judge(Self.facts(chroma: chroma)).expect(
            outcome, reason, zh: ["色度采样"], en: ["chroma sampling"])
    }

    @Test(
        "The bit depth is one of the listed ones",
        arguments: [
            ("[8]", 8, .pass), ("[10, 12]", 10, .pass), ("[10bit]", 8, .fail), ("[8]", nil, .undetermined),
        ] as [(String, Int?, Finding.Outcome)])
    func depths(allowed: String, depth: Int?, outcome: Finding.Outcome) throws {
        let reason = outcome == .fail ? "bit-depth" : outcome == .undetermined ? "not-measured" : nil
        try Self.rule("bitDepth: \(allowed)").judge(Self.facts(depth: depth)).expect(outcome, reason, zh: ["位深"])
    }

    @Test(
        "The range is the one that is asked for, and unknown where the description was not read or states none",
        arguments: [
            ("limited", ColorDescription(range: .limited), .pass), ("limited", ColorDescription(range: .full), .fail),
            ("full", ColorDescription(range: .full), .pass), ("limited", ColorDescription(), .undetermined),
            ("limited", nil, .undetermined),
        ] as [(String, ColorDescription?, Finding.Outcome)])
    func ranges(wanted: String, color: ColorDescription?, outcome: Finding.Outcome) throws {
        let reason = outcome == .fail ? "range" : outcome == .undetermined ? "not-measured" : nil
        try Self.rule("range: \(wanted)").judge(Self.facts(color: color)).expect(outcome, reason, zh: ["亮度范围"])
    }

    @Test(
        "Pixels are square to within 0.5 %",
        arguments: [
            ("1:1", true), ("853:854", true), ("1280:1281", true), ("4:3", false), ("200:201", true),
            ("198:199", false),
        ])
    func shapes(shape: String, passes: Bool) throws {
        let judgement = try Self.rule("squarePixels: required").judge(Self.facts(shape: try .of(shape)))
        judgement.expect(passes ? .pass : .fail, passes ? nil : "pixel-shape", zh: ["像素宽高比"])
        #expect(judgement.measured == shape && judgement.required == "1:1")
    }

    @Test("Pixels of every picture that the film shows must be square")
    func changes() throws {
        var facts = Self.facts()
        let wide = try #require(
            PictureGeometry(
                codedWidth: 1440, codedHeight: 1080, sampleAspectRatio: try .of("4:3"), orientation: .upright))
        facts.video?.changes = [PictureChange(at: .seconds(9), picture: wide)]
        try Self.rule("squarePixels: required").judge(facts).expect(.fail, "pixel-shape", zh: ["4:3"], en: ["4:3"])
        try Self.rule("squarePixels: required").judge(.pictureUnknown).expect(.undetermined, "not-measured")
    }

    @Test("A fail names every aspect that is not met, and the advice")
    func message() throws {
        let rule = try Self.rule("chroma: [\"4:2:2\"], bitDepth: [10], range: limited")
        let judgement = rule.judge(Self.facts(color: ColorDescription(range: .full)))
        judgement.expect(
            .fail, "chroma",
            zh: ["色度采样为 4:2:0，要求 4:2:2；位深为 8 bit，要求 10 bit；亮度范围为全范围（0–255），要求有限范围（16–235）。"],
            en: [
                "The chroma sampling is 4:2:0; 4:2:2 is required", "full (0–255); limited (16–235) is required",
                "export",
            ])
        #expect(judgement.required == "4:2:2, 10 bit, limited")
        #expect(judgement.measured == "4:2:0, 8 bit, full")
    }

    @Test("Facts without a signal or without video are undetermined")
    func missing() throws {
        let rule = try Self.rule("bitDepth: [8]")
        rule.judge(.sample()).expect(.undetermined, "not-measured")
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
        #expect(rule.judge(.soundOnly).required == "8 bit")
    }

    @Test(
        "Mistakes in the parameters are reported",
        arguments: [
            SecondSchema.mistake("pixel-format", "", "", "squarePixels is missing"),
            SecondSchema.mistake("pixel-format", "chroma: [\"4:2:1\"]", "chroma[0]", "one of 4:0:0, 4:1:0"),
            SecondSchema.mistake("pixel-format", "chroma: \"4:2:0\"", "chroma", "list"),
            SecondSchema.mistake("pixel-format", "bitDepth: [99]", "bitDepth[0]", "bits from 1 to 64"),
            SecondSchema.mistake("pixel-format", "range: tv", "range", "one of limited, full"),
            SecondSchema.mistake("pixel-format", "squarePixels: true", "squarePixels", "one of required"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has the parameters that are written")
    func wire() throws {
        #expect(
            try SecondSchema.wire("pixel-format", "chroma: [\"4:2:0\"], bitDepth: [8, 10], squarePixels: required")
                == #"{"bitDepth":[8,10],"chroma":["4:2:0"],"squarePixels":"required"}"#)
    }
}
