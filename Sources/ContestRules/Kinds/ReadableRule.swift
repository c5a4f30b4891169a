internal import MediaFacts

/// The file can be read as media at all.
struct ReadableRule: MeasuredRule {
    static let kind = "readable"
    static let title = LocalizedText(zh: "可读取", en: "Readable")

    init() {}
    init(_ parameters: ParameterReader) {}

    func judge(_ facts: MediaFacts) -> Judgement {
        Judgement(
            .pass, measured: facts.container.family.rawValue,
            message: LocalizedText(zh: "文件可以读取。", en: "The file can be read."))
    }

    func judge(unread error: ProbeError) -> Judgement {
        Judgement(
            error.fault == .file ? .fail : .undetermined, reason: error.code.rawValue, measured: error.code.rawValue,
            message: error.message)
    }
}
