internal import MediaFacts

/// How one sort of value is written in a contest file: a text means one value, or the file is refused.
struct Notation<Value> {
    /// The expected spelling, in messages about any other text.
    var shape: LocalizedText
    /// Reads the spellings of `clipcheck.contest/1`; nil for every other text.
    var strict: (String) -> Value?
    /// Reads the spellings that notices use and that mean one thing only; nil for every other text. The argument is a
    /// text in ASCII signs and without spaces.
    var usual: (String) -> Value?
    /// What is said of a text that could mean several things, as it follows the text in a sentence; nil for every other
    /// text. The argument is the same as that of `usual`.
    var doubt: (String) -> LocalizedText?

    /// Makes a notation of values with units, whose signs may have any width and stand apart.
    init(
        shape: LocalizedText, strict: @escaping (String) -> Value?,
        usual: @escaping (String) -> Value?, doubt: @escaping (String) -> LocalizedText? = { _ in nil }
    ) {
        self.shape = shape
        self.strict = strict
        self.usual = { strict($0) ?? usual($0) }
        self.doubt = doubt
    }

    /// Makes a notation of names and other texts that are read as they are.
    init(shape: LocalizedText, exactly strict: @escaping (String) -> Value?) {
        self.shape = shape
        self.strict = strict
        usual = { _ in nil }
        doubt = { _ in nil }
    }

    /// A text that is no value of the notation.
    struct Refusal: Error {
        /// The cause and the expected spelling.
        var message: LocalizedText
    }

    /// Reads a value as files of `schema` write it.
    func value(_ text: String, in schema: Contest.Schema) throws(Refusal) -> Value {
        if let value = strict(text) { return value }
        let plain = Self.plain(text)
        let usual = plain.flatMap(usual)
        switch schema {
        case .first: throw Refusal(message: usual == nil ? unknown(text) : later(text))
        case .second:
            if let usual { return usual }
            throw Refusal(message: plain.flatMap(doubt).map { doubtful(text, $0) } ?? unknown(text))
        }
    }

    /// `text` in ASCII signs and without spaces; nil when a space separates two figures, as in `25 30`.
    private static func plain(_ text: String) -> String? {
        let folded = HalfWidth.trimmed(HalfWidth.folded(text))
        return folded.contains(/[0-9] +[0-9]/) ? nil : folded.replacing(" ", with: "")
    }

    private func unknown(_ text: String) -> LocalizedText {
        LocalizedText(zh: "无法识别“\(text)”，应为\(shape.zh)", en: "\"\(text)\" is not \(shape.en)")
    }

    private func doubtful(_ text: String, _ doubt: LocalizedText) -> LocalizedText {
        LocalizedText(zh: "“\(text)”\(doubt.zh)", en: "\"\(text)\" \(doubt.en)")
    }

    /// The refusal of a spelling that a later schema has.
    private func later(_ text: String) -> LocalizedText {
        let (message, newest) = (unknown(text), Contest.Schema.second.rawValue)
        return LocalizedText(
            zh: "\(message.zh)；schema: \(newest) 可以这样写", en: "\(message.en); schema: \(newest) accepts it")
    }
}
