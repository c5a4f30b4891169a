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
