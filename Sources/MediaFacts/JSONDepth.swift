/// A check of untrusted JSON before it is decoded.
///
/// Foundation's decoder ends the process on text that nests 513 deep (Swift 6.3), so depth is counted first.
public enum JSONDepth {
    /// Whether brackets, outside of texts, nest at most `most` deep.
    public static func isAtMost(_ most: Int, in bytes: some Sequence<UInt8>) -> Bool {
        var depth = 0
        var (isText, isEscaped) = (false, false)
        for byte in bytes {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isText: isEscaped = true
            case UInt8(ascii: "\""): isText.toggle()
            case _ where isText: break
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            if depth > most { return false }
        }
        return true
    }
}
