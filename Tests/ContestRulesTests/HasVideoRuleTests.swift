import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("has-video")
struct HasVideoRuleTests {
    private let rule = HasVideoRule()

    @Test("wants a stream with one packet at least")
    func packets() {
        let judgement = rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 0, audioPackets: 7000)))
        judgement.expect(.fail, "no-video-packets", zh: ["没有任何画面"], en: ["not one picture"])
        #expect(judgement.measured == "0")
        rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 1))).expect(.pass)
        rule.judge(.sample()).expect(.pass)
    }

    @Test("fails for sound or a cover picture only")
    func noStream() {
        let judgement = rule.judge(.soundOnly)
        judgement.expect(.fail, zh: ["封面图片不算"], en: ["cover picture does not count"])
        #expect(judgement.measured == "0")
    }

    @Test("says that it judges one of several streams")
    func severalStreams() {
        var facts = MediaFacts.sample()
        facts.video?.streams = 2
        rule.judge(facts).expect(.pass, zh: ["2 个视频流"], en: ["2 video streams"])
        #expect(rule.judge(facts).measured == "2")
    }

    @Test("asks for the packets that it counts, and does not pass without them")
    func notWalked() {
        #expect(rule.measurements.contains(.packets))
        rule.judge(.headerOnly).expect(.undetermined, "not-measured")
    }

    @Test("that is only encouraged advises")
    func encouraged() {
        #expect(rule.finding(.soundOnly, .encouraged).outcome == .advisory)
    }
}
