internal import Foundation

/// A file's name apart from its extension.
struct FileNameStem {
    /// Longest name that is read, in bytes of UTF-8.
    static let longestName = 1024

    /// The name before the extension, in composed characters.
    let text: String
    /// The extension with its dot; empty where the name has none.
    let ending: String

    /// Splits a name; nil when it is longer than `longestName`.
    ///
    /// An extension has one to five letters and digits, at least one of them a letter: `.mp4`, but not `.8000`, which ends a
    /// telephone number.
    init?(_ filename: String) {
        guard filename.utf8.count <= Self.longestName else { return nil }
        let name = filename.precomposedStringWithCanonicalMapping
        guard let dot = name.lastIndex(where: { $0 == "." || $0 == "．" }) else {
            (text, ending) = (name, "")
            return
        }
        let letters = name[name.index(after: dot)...]
        let isExtension = letters.wholeMatch(of: /[A-Za-z0-9]{1,5}/) != nil && letters.contains(where: \.isLetter)
        (text, ending) = isExtension ? (String(name[..<dot]), String(name[dot...])) : (name, "")
    }
}
