import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("has-audio")
struct HasAudioRuleTests {
    private let rule = HasAudioRule()

    @Test("wants a stream with one packet at least")
    func packets() {
        rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 3750, audioPackets: 0))).expect(
            .fail, zh: ["没有声音", "导出设置"], en: ["no sound", "export settings"])
        rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 3750, audioPackets: 1))).expect(.pass)
        #expect(rule.judge(.sample()).measured == "aac")
    }

    @Test("fails for a silent film")
    func noStream() {
        rule.judge(.sample(hasAudio: false)).expect(.fail, zh: ["没有声音"], en: ["no sound"])
        #expect(rule.judge(.sample(hasAudio: false)).measured == "0")
    }

    @Test("needs no picture")
    func soundOnly() {
        rule.judge(.soundOnly).expect(.pass)
    }

    @Test("asks for the packets that it counts, and does not pass without them")
    func notWalked() {
        #expect(rule.measurements.contains(.packets))
        rule.judge(.headerOnly).expect(.undetermined, "not-measured")
    }

    @Test("that is only encouraged advises")
    func encouraged() {
        #expect(rule.finding(.sample(hasAudio: false), .encouraged).outcome == .advisory)
    }
}
