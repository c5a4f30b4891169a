/// Text as it may stand in a page, between tags or in a quoted attribute.
///
/// Whatever comes from a file, its name, a manifest or a report is hostile until it has passed through here.
enum HTMLText {
    /// `text` with markup escaped, and with U+FFFD for what would turn the reading direction of its surroundings or is
    /// no text at all.
    ///
    /// By scalar, not by character: `<` and a combining mark are one character, but still begin a tag.
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

    /// A file's name or path, in which a line break or an invisible sign has no business either.
    static func path(_ path: String) -> String { escaped(TextReport.visible(path)) }
}
