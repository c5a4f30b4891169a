internal import MediaFacts

extension Judgement {
    /// Undetermined: the file has no sound to compare.
    static func noSound(required: String? = nil) -> Judgement {
        Judgement(
            .undetermined, reason: "no-audio", required: required,
            message: LocalizedText(zh: "文件中没有声音，无法检查此项。", en: "The file has no sound to check this on."))
    }
}

extension LocalizedText {
    /// The advice about a value that could not be measured.
    static let exportAgain = LocalizedText(zh: "请用常见软件重新导出后再提交。", en: "Export the video again.")
}
