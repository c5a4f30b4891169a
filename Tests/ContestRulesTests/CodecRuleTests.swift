import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("codec")
struct CodecRuleTests {
    private let rule = CodecRule(video: ["h264", "hevc"], audio: ["aac"])

    private static func facts(_ video: String, _ audio: String?) -> MediaFacts {
        var facts = MediaFacts.sample()
        facts.video?.codec = video
        facts.audio = audio.map { AudioFacts(codec: $0) }
        return facts
    }

    @Test(
        "`CodecRule` passes a file whose codecs are all listed",
        arguments: [
            ("h264", "aac", .pass, nil), ("hevc", "aac", .pass, nil), ("h264", nil, .pass, nil),
            ("mpeg4", "aac", .fail, "video-codec"), ("h264", "mp3", .fail, "audio-codec"),
            ("mpeg4", "mp3", .fail, "video-codec"), ("unknown", "aac", .fail, "video-codec"),
            ("h264", "unknown", .fail, "audio-codec"), ("H264", "aac", .fail, "video-codec"),
            ("mpeg4", nil, .fail, "video-codec"),
        ] as [(String, String?, Finding.Outcome, String?)])
    func lists(video: String, audio: String?, outcome: Finding.Outcome, reason: String?) {
        let judgement = rule.judge(Self.facts(video, audio))
        judgement.expect(outcome, reason, zh: [video], en: [video])
        #expect(judgement.measured == [video, audio].compactMap(\.self).joined(separator: " + "))
        #expect(judgement.required == "h264/hevc + aac")
    }

    @Test("A list for one stream allows any codec of the other")
    func oneList() {
        #expect(CodecRule(video: ["h264"]).judge(Self.facts("h264", "mp3")).outcome == .pass)
        #expect(CodecRule(audio: ["aac"]).judge(Self.facts("mpeg4", "aac")).outcome == .pass)
        CodecRule(audio: ["aac"]).judge(Self.facts("mpeg4", "mp3")).expect(
            .fail, "audio-codec", zh: ["aac"], en: ["aac"])
    }

    @Test("`others: review` reviews a codec that is not listed")
    func open() {
        CodecRule(video: ["h264"], others: .review).judge(Self.facts("av1", "aac")).expect(
            .review, "video-codec", zh: ["av1", "h264", "人工确认"], en: ["av1", "h264", "person"])
    }

    @Test("A fail names the codecs, the list and the advice")
    func message() {
        rule.judge(Self.facts("mpeg4", "mp3")).expect(
            .fail, "video-codec", zh: ["mpeg4 + mp3", "h264/hevc + aac", "导出设置"],
            en: ["mpeg4 + mp3", "h264/hevc + aac", "export"])
    }

    @Test("Facts without video are undetermined")
    func missing() {
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
    }

    @Test("An encouraged `CodecRule` gives an advisory instead of a fail")
    func encouraged() {
        #expect(rule.finding(Self.facts("mpeg4", "aac"), .encouraged).outcome == .advisory)
    }

    // MARK: Profiles and level

    private static func detailed(
        _ video: String, profile: String? = nil, level: String? = nil, audio: String = "aac", sound: String? = nil
    ) -> MediaFacts {
        var facts = facts(video, audio)
        facts.video?.profile = profile
        facts.video?.coding = level.map { VideoCoding(level: $0) }
        facts.audio?.format = sound.map { AudioFormat(profile: $0) }
        return facts
    }

    private static func rule(_ parameters: String) throws -> CodecRule {
        try SecondSchema.measured(CodecRule.self, parameters)
    }

    @Test(
        "A profile concerns the codecs that have it, of the picture and of the sound",
        arguments: [
            (detailed("h264", profile: "High"), .pass, nil),
            (detailed("h264", profile: "Main"), .fail, "video-profile"),
            (detailed("h264"), .undetermined, "not-measured"), (detailed("prores", profile: "HQ"), .pass, nil),
            (detailed("prores", profile: "4444"), .fail, "video-profile"), (detailed("vp8"), .pass, nil),
        ] as [(MediaFacts, Finding.Outcome, String?)])
    func profiles(facts: MediaFacts, outcome: Finding.Outcome, reason: String?) throws {
        try Self.rule("video: [h264, prores, vp8], profiles: [High, HQ]").judge(facts).expect(outcome, reason)
    }

    @Test(
        "A profile of sound is judged like one of the picture",
        arguments: [("LC", .pass, nil), ("HE-AAC", .fail, "audio-profile"), (nil, .undetermined, "not-measured")]
            as [(String?, Finding.Outcome, String?)])
    func soundProfiles(sound: String?, outcome: Finding.Outcome, reason: String?) throws {
        let rule = try Self.rule("audio: [aac, mp3], profiles: [LC]")
        rule.judge(Self.detailed("h264", sound: sound)).expect(outcome, reason)
        rule.judge(Self.detailed("h264", audio: "mp3")).expect(.pass)
        rule.judge(Self.facts("h264", nil)).expect(.pass)
    }

    @Test(
        "A profile that codecs of picture and sound share speaks of the listed codecs, and of the picture where both are",
        arguments: [
            ("video: [h264], profiles: [Main]", .pass), ("video: [h264], audio: [aac], profiles: [Main]", .pass),
            ("video: [h264], audio: [aac], profiles: [Main, LC]", .pass),
            ("video: [h264], audio: [aac], profiles: [Main, HE-AAC]", .fail), ("audio: [aac], profiles: [Main]", .fail),
        ] as [(String, Finding.Outcome)])
    func sharedProfiles(parameters: String, outcome: Finding.Outcome) throws {
        let facts = Self.detailed("h264", profile: "Main", sound: "LC")
        #expect(try Self.rule(parameters).judge(facts).outcome == outcome)
    }

    @Test(
        "The level is at most the limit, for codecs that have it",
        arguments: [
            ("4.1", "h264", "4.1", .pass), ("4.1", "h264", "4.0", .pass), ("4.1", "h264", "4.2", .fail),
            ("4", "h264", "4.0", .pass), ("4.0", "h264", "4.1", .fail), ("1b", "h264", "1.0", .pass),
            ("1b", "h264", "1.1", .fail), ("1.1", "h264", "1b", .pass), ("4.1", "hevc", "5.0", .fail),
            ("4.1", "hevc", "4.1", .pass), ("4.1", "h264", nil, .undetermined), ("4.1", "prores", nil, .pass),
            ("4.2", "hevc", "5.1", .pass), ("4.1", "h264", "9.9", .undetermined), ("L4.1", "h264", "4.1", .pass),
        ] as [(String, String, String?, Finding.Outcome)])
    func levels(limit: String, codec: String, level: String?, outcome: Finding.Outcome) throws {
        let reason = outcome == .fail ? "level" : outcome == .undetermined ? "not-measured" : nil
        try Self.rule("video: [h264, hevc, prores], maxLevel: \(limit)").judge(Self.detailed(codec, level: level))
            .expect(
                outcome, reason)
    }

    @Test("A fail names profile and level with their limits; another codec is named alone")
    func detailMessage() throws {
        let rule = try Self.rule("video: [h264], audio: [aac], profiles: [Main, High], maxLevel: 4.0")
        let judgement = rule.judge(Self.detailed("h264", profile: "High 10", level: "5.1"))
        judgement.expect(
            .fail, "video-profile", zh: ["视频编码档次为 High 10，要求 Main/High；编码级别为 5.1，要求不超过 4.0。"],
            en: ["The video profile is High 10; Main/High is required; the level is 5.1; at most 4.0 is required."])
        #expect(judgement.required == "h264 + aac, Main/High, ≤ 4.0")
        #expect(judgement.measured == "h264 + aac, High 10, 5.1")
        rule.judge(Self.detailed("mpeg4", level: "5.1")).expect(.fail, "video-codec", zh: ["mpeg4"], en: ["mpeg4"])
    }

    @Test(
        "A name that never occurs is reported with the name that is meant",
        arguments: [
            ("h265", "hevc"), ("H.265", "hevc"), ("x265", "hevc"), ("hvc1", "hevc"), ("x264", "h264"), ("avc", "h264"),
            ("h.264", "h264"), ("H264", "h264"), ("AVC1", "h264"), ("mpeg2", "mpeg2video"), ("MPEG-4", "mpeg4"),
            ("divx", "mpeg4"), ("prores422", "prores"), ("ProRes", "prores"), ("vp09", "vp9"), ("wmv", "wmv3"),
            ("h254", "h264"), ("dnxhr", "dnxhd"),
        ])
    func misnamedVideo(name: String, meant: String) {
        let mistake = SecondSchema.mistake("codec", "video: [\"\(name)\"]", "video[0]", "did you mean \"\(meant)\"?")
        mistake.check()
    }

    @Test(
        "A name of sound that never occurs is reported with the name that is meant",
        arguments: [
            ("AAC", "aac"), ("aac-lc", "aac"), ("mpeg4 AAC", "aac"), ("ac-3", "ac3"), ("pcm", "pcm_s16le"),
            ("wma", "wmav2"),
        ])
    func misnamedSound(name: String, meant: String) {
        let mistake = SecondSchema.mistake("codec", "audio: [\"\(name)\"]", "audio[0]", "did you mean \"\(meant)\"?")
        mistake.check()
    }

    @Test(
        "Codecs of the other stream, profiles of other codecs and levels that no codec has are reported",
        arguments: [
            SecondSchema.mistake("codec", "video: [aac]", "video[0]", "belongs under audio"),
            SecondSchema.mistake("codec", "audio: [mpeg4]", "audio[0]", "belongs under video"),
            SecondSchema.mistake("codec", "video: [nonsense]", "video[0]", "codec name of FFmpeg's"),
            SecondSchema.mistake("codec", "video: [h264], profiles: [high]", "profiles[0]", "did you mean \"High\"?"),
            SecondSchema.mistake(
                "codec", "video: [h264], profiles: [Professional]", "profiles[0]", "Constrained Baseline"),
            SecondSchema.mistake("codec", "video: [ffv1], profiles: [Main]", "profiles[0]", "have none"),
            SecondSchema.mistake("codec", "video: [h264], maxLevel: 9.9", "maxLevel", "\"9.9\" is not a level"),
            SecondSchema.mistake("codec", "video: [hevc], maxLevel: 1.3", "maxLevel", "has the level 1.3"),
            SecondSchema.mistake("codec", "video: [prores], maxLevel: 4.1", "maxLevel", "has the level 4.1"),
            SecondSchema.mistake("codec", "audio: [aac], maxLevel: 4.1", "maxLevel", "write video, too"),
            SecondSchema.mistake("codec", "profiles: [High]", "", "video or audio is missing"),
            SecondSchema.mistake("codec", "video: [h265], profiles: [Main], maxLevel: 4.1", "video[0]", "hevc"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("A file of `clipcheck.contest/1` keeps names that never occur")
    func firstSchema() throws {
        let text = SampleContest.text(
            rule: "  - {id: one-more, kind: codec, level: encouraged, clause: 原文, video: [h265], audio: [aac]}")
        #expect(try ContestFile.load(text, file: "test.yaml").rules.count == 7)
    }

    @Test("The JSON has profiles and level only where they are written")
    func wire() throws {
        #expect(
            try SecondSchema.wire("codec", "video: [h264]") == #"{"audio":null,"others":"fail","video":["h264"]}"#)
        #expect(
            try SecondSchema.wire("codec", "video: [h264], profiles: [High], maxLevel: 4")
                == #"{"audio":null,"maxLevel":"4.0","others":"fail","profiles":["High"],"video":["h264"]}"#)
    }
}
