/// Escapes text for an HTML page, between tags or in a quoted attribute.
///
/// Text from a file, its name, a manifest or a report is hostile until one of these functions has escaped it.
enum HTMLText {
    /// `text` with markup escaped. Control characters other than tab and LF, and characters that would turn the reading
    /// direction of the text around them, become U+FFFD.
    static func escaped(_ text: String) -> String {
        ControlCharacters.replaced(in: text) { scalar, _ in
            switch scalar {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            case "\t", "\n": String(scalar)
            case "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}": "\u{fffd}"
            default: nil
            }
        }
    }

    /// A file's name or path, escaped. In it every control or format character becomes U+FFFD, line breaks and tabs
    /// included.
    static func path(_ path: String) -> String { escaped(TextReport.visible(path)) }
}
