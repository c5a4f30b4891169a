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
}
