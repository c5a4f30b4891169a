/// A check of untrusted JSON before it is decoded.
///
/// Foundation's decoder crashes the process on JSON that nests 513 levels deep (Swift 6.3), so the depth is checked
/// first.
public enum JSONDepth {
    /// Whether arrays and objects nest at most `most` levels deep. Brackets inside string literals do not count.
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
