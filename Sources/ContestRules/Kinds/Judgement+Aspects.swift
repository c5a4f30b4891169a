internal import MediaFacts

extension Judgement {
    /// The judgement of a rule with several aspects: fails if one is not met, else is undetermined if one is not known.
    ///
    /// - Parameters:
    ///   - advice: a sentence that says what to do about a failure.
    ///   - unknown: a sentence that says why a value may not be known.
    static func of(_ aspects: [Aspect], advice: LocalizedText, unknown: LocalizedText) -> Judgement {
        let required = aspects.map(\.required.text).joined(separator: ", ")
        let measured = aspects.compactMap(\.measured?.text).joined(separator: ", ")
        func judgement(_ outcome: Finding.Outcome, _ reason: String?, _ message: LocalizedText) -> Judgement {
            Judgement(
                outcome, reason: reason, required: required, measured: measured.isEmpty ? nil : measured,
                message: message)
        }
        let failed = aspects.filter { $0.isMet == false }
        if let first = failed.first {
            return judgement(.fail, first.reason, failed.map(\.contrast).sentence.followed(by: advice))
        }
        let open = aspects.filter { $0.isMet == nil }
        guard open.isEmpty else {
            let names = Wording.alternatives(open.map(\.name))
            let doubt = LocalizedText(
                zh: "无法确定\(Wording.spaced(names.zh))。", en: "The \(names.en) could not be established.")
            return judgement(.undetermined, "not-measured", doubt.followed(by: unknown))
        }
        let parts = aspects.map { aspect in
            LocalizedText(
                zh: "\(aspect.name.zh)为\(Wording.spaced(aspect.measured?.words.zh ?? ""))",
                en: "the \(aspect.name.en) is \(aspect.measured?.words.en ?? "")")
        }
        let list = LocalizedText(
            zh: parts.map(\.zh).joined(separator: "，"), en: parts.map(\.en).joined(separator: ", "))
        return judgement(
            .pass, nil, LocalizedText(zh: "\(list.zh)，符合要求。", en: "\(list.en), as required.").capitalized)
    }

    /// Undetermined: the file has no sound to compare.
    static func noSound(required: String? = nil) -> Judgement {
        Judgement(
            .undetermined, reason: Finding.noAudio, required: required,
            message: LocalizedText(zh: "文件中没有声音，无法检查此项。", en: "The file has no sound to check this on."))
    }
}

extension LocalizedText {
    /// The advice about a value that could not be measured.
    static let exportAgain = LocalizedText(zh: "请用常见软件重新导出后再提交。", en: "Export the video again.")
}

extension Aspect {
    /// The measured and the required value: 采样率为 44.1 kHz，要求 48 kHz.
    fileprivate var contrast: LocalizedText {
        let found = measured?.words ?? LocalizedText(zh: "–", en: "–")
        return LocalizedText(
            zh: "\(name.zh)为\(Wording.spaced(found.zh))，要求\(Wording.spaced(required.words.zh))",
            en: "the \(name.en) is \(found.en); \(required.words.en) is required")
    }
}

extension [LocalizedText] {
    /// The clauses as one sentence.
    fileprivate var sentence: LocalizedText {
        LocalizedText(zh: map(\.zh).joined(separator: "；") + "。", en: map(\.en).joined(separator: "; ") + ".")
            .capitalized
    }
}

extension LocalizedText {
    /// The text with a capital letter at the start of the English.
    fileprivate var capitalized: LocalizedText { LocalizedText(zh: zh, en: en.prefix(1).uppercased() + en.dropFirst()) }

    /// The sentence, and then `other`.
    fileprivate func followed(by other: LocalizedText) -> LocalizedText {
        LocalizedText(zh: zh + other.zh, en: en + " " + other.en)
    }
}
