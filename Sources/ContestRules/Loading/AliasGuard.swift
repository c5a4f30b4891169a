/// Finds anchors and aliases before the YAML parser expands them: a few bytes of them can stand for gigabytes.
enum AliasGuard {
    /// The place of the first `&` or `*` where a node may begin; nil when there is none. In the middle of a word
    /// (`1920*1080`) they are letters.
    static func firstAlias(in text: String) -> (line: Int, column: Int)? {
        var (line, column) = (1, 0)
        var before: Unicode.Scalar = "\n"  // last scalar that is no blank
        var isAfterBlank = true
        var quote: Unicode.Scalar?
        var isComment = false
        for scalar in text.unicodeScalars {
            column += 1
            defer { isAfterBlank = scalar == " " || scalar == "\t" || scalar == "\n" }
            if scalar == "\n" {
                (line, column, isComment) = (line + 1, 0, false)
                if quote == nil { before = "\n" }
                continue
            }
            if isComment || scalar == " " || scalar == "\t" || scalar == "\r" { continue }
            if let open = quote {
                if scalar == open && before != "\\" { quote = nil }
                before = scalar
                continue
            }
            let beginsNode =
                before == "\n" || "[{,".unicodeScalars.contains(before)
                || (isAfterBlank && "-:?".unicodeScalars.contains(before))
            if beginsNode, scalar == "&" || scalar == "*" { return (line, column) }
            if beginsNode, scalar == "\"" || scalar == "'" { quote = scalar }
            if scalar == "#", isAfterBlank {
                isComment = true
                continue
            }
            before = scalar
        }
        return nil
    }
}
