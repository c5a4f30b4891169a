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
        "lists the codecs of video and sound",
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

    @Test("may speak of one of the two only")
    func oneList() {
        #expect(CodecRule(video: ["h264"]).judge(Self.facts("h264", "mp3")).outcome == .pass)
        #expect(CodecRule(audio: ["aac"]).judge(Self.facts("mpeg4", "aac")).outcome == .pass)
        CodecRule(audio: ["aac"]).judge(Self.facts("mpeg4", "mp3")).expect(
            .fail, "audio-codec", zh: ["aac"], en: ["aac"])
    }

    @Test("may leave other codecs to a person")
    func open() {
        CodecRule(video: ["h264"], others: .review).judge(Self.facts("av1", "aac")).expect(
            .review, "video-codec", zh: ["av1", "h264", "人工确认"], en: ["av1", "h264", "person"])
    }

    @Test("says the codecs, the list and what to do")
    func message() {
        rule.judge(Self.facts("mpeg4", "mp3")).expect(
            .fail, "video-codec", zh: ["mpeg4 + mp3", "h264/hevc + aac", "导出设置"],
            en: ["mpeg4 + mp3", "h264/hevc + aac", "export"])
    }

    @Test("does not pass without a picture")
    func missing() {
        rule.judge(.soundOnly).expect(.undetermined, "no-video")
    }

    @Test("that is only encouraged advises")
    func encouraged() {
        #expect(rule.finding(Self.facts("mpeg4", "aac"), .encouraged).outcome == .advisory)
    }
}
