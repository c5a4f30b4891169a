/// Text of a tag without control characters, cut to `limit` code points, for one letter may have any number of them;
/// nil when nothing is left. A tag is the sender's text.
func cleanTag(_ raw: UnsafePointer<CChar>?, limit: Int) -> String? {
    guard let raw else { return nil }
    let visible = String(cString: raw).unicodeScalars.filter {
        !$0.properties.isWhitespace && $0.properties.generalCategory != .control
            && $0.properties.generalCategory != .format || $0 == " "
    }
    let text = String(String.UnicodeScalarView(visible.prefix(limit)))
    let first = text.firstIndex { $0 != " " } ?? text.endIndex
    let last = text.lastIndex { $0 != " " }.map(text.index(after:)) ?? first
    return first < last ? String(text[first..<last]) : nil
}
