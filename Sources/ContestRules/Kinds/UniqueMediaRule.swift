internal import MediaFacts

/// No other entry of the contest held the same bytes before. Where one did, a person decides whose work it is; the entry
/// that was first keeps its pass and carries a hint.
struct UniqueMediaRule: AdmissionRule {
    static let kind = "unique-media"
    static let title = LocalizedText(zh: "重复报送", en: "Duplicate media")

    init() {}
    init(_ parameters: ParameterReader) {}

    /// The ids of the other entries are the organiser's to see, so the judgement has their number only.
    func judge(_ submission: Submission, in contest: Contest) -> [Judgement] {
        guard submission.hasMedia else { return [.noMedia("再与其他作品比对", "it will be compared with other entries")] }
        if submission.earlierHolders > 0 {
            return [
                Judgement(
                    .review, reason: SameMediaReason.sameFile.rawValue, measured: "\(submission.earlierHolders)",
                    message: LocalizedText(
                        zh: "更早已有作品提交了完全相同的文件。可能是重复提交，也可能不是原创，请人工确认。",
                        en: "An earlier entry holds the very same file: sent twice, or not original. A person decides.")
                )
            ]
        }
        if submission.laterHolders > 0 {
            return [
                Judgement(
                    .pass, reason: SameMediaReason.sentAgain.rawValue, measured: "\(submission.laterHolders)",
                    message: LocalizedText(
                        zh: "本作品最先提交该文件；之后另有作品提交了完全相同的文件，由人工确认那些作品。",
                        en:
                            "This entry was the first with its file; a later entry holds the very same one, which a person decides on."
                    ))
            ]
        }
        let message = LocalizedText(zh: "没有其他作品提交过相同的文件。", en: "No other entry holds the same file.")
        return [Judgement(.pass, measured: "0", message: message)]
    }
}

/// Reasons of findings that count entries with the same bytes. `Finding.measured` is that number.
public enum SameMediaReason: String, Sendable, CaseIterable {
    /// Earlier entries held the same bytes.
    case sameFile = "same-file"
    /// Later entries got the same bytes.
    case sentAgain = "sent-again"
}
