internal import MediaFacts

/// The characters that a file's name may have, its extension aside.
enum FileNameCharacters: String, Sendable, Encodable, CaseIterable {
    /// Letters and digits of ASCII.
    case alphanumeric
    /// Letters and digits of ASCII, and the underscore.
    case word

    /// Whether `name`, without its extension, has no other character.
    func admits(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                    || (self == .word && scalar == "_")
            }
    }

    /// The characters for people.
    var words: LocalizedText {
        switch self {
        case .alphanumeric: LocalizedText(zh: "英文字母和数字", en: "letters A to Z and digits only")
        case .word: LocalizedText(zh: "英文字母、数字和下划线", en: "letters A to Z, digits and underscores only")
        }
    }
}
