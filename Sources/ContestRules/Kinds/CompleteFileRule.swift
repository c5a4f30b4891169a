internal import MediaFacts

/// Nothing that the file promises is missing: it was not cut and no packet is lost.
struct CompleteFileRule: MeasuredRule {
    static let kind = "complete-file"

    /// Problems that mean missing data, as opposed to a header that contradicts itself.
    private static let fatal: [IntegrityProblem.Code] = [
        .truncated, .noVideoPackets, .corruptPackets, .unreadableTail, .missingPackets,
    ]

    init() {}
    init(_ parameters: ParameterReader) {}

    var measurements: Set<Measurement> { [.header, .packets] }

    func judge(_ facts: MediaFacts) -> Judgement {
        let found = facts.integrity.problems.filter { Self.fatal.contains($0.code) }
        if let worst = found.first {
            let length = facts.duration.map(Wording.duration)
            return Judgement(
                .fail, reason: worst.code.rawValue, measured: found.map(\.code.rawValue).joined(separator: ", "),
                message: LocalizedText(
                    zh: "文件不完整：\(Self.words(worst).zh)" + (length.map { "，可播放的画面为 \($0.zh)" } ?? "")
                        + "。请重新导出或重新上传完整文件。",
                    en: "The file is not complete: \(Self.words(worst).en)"
                        + (length.map { "; the pictures that can be played last \($0.en)" } ?? "")
                        + ". Export it again or upload the whole file."))
        }
        guard facts.integrity.videoPackets != nil || facts.integrity.audioPackets != nil else {
            return .unknown("文件的完整性", "wholeness of the file")
        }
        return Judgement(.pass, message: LocalizedText(zh: "文件完整。", en: "The file is complete."))
    }

    private static func words(_ problem: IntegrityProblem) -> LocalizedText {
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
}
