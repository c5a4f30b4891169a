import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("has-audio")
struct HasAudioRuleTests {
    private let rule = HasAudioRule()

    @Test("`HasAudioRule` fails a stream without packets and passes one with a packet")
    func packets() {
        rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 3750, audioPackets: 0))).expect(
            .fail, zh: ["没有声音", "导出设置"], en: ["no sound", "export settings"])
        rule.judge(.sample(integrity: IntegrityFacts(videoPackets: 3750, audioPackets: 1))).expect(.pass)
        #expect(rule.judge(.sample()).measured == "aac")
    }

    @Test("A file without an audio stream fails")
    func noStream() {
        rule.judge(.sample(hasAudio: false)).expect(.fail, zh: ["没有声音"], en: ["no sound"])
        #expect(rule.judge(.sample(hasAudio: false)).measured == "0")
    }

    @Test("A file of sound alone passes")
    func soundOnly() {
        rule.judge(.soundOnly).expect(.pass)
    }

    @Test("Facts without packet counts are undetermined")
    func notWalked() {
        #expect(rule.measurements.contains(.packets))
        rule.judge(.headerOnly).expect(.undetermined, "not-measured")
    }

    @Test("An encouraged `HasAudioRule` gives an advisory instead of a fail")
    func encouraged() {
        #expect(rule.finding(.sample(hasAudio: false), .encouraged).outcome == .advisory)
    }
}
