/// A character set that a header field names. Source: RFC 8187 §3.2.1, RFC 2047 §2, the IANA registry of character sets.
public enum NamedCharset: Sendable, Hashable {
    case utf8
    /// GB 18030, and its parts GBK and GB 2312.
    case gb18030
    case latin1

    /// The character set called `name`, in any case; nil for a name that this type does not know.
    public init?(_ name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8", "us-ascii": self = .utf8
        case "gb18030", "gbk", "gb2312", "x-gbk", "cp936", "gb_2312-80", "euc-cn": self = .gb18030
        case "iso-8859-1": self = .latin1
        default: return nil
        }
    }

    /// Decodes `bytes` in this character set. Bytes that are not valid in it are read as a name without a stated
    /// character set.
    public func name(of bytes: [UInt8]) -> DecodedName {
        switch self {
        case .utf8: DecodedName(bytes)
        case .gb18030:
            GB18030.text(of: bytes).map { DecodedName(text: $0) } ?? DecodedName(bytes)
        case .latin1:
            DecodedName(text: String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })))
        }
    }
}
