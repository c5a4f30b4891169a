/// Text as XML 1.0 takes it. Every value comes back from a reader as it was written, but for the characters that XML
/// forbids and other control characters, which become U+FFFD.
enum XMLText {
    /// Text between tags.
    static func content(_ text: String) -> String { escaped(text) { $0 == "\r" } }

    /// A tag's attributes in order, each with a space before it.
    static func attributes(_ values: [(name: String, value: String)]) -> String {
        values.map { " \($0.name)=\"\(escaped($0.value) { ["\t", "\n", "\r"].contains($0) })\"" }.joined()
    }

    /// By scalar, not by character: `<` and a combining mark are one character, but still begin a tag.
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
