/// Escapes text for XML 1.0. An XML reader gets back the text as it was, except that control characters and other
/// characters that XML forbids become U+FFFD.
enum XMLText {
    /// `text` escaped for a place between tags.
    static func content(_ text: String) -> String { escaped(text) { $0 == "\r" } }

    /// The attributes of a tag in order, each with a space before it.
    static func attributes(_ values: [(name: String, value: String)]) -> String {
        values.map { " \($0.name)=\"\(escaped($0.value) { ["\t", "\n", "\r"].contains($0) })\"" }.joined()
    }

    /// `text` escaped, with a numeric reference for each scalar that `byNumber` accepts.
    private static func escaped(_ text: String, byNumber: (Unicode.Scalar) -> Bool) -> String {
        ControlCharacters.replaced(in: text) { scalar, _ in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case _ where byNumber(scalar): "&#\(scalar.value);"
            case "\t", "\n", "\r": String(scalar)
            case "\u{fffe}", "\u{ffff}": "\u{fffd}"
            default: nil
            }
        }
    }
}
