internal import Foundation

/// The character set GB 18030, which contains GBK and GB 2312: Chinese Windows programs write names and tables in it.
public enum GB18030 {
    /// `kCFStringEncodingGB_18030_2000`; Foundation's `String.Encoding` has no name for it.
    private static let encoding = String.Encoding(rawValue: 0x8000_0632)

    /// The text that `bytes` stand for; nil when they are not GB 18030.
    ///
    /// The lone byte 0x80 is the euro sign, as in code page 936 of Windows.
    public static func text(of bytes: some Sequence<UInt8>) -> String? {
        String(data: Data(bytes), encoding: encoding)
    }

    /// The bytes of `text`; nil when GB 18030 has no bytes for one of its characters.
    public static func bytes(of text: String) -> [UInt8]? { text.data(using: encoding).map { Array($0) } }

    /// Whether `byte` begins a sequence of two or four bytes. The second byte of two may be a backslash.
    public static func isLead(_ byte: UInt8) -> Bool { (0x81...0xFE).contains(byte) }
}
