import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("layout")
struct LayoutRuleTests {
    private static func facts(_ layout: ContainerLayout?, family: ContainerFamily = .mp4) -> MediaFacts {
        var facts = MediaFacts.sample(family: family)
        facts.container.layout = layout
        return facts
    }

    private static func rule(_ parameters: String) throws -> LayoutRule {
        try SecondSchema.measured(LayoutRule.self, parameters)
    }

    @Test(
        "Each part is judged by itself",
        arguments: [
            ("indexFirst: required", ContainerLayout(indexFirst: true), .pass, nil),
            ("indexFirst: required", ContainerLayout(indexFirst: false), .fail, "index-last"),
            ("indexFirst: required", ContainerLayout(editLists: true), .undetermined, "not-measured"),
            ("editLists: forbidden", ContainerLayout(editLists: false), .pass, nil),
            ("editLists: forbidden", ContainerLayout(editLists: true), .fail, "edit-lists"),
            ("editLists: forbidden", ContainerLayout(), .undetermined, "not-measured"),
            ("fragments: forbidden", ContainerLayout(fragments: false), .pass, nil),
            ("fragments: forbidden", ContainerLayout(fragments: true), .fail, "fragments"),
            ("fragments: forbidden", ContainerLayout(), .undetermined, "not-measured"),
            ("disabledTracks: forbidden", ContainerLayout(disabledTracks: false), .pass, nil),
            ("disabledTracks: forbidden", ContainerLayout(disabledTracks: true), .fail, "disabled-tracks"),
            ("disabledTracks: forbidden", ContainerLayout(), .undetermined, "not-measured"),
        ] as [(String, ContainerLayout, Finding.Outcome, String?)])
    func parts(parameters: String, layout: ContainerLayout, outcome: Finding.Outcome, reason: String?) throws {
        try Self.rule(parameters).judge(Self.facts(layout)).expect(outcome, reason)
    }

    @Test("A fail names every part that is wrong, and how to remux the file")
    func message() throws {
        let rule = try Self.rule("indexFirst: required, editLists: forbidden, fragments: forbidden")
        let judgement = rule.judge(Self.facts(ContainerLayout(indexFirst: false, editLists: true, fragments: false)))
        judgement.expect(
            .fail, "index-last",
            zh: ["索引（moov）位置为文件末尾，要求文件开头；编辑列表（edit list）为有，要求无。", "+faststart"],
            en: ["The place of the index (moov) is at the end; at the front is required", "-use_editlist 0"])
        #expect(judgement.required == "moov, mdat, no elst, no moof")
        #expect(judgement.measured == "mdat, moov, elst, no moof")
    }

    @Test("A fail for a disabled track says what to export")
    func disabledTracks() throws {
        try Self.rule("disabledTracks: forbidden").judge(Self.facts(ContainerLayout(disabledTracks: true))).expect(
            .fail, "disabled-tracks", zh: ["停用的轨道为有，要求无。", "只保留要播放的轨道"],
            en: ["The disabled track is present", "Export only the tracks"])
    }

    @Test(
        "A container of another kind, and facts of an early version, are undetermined",
        arguments: [.matroska, .mp4] as [ContainerFamily])
    func missing(family: ContainerFamily) throws {
        try Self.rule("indexFirst: required").judge(Self.facts(nil, family: family)).expect(
            .undetermined, "not-measured", zh: ["mp4、mov"], en: ["mp4 and mov"])
    }

    @Test(
        "Mistakes in the parameters are reported",
        arguments: [
            SecondSchema.mistake("layout", "", "", "disabledTracks is missing"),
            SecondSchema.mistake("layout", "indexFirst: true", "indexFirst", "one of required"),
            SecondSchema.mistake("layout", "editLists: required", "editLists", "one of forbidden"),
            SecondSchema.mistake("layout", "fragments: no", "fragments", "one of forbidden"),
            SecondSchema.mistake("layout", "disabledTracks: required", "disabledTracks", "one of forbidden"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("The JSON has the parameters that are written")
    func wire() throws {
        #expect(
            try SecondSchema.wire("layout", "indexFirst: required, fragments: forbidden")
                == #"{"fragments":"forbidden","indexFirst":"required"}"#)
        #expect(
            try SecondSchema.wire("layout", "disabledTracks: forbidden") == #"{"disabledTracks":"forbidden"}"#)
        #expect(try SecondSchema.wire("layout", "editLists: forbidden") == #"{"editLists":"forbidden"}"#)
    }
}
