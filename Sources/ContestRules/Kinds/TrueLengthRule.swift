internal import MediaFacts

/// Passes when the length in the header agrees with the packets. Leaves a file to a person when players will show
/// different lengths, or the picture begins late.
struct TrueLengthRule: MeasuredRule {
    static let kind = "true-length"
    static let title = LocalizedText(zh: "实际时长", en: "True length")
    static let problems: [IntegrityProblem.Code] = [
        .latePicture, .timelineRestarts, .timelineJumps, .missingTimestamps, .backwardTimestamps, .timestampGaps,
    ]
    /// Largest difference, included.
    var tolerance: Duration

    init(tolerance: Duration) { self.tolerance = tolerance }

    init(_ parameters: ParameterReader) {
        tolerance = parameters.value("tolerance", isRequired: true, .duration) ?? .zero
    }

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        guard facts.video != nil else { return .noPicture(required: required) }
        guard let length = facts.duration else {
            return .unknown("视频的实际时长", "true length of the video", required: required)
        }
        var judgement = compare(length, with: facts.declaredDuration)
        let doubts = doubts(facts, agrees: judgement.outcome == .pass)
        if judgement.outcome == .pass, let first = doubts.first {
            (judgement.outcome, judgement.reason) = (.review, first.reason)
        }
        return judgement.noting(doubts.map(\.sentence) + Self.notes(facts))
    }

    private var required: String { "≤ \(Wording.seconds(tolerance)) s" }

    /// Compares the true length with the header's; nil is a header that declares none.
    private func compare(_ length: Duration, with declared: Duration?) -> Judgement {
        guard let declared else {
            return Judgement(
                .pass, required: required, measured: "\(Wording.seconds(length)) s",
                message: LocalizedText(
                    zh: "文件头没有声明时长，以实际画面时长 \(Wording.duration(length).zh)为准。",
                    en: "The header declares no length; the pictures last \(Wording.duration(length).en)."))
        }
        let figures = [Wording.seconds(declared), Wording.seconds(length)]
        let measured = (figures[0] == figures[1] ? [figures[0]] : figures).map { "\($0) s" }.joined(separator: " / ")
        guard isFar(length, declared) else {
            return Judgement(
                .pass, required: required, measured: measured,
                message: LocalizedText(zh: "声明时长与实际时长一致。", en: "The declared and the true length agree."))
        }
        let (claimed, actual) = (Wording.duration(declared), Wording.duration(length))
        return Judgement(
            .review, reason: "length-contradiction", required: required, measured: measured,
            message: LocalizedText(
                zh: "文件头声明时长 \(claimed.zh)，实际画面为 \(actual.zh)。请播放到结尾查看，必要时重新导出。",
                en:
                    "The header declares \(claimed.en), but the pictures last \(actual.en). Play it to the end; export it "
                    + "again if it stops early."))
    }

    private func isFar(_ length: Duration, _ declared: Duration) -> Bool {
        (length < declared ? declared - length : length - declared) > tolerance
    }

    /// Causes for which a person must look, the reason first; `agrees` tells whether the header agrees with the packets.
    private func doubts(_ facts: MediaFacts, agrees: Bool) -> [(reason: String, sentence: LocalizedText)] {
        var doubts: [(reason: String, sentence: LocalizedText)] = []
        if let short = facts.durationWithoutJumps, let declared = facts.declaredDuration, agrees,
            isFar(short, declared)
        {
            doubts.append(
                (
                    "timeline-jump",
                    LocalizedText(
                        zh: "文件头的时长计入了跳跃，各播放器显示的时长可能不同。请播放查看，或重新导出。",
                        en:
                            "The header counts the jumps, so players may show different lengths. Play it, or export it again."
                    )
                ))
        }
        if let restarts = facts.integrity.problem(.timelineRestarts) {
            let (zh, en) = (restarts.count.map { " \($0) " } ?? "多", restarts.count.map { "\($0)" } ?? "several")
            doubts.append(
                (
                    restarts.code.rawValue,
                    LocalizedText(
                        zh: "视频由\(zh)段拼接而成，各段时间戳重新开始，各播放器显示的时长可能不同。请播放查看，或重新导出。",
                        en: "It is joined from \(en) parts whose timestamps start anew, so players may show different "
                            + "lengths. Play it, or export it again.")
                ))
        }
        if facts.integrity.problem(.latePicture) != nil {
            doubts.append(
                (
                    IntegrityProblem.Code.latePicture.rawValue,
                    LocalizedText(
                        zh: "画面比声音晚 1 秒以上才开始，可能是不重新编码剪切造成的。请播放开头查看，或重新导出。",
                        en: "The picture begins more than 1 s after the sound, perhaps because it was trimmed without "
                            + "encoding it anew. Play the beginning, or export it again.")
                ))
        }
        return doubts
    }

    /// Sentences about timestamps that do not change the outcome.
    private static func notes(_ facts: MediaFacts) -> [LocalizedText] {
        let integrity = facts.integrity
        let count = { (code: IntegrityProblem.Code) in integrity.problem(code).map { $0.count.map { "\($0)" } ?? "?" } }
        return [
            facts.durationWithoutJumps.map(Wording.withoutJumps)
                ?? integrity.problem(.timelineJumps).map { _ in
                    LocalizedText(zh: "时间戳中途有跳跃。", en: "The timestamps jump on the way.")
                },
            count(.missingTimestamps).map {
                LocalizedText(zh: "没有时间戳的画面数据包：\($0) 个。", en: "Video packets without a timestamp: \($0).")
            },
            count(.backwardTimestamps).map {
                LocalizedText(zh: "时间戳倒退：\($0) 处。", en: "Timestamps that go back: \($0).")
            },
            count(.timestampGaps).map {
                LocalizedText(zh: "画面之间有 1 秒以上的停顿：\($0) 处。", en: "Pauses of more than 1 s between pictures: \($0).")
            },
        ].compactMap(\.self)
    }
}

extension TrueLengthRule: Encodable {
    private enum CodingKeys: String, CodingKey { case toleranceMilliseconds }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(tolerance.wholeMilliseconds, forKey: .toleranceMilliseconds)
    }
}
