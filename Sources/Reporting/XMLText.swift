/// Escapes text for XML 1.0. An XML reader gets back the text as it was, except that control characters and other
/// characters that XML forbids become U+FFFD.
enum XMLText {
    /// `text` escaped for a place between tags.
    static func content(_ text: String) -> String { escaped(text) { $0 == "\r" } }

    /// The attributes of a tag in order, each with a space before it.
    static func attributes(_ values: [(name: String, value: String)]) -> String {
        values.map { " \($0.name)=\"\(escaped($0.value) { ["\t", "\n", "\r"].contains($0) })\"" }.joined()
    }

    /// `text` escaped, with a numeric reference for each scalar that `byNumber` accepts. The loop goes by scalar, not
    /// by character: `<` and a combining mark are one `Character`, but still begin a tag.
    private static func escaped(_ text: String, byNumber: (Unicode.Scalar) -> Bool) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case _ where byNumber(scalar): result += "&#\(scalar.value);"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
            case _ where scalar.properties.generalCategory == .control: result += "\u{fffd}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
