import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("color")
struct ColorRuleTests {
    private static func facts(_ color: ColorDescription?, pixelFormat: String = "yuv420p") -> MediaFacts {
        var facts = MediaFacts.sample()
        facts.video?.pixelFormat = pixelFormat
        facts.video?.signal = VideoSignal(color: color)
        return facts
    }

    /// A description of FFmpeg's names, separated by spaces; `-` is not stated.
    private static func color(_ text: String) -> ColorDescription {
        let names = text.split(separator: " ").map { $0 == "-" ? nil : String($0) }
        return ColorDescription(primaries: names[0], transfer: names[1], matrix: names[2])
    }

    private static func rule(_ parameters: String) throws -> ColorRule {
        try SecondSchema.measured(ColorRule.self, parameters)
    }

    @Test(
        "A description belongs to a space by its primaries and its matrix",
        arguments: [
            ("[bt709]", "bt709 bt709 bt709", .pass), ("[bt709]", "bt709 iec61966-2-1 gbr", .pass),
            ("[bt709]", "bt709 - -", .pass), ("[bt709]", "bt709 bt709 smpte170m", .fail),
            ("[bt709]", "bt2020 smpte2084 bt2020nc", .fail), ("[bt709]", "- - -", .undetermined),
            ("[bt709]", "- - bt709", .undetermined), ("[bt709]", "- - bt2020nc", .fail),
            ("[bt601]", "smpte170m smpte170m smpte170m", .pass), ("[bt601]", "bt470bg bt709 bt470bg", .pass),
            ("[bt601]", "bt709 bt709 bt709", .fail), ("[bt2020]", "bt2020 arib-std-b67 bt2020nc", .pass),
            ("[bt2020]", "bt2020 smpte2084 ictcp", .pass), ("[bt2020]", "bt2020 bt709 bt709", .fail),
            ("[p3]", "smpte432 bt709 bt709", .pass), ("[p3]", "smpte431 - -", .pass), ("[p3]", "bt709 - -", .fail),
            ("[bt709, p3]", "smpte432 bt709 smpte170m", .pass), ("[bt709, bt601]", "- - smpte170m", .undetermined),
            ("[xyz]", "smpte428 smpte428 -", .pass),
        ] as [(String, String, Finding.Outcome)])
    func spaces(allowed: String, color: String, outcome: Finding.Outcome) throws {
        let reason = outcome == .fail ? "color-space" : outcome == .undetermined ? "not-measured" : nil
        try Self.rule("spaces: \(allowed)").judge(Self.facts(Self.color(color))).expect(
            outcome, reason, zh: ["色彩空间"], en: ["colour space"])
    }

    @Test("Samples in XYZ are of that space, whatever the description states")
    func xyz() throws {
        let facts = Self.facts(ColorDescription(primaries: "bt709"), pixelFormat: "xyz12le")
        #expect(try Self.rule("spaces: [xyz]").judge(facts).outcome == .pass)
        #expect(try Self.rule("spaces: [bt709]").judge(facts).outcome == .fail)
    }

    @Test(
        "HDR is stated by the transfer curve; a file that was read and states none is in standard range",
        arguments: [
            ("forbidden", "bt2020 smpte2084 bt2020nc", .fail, "HDR (PQ)"),
            ("required", "- smpte2084 -", .pass, "HDR (PQ)"),
            ("forbidden", "bt2020 arib-std-b67 bt2020nc", .fail, "HDR (HLG)"),
            ("forbidden", "bt709 bt709 bt709", .pass, "SDR"),
            ("required", "bt2020 bt2020-10 bt2020nc", .fail, "SDR"), ("forbidden", "- - -", .pass, "SDR"),
            ("required", "- - -", .fail, "SDR"),
        ] as [(String, String, Finding.Outcome, String)])
    func dynamicRange(demand: String, color: String, outcome: Finding.Outcome, measured: String) throws {
        let judgement = try Self.rule("hdr: \(demand)").judge(Self.facts(Self.color(color)))
        judgement.expect(outcome, outcome == .fail ? "hdr" : nil, zh: ["动态范围"], en: ["dynamic range"])
        #expect(judgement.measured == measured)
    }

    @Test("A file whose colours were not read is undetermined, also where HDR is forbidden")
    func missing() throws {
        for parameters in ["hdr: forbidden", "hdr: required", "spaces: [bt709]"] {
            let rule = try Self.rule(parameters)
            rule.judge(Self.facts(nil)).expect(.undetermined, "not-measured", zh: ["没有写明"], en: ["does not state"])
            rule.judge(.sample()).expect(.undetermined, "not-measured")
            rule.judge(.soundOnly).expect(.undetermined, "no-video")
        }
    }

    @Test("A fail names what is stated, the limit and the advice")
    func message() throws {
        let judgement = try Self.rule("spaces: [bt709, bt601], hdr: forbidden").judge(
            Self.facts(Self.color("bt2020 smpte2084 bt2020nc")))
        judgement.expect(
            .fail, "color-space",
            zh: ["色彩空间为 bt2020/smpte2084/bt2020nc，要求 bt709/bt601；动态范围为 HDR (PQ)，要求 SDR。", "导出设置"],
            en: ["The colour space is bt2020/smpte2084/bt2020nc; bt709/bt601 is required", "SDR is required", "export"])
        #expect(judgement.required == "bt709/bt601, SDR")
        #expect(try Self.rule("spaces: [bt709]").judge(Self.facts(Self.color("bt709 bt709 bt709"))).measured == "bt709")
        #expect(try Self.rule("spaces: [bt709]").judge(Self.facts(Self.color("bt709 - -"))).measured == "bt709/?/?")
    }

    @Test(
        "Mistakes in the parameters are reported",
        arguments: [
            SecondSchema.mistake("color", "", "", "spaces or hdr is missing"),
            SecondSchema.mistake("color", "spaces: [rec709]", "spaces[0]", "one of bt601, bt709"),
            SecondSchema.mistake("color", "spaces: [bt709, bt709]", "spaces[1]", "listed twice"),
            SecondSchema.mistake("color", "hdr: no", "hdr", "one of forbidden, required"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has the parameters that are written")
    func wire() throws {
        #expect(try SecondSchema.wire("color", "spaces: [bt709, p3]") == #"{"spaces":["bt709","p3"]}"#)
        #expect(try SecondSchema.wire("color", "hdr: forbidden") == #"{"hdr":"forbidden"}"#)
    }
}
