/// A sentence for people, in the two languages that every message of clipcheck has.
public struct LocalizedText: Sendable, Hashable, Codable {
    /// Simplified Chinese.
    public var zh: String
    /// English.
    public var en: String

    /// Makes a sentence from its two versions.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The version for `language`.
    public subscript(_ language: Language) -> String {
        switch language {
        case .chinese: zh
        case .english: en
        }
    }
}

/// A language that messages are written in.
public enum Language: String, Sendable, Hashable, Codable, CaseIterable {
    case chinese = "zh"
    case english = "en"
}
