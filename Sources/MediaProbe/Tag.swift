/// The text of a tag without control and format characters; nil when no visible text is left.
///
/// The sender writes tags, so the text is cut to `limit` code points: one visible letter may consist of any number of
/// them.
func cleanTag(_ raw: UnsafePointer<CChar>?, limit: Int) -> String? {
    raw.flatMap { cleanText(String(cString: $0), limit: limit) }
}

/// `text` without control and format characters, and without spaces at its ends, cut to `limit` code points; nil when no
/// visible text is left.
func cleanText(_ text: String, limit: Int) -> String? {
    let visible = text.unicodeScalars.filter {
        !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            && $0.properties.generalCategory != .format || $0 == " "
    }
    let text = String(String.UnicodeScalarView(visible.prefix(limit)))
    let first = text.firstIndex { $0 != " " } ?? text.endIndex
    let last = text.lastIndex { $0 != " " }.map(text.index(after:)) ?? first
    return first < last ? String(text[first..<last]) : nil
}
