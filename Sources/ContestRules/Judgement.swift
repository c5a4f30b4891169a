public import MediaFacts

/// The answer of a rule kind for one file or submission, before the rule's level is applied.
public struct Judgement: Sendable, Hashable {
    /// The outcome; a rule of level `encouraged` turns `.fail` into `.advisory`.
    public var outcome: Finding.Outcome
    /// A stable word for the cause of the outcome; nil where the outcome alone tells the cause.
    public var reason: String?
    /// Name of the judged form field; nil for every other kind of rule.
    public var field: String?
    /// The limit, in figures and units that need no translation; nil for a rule without one.
    public var required: String?
    /// The measured value, in figures and units that need no translation; nil when nothing was measured.
    public var measured: String?
    /// The measured value, the limit and the advice, for people.
    public var message: LocalizedText
    /// Time ranges of the video that the outcome is about, at most `Passage.most`; empty for most rules.
    public var passages: [Passage]

    /// Makes a judgement.
    public init(
        _ outcome: Finding.Outcome, reason: String? = nil, field: String? = nil, required: String? = nil,
        measured: String? = nil, message: LocalizedText, passages: [Passage] = []
    ) {
        self.outcome = outcome
        self.reason = reason
        self.field = field
        self.required = required
        self.measured = measured
        self.message = message
        self.passages = Array(passages.prefix(Passage.most))
    }
}

extension Finding.Outcome {
    /// The rank among outcomes of which all count, the worst highest.
    var severity: Int {
        switch self {
        case .pass: 0
        case .advisory, .pending: 1
        case .review: 2
        case .undetermined: 3
        case .fail: 4
        }
    }
}

extension Judgement {
    /// Undetermined: the file has no video stream.
    static func noPicture(required: String? = nil) -> Judgement {
        Judgement(
            .undetermined, reason: Finding.noVideo, required: required,
            message: LocalizedText(zh: "文件中没有视频画面，无法检查此项。", en: "The file has no video picture to check this on."))
    }

    /// Pending: the video has not been uploaded yet. `zh` and `en` name the later step.
    static func noMedia(_ zh: String, _ en: String) -> Judgement {
        Judgement(
            .pending, reason: "no-media", message: LocalizedText(zh: "尚未收到视频，上传后\(zh)。", en: "No video yet: \(en)."))
    }

    /// Undetermined: the fact that the rule compares is nil. `zh` and `en` name the fact.
    static func unknown(_ zh: String, _ en: String, required: String? = nil) -> Judgement {
        Judgement(
            .undetermined, reason: "not-measured", required: required,
            message: LocalizedText(
                zh: "无法测得\(zh)，请用常见软件重新导出后再提交。", en: "The \(en) could not be measured. Export the video again."))
    }

    /// The judgement with `notes` added to its message, each a whole sentence.
    func noting(_ notes: [LocalizedText]) -> Judgement {
        var noted = self
        noted.message.zh += notes.map(\.zh).joined()
        noted.message.en += notes.map { " " + $0.en }.joined()
        return noted
    }

    /// This judgement with the message and the measured value of `first`, which passed, before its own.
    func joined(to first: Judgement) -> Judgement {
        var joined = self
        joined.measured = [first.measured, measured].compactMap(\.self).joined(separator: ", ")
        joined.message = LocalizedText(zh: first.message.zh + message.zh, en: first.message.en + " " + message.en)
        return joined
    }
}
