/// Escapes text for an HTML page, between tags or in a quoted attribute.
///
/// Text from a file, its name, a manifest or a report is hostile until one of these functions has escaped it.
enum HTMLText {
    /// `text` with markup escaped. Control characters other than tab and LF, and characters that would turn the reading
    /// direction of the text around them, become U+FFFD.
    ///
    /// The loop goes by scalar, not by character: `<` and a combining mark are one `Character`, but still begin a tag.
    static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}":
                result.unicodeScalars.append("\u{fffd}")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A file's name or path, escaped. In it every control or format character becomes U+FFFD, line breaks and tabs
    /// included.
    static func path(_ path: String) -> String { escaped(TextReport.visible(path)) }
}
