internal import MediaFacts

/// No other entry of the contest holds the same bytes. Where one does, a person decides whose work it is.
struct UniqueMediaRule: AdmissionRule {
    static let kind = "unique-media"

    init() {}
    init(_ parameters: ParameterReader) {}

    /// The ids of the other entries are the organiser's to see, so the judgement has their number only.
    func judge(_ submission: Submission, in contest: Contest) -> [Judgement] {
        guard submission.hasMedia else { return [.noMedia("再与其他作品比对", "it will be compared with other entries")] }
        guard !submission.twins.isEmpty else {
            let message = LocalizedText(zh: "没有其他作品提交过相同的文件。", en: "No other entry holds the same file.")
            return [Judgement(.pass, measured: "0", message: message)]
        }
        return [
            Judgement(
                .review, reason: "same-file", measured: "\(submission.twins.count)",
                message: LocalizedText(
                    zh: "另有作品提交了完全相同的文件。可能是重复提交，也可能不是原创，请人工确认。",
                    en: "Another entry holds the very same file: sent twice, or not original. A person decides."))
        ]
    }
}
