internal import MediaFacts

/// Fails when data that the file promises is missing: the file was cut, packets are lost, or the pictures lie in another
/// file. Undetermined when the file's structure promises no end.
struct CompleteFileRule: MeasuredRule {
    static let kind = "complete-file"
    static let title = LocalizedText(zh: "文件完整", en: "Complete file")
    static let problems = missingData + [.wrongLengthField, .trailingBytes]

    /// Problems that mean missing data, worst first.
    static let missingData: [IntegrityProblem.Code] = [
        .externalData, .truncated, .noVideoPackets, .corruptPackets, .unreadableTail, .missingPackets,
    ]

    init() {}
    init(_ parameters: ParameterReader) {}

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        let integrity = facts.integrity
        var found = Self.missingData.compactMap { integrity.problem($0) }
        if integrity.end == .missing, integrity.problem(.truncated) == nil { found.insert(.init(.truncated), at: 0) }
        if let worst = found.first {
            return Judgement(
                .fail, reason: worst.code.rawValue, measured: found.map(\.code.rawValue).joined(separator: ", "),
                message: worst.code == .externalData ? StreamObstacle.externalData.message : Self.message(worst, facts))
        }
        guard integrity.videoPackets != nil || integrity.audioPackets != nil else {
            return .unknown("文件的完整性", "wholeness of the file")
        }
        if let end = integrity.end, end != .reached { return Self.unknownEnd(facts.container.family) }
        return Judgement(.pass, message: LocalizedText(zh: "文件完整。", en: "The file is complete."))
            .noting(Self.notes(integrity))
    }

    /// The message about the worst problem, with the length that can be played where it differs from the declared length.
    private static func message(_ problem: IntegrityProblem, _ facts: MediaFacts) -> LocalizedText {
        let cause = cause(of: problem)
        let length = playableLength(facts)
        return LocalizedText(
            zh: "文件不完整：\(cause.zh)\(length.zh)。请重新导出或重新上传完整文件。",
            en: "The file is not complete: \(cause.en)\(length.en). Export it again or upload the whole file.")
    }

    /// `，可播放的画面为 1 分，文件头声明 2 分`; empty when nothing is known to be shorter than declared.
    private static func playableLength(_ facts: MediaFacts) -> LocalizedText {
        guard let length = facts.duration else { return LocalizedText(zh: "", en: "") }
        let playable = Wording.duration(length)
        guard let declared = facts.declaredDuration else {
            return LocalizedText(
                zh: "，可播放的画面为 \(playable.zh)", en: "; the pictures that can be played last \(playable.en)")
        }
        guard length.wholeMilliseconds < declared.wholeMilliseconds else { return LocalizedText(zh: "", en: "") }
        let whole = Wording.duration(declared)
        return LocalizedText(
            zh: "，可播放的画面为 \(playable.zh)，文件头声明 \(whole.zh)",
            en: "; \(playable.en) of pictures can be played, and the header declares \(whole.en)")
    }

    private static func cause(of problem: IntegrityProblem) -> LocalizedText {
        switch problem.code {
        case .truncated: LocalizedText(zh: "文件尾部被截断", en: "its end is cut off")
        case .noVideoPackets: LocalizedText(zh: "没有任何画面数据", en: "it holds not one picture")
        case .corruptPackets:
            LocalizedText(
                zh: "有 \(problem.count ?? 1) 个数据包损坏或丢失", en: "\(problem.count ?? 1) packets are damaged or lost")
        case .missingPackets:
            LocalizedText(zh: "缺少 \(problem.count ?? 1) 帧画面数据", en: "\(problem.count ?? 1) pictures are missing")
        default: LocalizedText(zh: "文件尾部无法读取", en: "its end cannot be read")
        }
    }

    /// Undetermined: the structure promises no end, so a cut file looks like a whole one.
    private static func unknownEnd(_ family: ContainerFamily) -> Judgement {
        let promisesNone: Set<ContainerFamily> = [.mpegES, .mpegPS, .mpegTS, .ogg]
        let cause =
            promisesNone.contains(family)
            ? LocalizedText(
                zh: "这种容器（\(family.rawValue)）不标明结尾", en: "this container (\(family.rawValue)) does not mark its end")
            : LocalizedText(
                zh: "录制没有正常结束，文件没有标明结尾", en: "the recording was never closed, so the file does not mark its end")
        return Judgement(
            .undetermined, reason: "end-unknown",
            message: LocalizedText(
                zh: "无法判断结尾是否齐全：\(cause.zh)。请播放到结尾确认，或重新导出为 mp4。",
                en: "Whether the end is there cannot be told: \(cause.en). Play it to the end, or export it as mp4."))
    }

    /// Sentences about contradictions that cost no data.
    private static func notes(_ integrity: IntegrityFacts) -> [LocalizedText] {
        var notes: [LocalizedText] = []
        if integrity.problem(.wrongLengthField) != nil {
            notes.append(
                LocalizedText(
                    zh: "容器的一个长度字段有误，画面和声音数据齐全。",
                    en: "A length field of the container is wrong; all data of picture and sound is there."))
        }
        if let trailing = integrity.problem(.trailingBytes) {
            let (zh, en) = (trailing.count.map { " \($0) " } ?? "若干", trailing.count.map { "\($0)" } ?? "Some")
            notes.append(
                LocalizedText(
                    zh: "文件末尾另有\(zh)字节，不影响播放。",
                    en:
                        "\(en) bytes follow the end of the container; they do not affect playing."
                ))
        }
        return notes
    }
}
