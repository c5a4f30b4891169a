import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("complete-file")
struct CompleteFileRuleTests {
    private let rule = CompleteFileRule()

    private static func facts(
        _ problems: IntegrityProblem..., end: FileEndFact? = .reached, family: ContainerFamily = .mp4,
        declared: Duration? = .seconds(150)
    ) -> MediaFacts {
        .sample(
            family: family, duration: .milliseconds(61_500), declared: declared,
            integrity: IntegrityFacts(
                videoPackets: 1500, audioPackets: 3000, firstTimestamp: .zero, end: end, problems: problems))
    }

    /// Codes that mean missing data.
    private static let fatal: Set<IntegrityProblem.Code> = [
        .truncated, .noVideoPackets, .externalData, .corruptPackets, .unreadableTail, .missingPackets,
    ]

    @Test(
        "`CompleteFileRule` fails for missing data and passes every other problem",
        arguments: IntegrityProblem.Code.known)
    func problems(code: IntegrityProblem.Code) {
        let isFatal = Self.fatal.contains(code)
        let judgement = rule.judge(Self.facts(IntegrityProblem(code, count: 7)))
        judgement.expect(isFatal ? .fail : .pass, isFatal ? code.rawValue : nil)
        #expect(judgement.measured == (isFatal ? code.rawValue : nil))
    }

    @Test("A file whose end is missing fails as cut off, with or without the problem `truncated`")
    func missingEnd() {
        for facts in [Self.facts(end: .missing), Self.facts(IntegrityProblem(.truncated), end: .missing)] {
            let judgement = rule.judge(facts)
            judgement.expect(.fail, "truncated", zh: ["截断"], en: ["cut off"])
            #expect(judgement.measured == "truncated")
        }
    }

    @Test(
        "A file that promises no end is undetermined, and the message names the cause",
        arguments: [
            (.webm, "录制没有正常结束", "never closed"), (.matroska, "录制没有正常结束", "never closed"),
            (.mpegES, "不标明结尾", "does not mark its end"), (.mpegTS, "不标明结尾", "does not mark its end"),
        ] as [(ContainerFamily, String, String)])
    func unknownEnd(family: ContainerFamily, zh: String, en: String) {
        rule.judge(Self.facts(end: .unknown, family: family)).expect(
            .undetermined, "end-unknown", zh: [zh, "导出为 mp4"], en: [en, "export it as mp4"])
    }

    @Test("A file with missing data fails also where its end is unknown")
    func unknownEndWithLoss() {
        rule.judge(Self.facts(IntegrityProblem(.corruptPackets, count: 2), end: .unknown)).expect(
            .fail, "corrupt-packets")
    }

    @Test("An end that nobody looked at passes, as in documents of earlier versions")
    func endNotLookedAt() { rule.judge(Self.facts(end: nil)).expect(.pass) }

    @Test("Trailing bytes and a wrong length field are noted in a pass")
    func harmless() {
        rule.judge(Self.facts(IntegrityProblem(.trailingBytes, count: 19))).expect(
            .pass, zh: ["文件完整。文件末尾另有 19 字节，不影响播放。"], en: ["19 bytes follow"])
        rule.judge(Self.facts(IntegrityProblem(.trailingBytes))).expect(.pass, zh: ["若干字节"], en: ["Some bytes"])
        rule.judge(Self.facts(IntegrityProblem(.wrongLengthField))).expect(.pass, zh: ["长度字段"], en: ["length field"])
    }

    @Test("A reference movie fails with the advice to export a self-contained movie")
    func referenceMovie() {
        rule.judge(Self.facts(IntegrityProblem(.truncated), IntegrityProblem(.externalData))).expect(
            .fail, "external-data", zh: ["引用影片", "导出为独立文件"], en: ["reference movie", "self-contained"])
    }

    @Test("A message names playable and declared length only where they differ")
    func lengths() {
        let cut = IntegrityProblem(.truncated)
        rule.judge(Self.facts(cut)).expect(
            .fail, "truncated", zh: ["可播放的画面为 1 分 1.500 秒，文件头声明 2 分 30 秒"],
            en: ["1 min 1.500 s of pictures can be played, and the header declares 2 min 30 s"])
        rule.judge(Self.facts(cut, declared: nil)).expect(.fail, "truncated", zh: ["可播放的画面为 1 分 1.500 秒"])
        for declared in [Duration.milliseconds(61_500), .seconds(60)] {
            #expect(!rule.judge(Self.facts(cut, declared: declared)).message.zh.contains("可播放"))
        }
    }

    @Test("A whole file passes, and a code of a later version does not matter")
    func whole() {
        rule.judge(Self.facts()).expect(.pass)
        rule.judge(Self.facts(IntegrityProblem(IntegrityProblem.Code(rawValue: "wet-film")))).expect(.pass)
    }

    @Test("The message is about the worst problem, and `measured` lists all")
    func several() {
        let judgement = rule.judge(
            Self.facts(
                IntegrityProblem(.truncated, count: 12), IntegrityProblem(.corruptPackets, count: 3),
                IntegrityProblem(.timestampGaps, count: 1)))
        judgement.expect(
            .fail, "truncated", zh: ["截断", "1 分 1.500 秒", "重新上传"], en: ["cut off", "1 min 1.500 s", "upload"])
        #expect(judgement.measured == "truncated, corrupt-packets")
    }

    @Test("The message counts damaged packets and missing pictures")
    func counts() {
        rule.judge(Self.facts(IntegrityProblem(.corruptPackets, count: 3))).expect(
            .fail, "corrupt-packets", zh: ["3 个数据包"], en: ["3 packets are damaged"])
        rule.judge(Self.facts(IntegrityProblem(.missingPackets, count: 42))).expect(
            .fail, "missing-packets", zh: ["42 帧"], en: ["42 pictures are missing"])
        rule.judge(Self.facts(IntegrityProblem(.corruptPackets))).expect(.fail, "corrupt-packets")
    }

    @Test("A file whose packets were not walked is undetermined")
    func missing() {
        rule.judge(.headerOnly).expect(.undetermined, "not-measured")
        #expect(rule.measurements.contains(.packets))
    }

    @Test("A file of sound whose packets were not walked is undetermined")
    func missingWithoutVideo() {
        let facts = MediaFacts.sample(duration: nil, hasVideo: false, integrity: IntegrityFacts())
        #expect(rule.judge(facts).outcome == .undetermined)
    }

    @Test("A file of sound alone is judged by its own problems")
    func soundOnly() {
        let whole = IntegrityFacts(audioPackets: 7000)
        let cut = IntegrityFacts(audioPackets: 7000, problems: [IntegrityProblem(.truncated)])
        rule.judge(.sample(duration: nil, hasVideo: false, integrity: whole)).expect(.pass)
        rule.judge(.sample(duration: nil, hasVideo: false, integrity: cut)).expect(.fail, "truncated")
    }

    @Test("An encouraged `CompleteFileRule` gives an advisory instead of a fail")
    func encouraged() {
        #expect(rule.finding(Self.facts(IntegrityProblem(.truncated)), .encouraged).outcome == .advisory)
    }
}
