import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("has-video")
struct HasVideoRuleTests {
    private let rule = HasVideoRule()

    @Test("`HasVideoRule` fails a stream without packets and passes one with a packet")
    func packets() {
        let judgement = rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 0, audioPackets: 7000)))
        judgement.expect(.fail, "no-video-packets", zh: ["没有任何画面"], en: ["not one picture"])
        #expect(judgement.measured == "0")
        rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 1))).expect(.pass)
        rule.judge(.sample()).expect(.pass)
    }

    @Test("A file of sound or with a cover picture alone fails")
    func noStream() {
        let judgement = rule.judge(.soundOnly)
        judgement.expect(.fail, zh: ["封面图片不算"], en: ["cover picture does not count"])
        #expect(judgement.measured == "0")
    }

    @Test("A file of data or subtitles alone fails, and the message says so")
    func onlyData() {
        let facts = MediaFacts.sample(duration: nil, hasVideo: false, hasAudio: false, integrity: IntegrityFacts())
        rule.judge(facts).expect(.fail, zh: ["只有数据或字幕"], en: ["only data or subtitles"])
    }

    @Test("The message of a file with several video streams names the one that is judged")
    func severalStreams() {
        var facts = MediaFacts.sample()
        facts.video?.streams = 2
        rule.judge(facts).expect(.pass, zh: ["2 个视频流", "默认", "最长"], en: ["2 video streams", "default", "longest"])
        #expect(rule.judge(facts).measured == "2")
    }

    @Test("Facts without packet counts are undetermined")
    func notWalked() {
        #expect(rule.measurements.contains(.packets))
        rule.judge(.headerOnly).expect(.undetermined, "not-measured")
    }

    @Test("An encouraged `HasVideoRule` gives an advisory instead of a fail")
    func encouraged() {
        #expect(rule.finding(.soundOnly, .encouraged).outcome == .advisory)
    }
}
