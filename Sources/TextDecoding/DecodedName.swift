public import MediaFacts

/// The readable form of a file name, or of a path, whose bytes need not be UTF-8.
///
/// For one name, `text` and `encoding` determine the bytes. For a path they need not, because its parts may differ in
/// encoding.
public struct DecodedName: Sendable, Hashable {
    /// The character set that a name's bytes were read in.
    public enum Encoding: Int, Sendable, Hashable {
        case utf8
        case gb18030
        /// Neither: each byte that is not part of a UTF-8 character is written as `[D7]`, and `[` as `[5B]`.
        case unknown
    }

    /// The name for people.
    public let text: String
    /// The character set that `text` was read in.
    public let encoding: Encoding

    /// Reads the bytes of one name as UTF-8; if they are not valid, as GB 18030; if they are not plausible either, as
    /// `.unknown`.
    ///
    /// The reading as GB 18030 is plausible when the text encodes to the same bytes and has no control character or
    /// U+FFFD.
    public init(_ bytes: some Collection<UInt8>) {
        if let valid = String(validating: bytes, as: UTF8.self) {
            (text, encoding) = (valid, .utf8)
        } else if let read = GB18030.text(of: bytes), Self.isPlausible(read),
            GB18030.bytes(of: read)?.elementsEqual(bytes) ?? false
        {
            (text, encoding) = (read, .gb18030)
        } else {
            (text, encoding) = (Self.escaped(bytes), .unknown)
        }
    }

    /// Reads the bytes of a path, each part between slashes by itself, because different programs may have named the
    /// folders. `encoding` is the last in the order of the cases that any part needs.
    public init(path: some Collection<UInt8>) {
        if let valid = String(validating: path, as: UTF8.self) {
            (text, encoding) = (valid, .utf8)
            return
        }
        let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { DecodedName($0) }
        text = parts.map(\.text).joined(separator: "/")
        encoding = parts.map(\.encoding).max { $0.rawValue < $1.rawValue } ?? .utf8
    }

    /// Makes a name from text that is decoded already.
    public init(text: String) { (self.text, encoding) = (text, .utf8) }

    /// Makes a name from text that was decoded in the character set that its sender stated.
    init(text: String, encoding: Encoding) { (self.text, self.encoding) = (text, encoding) }

    /// A hint to the organiser about the character set; nil for UTF-8.
    public var note: LocalizedText? {
        switch encoding {
        case .utf8: nil
        case .gb18030:
            LocalizedText(
                zh: "文件名不是 UTF-8 编码，已按 GB18030 读取；请核对显示的文件名，并改名。",
                en: "The file name is not UTF-8; it was read as GB18030. Check the name shown and rename the file.")
        case .unknown:
            LocalizedText(
                zh: "文件名既不是 UTF-8 也不是 GB18030 编码；无法识别的字节写作 [D7] 的形式。请改名。",
                en:
                    "The file name is neither UTF-8 nor GB18030; unreadable bytes are written like [D7]. Rename the file."
            )
        }
    }

    private static func isPlausible(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{FFFD}" }
    }

    private static func escaped(_ bytes: some Collection<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var rest = Array(bytes)[...]
        while let first = rest.first {
            let scalar = first == UInt8(ascii: "[") ? nil : leadingScalar(of: rest)
            if let scalar {
                text.append(scalar)
            } else {
                text.append(contentsOf: "[\(hexadecimal(first))]".unicodeScalars)
            }
            rest = rest.dropFirst(scalar.map { UTF8.width($0) } ?? 1)
        }
        return String(text)
    }

    /// The UTF-8 character that `bytes` begin with; nil when they begin with none.
    private static func leadingScalar(of bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
        return Unicode.UTF8.decode(encoded)
    }

    /// The two hexadecimal digits of a byte, upper case.
    static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}

extension Collection<UInt8> {
    /// The bytes of a path as ASCII text: unreserved characters and slashes as they are, every other byte as `%XX`.
    ///
    /// Source: RFC 3986 §2.1, §2.3.
    public var percentEncodedPath: String {
        map { byte in
            let isPlain =
                (byte < 0x80 && Unicode.Scalar(byte).properties.isAlphabetic)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~/".utf8.contains(byte)
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + DecodedName.hexadecimal(byte)
        }.joined()
    }
}
