/// Limits the number of members in untrusted JSON before it is decoded.
enum JSONMembers {
    /// Whether all objects in `bytes` together have at most `most` members. Colons outside of strings are counted.
    static func areAtMost(_ most: Int, in bytes: some Sequence<UInt8>) -> Bool {
        var members = 0
        var (isText, isEscaped) = (false, false)
        for byte in bytes {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isText: isEscaped = true
            case UInt8(ascii: "\""): isText.toggle()
            case UInt8(ascii: ":") where !isText: members += 1
            default: break
            }
            if members > most { return false }
        }
        return true
    }
}
