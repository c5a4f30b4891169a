import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("complete-file")
struct CompleteFileRuleTests {
    private let rule = CompleteFileRule()

    private static func facts(_ problems: IntegrityProblem...) -> MediaFacts {
        .sample(
            duration: .milliseconds(61_500),
            integrity: IntegrityFacts(videoPackets: 1500, audioPackets: 3000, firstTimestamp: .zero, problems: problems)
        )
    }

    @Test(
        "fails for missing data, not for a contradictory header",
        arguments: [
            (.truncated, .fail), (.noVideoPackets, .fail), (.corruptPackets, .fail), (.unreadableTail, .fail),
            (.missingPackets, .fail), (.missingTimestamps, .pass), (.backwardTimestamps, .pass),
            (.timestampGaps, .pass),
            (.sizeContradiction, .pass), (.pixelShapeContradiction, .pass), (.brokenRotation, .pass),
            (.wrongLengthField, .pass),
        ] as [(IntegrityProblem.Code, Finding.Outcome)])
    func problems(code: IntegrityProblem.Code, outcome: Finding.Outcome) {
        let judgement = rule.judge(Self.facts(IntegrityProblem(code, count: 7)))
        judgement.expect(outcome, outcome == .fail ? code.rawValue : nil)
        #expect(judgement.measured == (outcome == .fail ? code.rawValue : nil))
    }

    @Test("has an answer for every problem that there is")
    func allCodes() {
        let table: Set<IntegrityProblem.Code> = [
            .truncated, .noVideoPackets, .corruptPackets, .unreadableTail, .missingPackets, .missingTimestamps,
            .backwardTimestamps, .timestampGaps, .sizeContradiction, .pixelShapeContradiction, .brokenRotation,
            .wrongLengthField,
        ]
        #expect(Set(IntegrityProblem.Code.known) == table, "a new code belongs into the table above")
    }

    @Test("passes a whole file")
    func whole() {
        rule.judge(Self.facts()).expect(.pass)
        rule.judge(Self.facts(IntegrityProblem(IntegrityProblem.Code(rawValue: "wet-film")))).expect(.pass)
    }

    @Test("names the worst problem, lists the others and says what can be played")
    func several() {
        let judgement = rule.judge(
            Self.facts(
                IntegrityProblem(.truncated, count: 12), IntegrityProblem(.corruptPackets, count: 3),
                IntegrityProblem(.timestampGaps, count: 1)))
        judgement.expect(
            .fail, "truncated", zh: ["截断", "1 分 1.500 秒", "重新上传"], en: ["cut off", "1 min 1.500 s", "upload"])
        #expect(judgement.measured == "truncated, corrupt-packets")
    }

    @Test("counts what is damaged or missing")
    func counts() {
        rule.judge(Self.facts(IntegrityProblem(.corruptPackets, count: 3))).expect(
            .fail, "corrupt-packets", zh: ["3 个数据包"], en: ["3 packets are damaged"])
        rule.judge(Self.facts(IntegrityProblem(.missingPackets, count: 42))).expect(
            .fail, "missing-packets", zh: ["42 帧"], en: ["42 pictures are missing"])
        rule.judge(Self.facts(IntegrityProblem(.corruptPackets))).expect(.fail, "corrupt-packets")
    }

    @Test("does not pass a file whose packets were not walked")
    func missing() {
        rule.judge(.headerOnly).expect(.undetermined, "not-measured")
        #expect(rule.measurements.contains(.packets))
    }

    @Test("does not pass a file without video whose packets were not walked")
    func missingWithoutVideo() {
        let facts = MediaFacts.sample(duration: nil, hasVideo: false, integrity: IntegrityFacts())
        #expect(rule.judge(facts).outcome == .undetermined)
    }

    @Test("judges a file of sound only")
    func soundOnly() {
        let whole = IntegrityFacts(audioPackets: 7000)
        let cut = IntegrityFacts(audioPackets: 7000, problems: [IntegrityProblem(.truncated)])
        rule.judge(.sample(duration: nil, hasVideo: false, integrity: whole)).expect(.pass)
        rule.judge(.sample(duration: nil, hasVideo: false, integrity: cut)).expect(.fail, "truncated")
    }

    @Test("that is only encouraged advises")
    func encouraged() {
        #expect(rule.finding(Self.facts(IntegrityProblem(.truncated)), .encouraged).outcome == .advisory)
    }
}
