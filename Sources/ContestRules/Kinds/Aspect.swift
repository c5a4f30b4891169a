internal import MediaFacts

/// One of several things that a rule asks of a file, compared with the fact.
struct Aspect {
    /// The thing for people, as it stands in a sentence: 采样率, sample rate.
    var name: LocalizedText
    /// A stable word for the cause of a failure.
    var reason: String
    /// What is required.
    var required: Term
    /// What was measured; nil when it is not known.
    var measured: Term?
    /// Whether the measured value meets the requirement; nil when it is not known.
    var isMet: Bool?

    /// A value: the text of reports for programs, and the words of messages.
    struct Term {
        /// Figures, units and stable names, which need no translation.
        var text: String
        /// The value in both languages.
        var words: LocalizedText

        /// A value that is written the same way in every language.
        init(_ text: String) { (self.text, words) = (text, LocalizedText(zh: text, en: text)) }

        /// A value with words of its own.
        init(_ text: String, zh: String, en: String) { (self.text, words) = (text, LocalizedText(zh: zh, en: en)) }
    }

    /// Makes an aspect that compares a fact; nil is not known.
    init<Fact>(
        _ name: LocalizedText, reason: String, required: Term, _ fact: Fact?, shown: (Fact) -> Term,
        isMet: (Fact) -> Bool?
    ) {
        self.name = name
        self.reason = reason
        self.required = required
        measured = fact.map(shown)
        self.isMet = fact.flatMap(isMet)
    }
}

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
