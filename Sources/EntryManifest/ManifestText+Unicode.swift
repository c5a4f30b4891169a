internal import Foundation
internal import TextDecoding

extension ManifestText {
    /// `text` in composed form (NFC), because macOS writes file names decomposed.
    static func composed(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The text of `bytes`; nil when they are in none of the encodings below.
    ///
    /// A byte order mark decides the encoding. Without one, valid UTF-8 is UTF-8, and all other bytes must be GB18030, which
    /// includes GBK and GB 2312.
    static func decoded(_ bytes: [UInt8]) -> String? {
        let text: String? =
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                String(validating: bytes.dropFirst(3), as: UTF8.self)
            } else if bytes.starts(with: [0xFF, 0xFE]) {
                utf16(bytes.dropFirst(2)) { UInt16($0) | UInt16($1) << 8 }
            } else if bytes.starts(with: [0xFE, 0xFF]) {
                utf16(bytes.dropFirst(2)) { UInt16($0) << 8 | UInt16($1) }
            } else {
                String(validating: bytes, as: UTF8.self) ?? GB18030.text(of: bytes)
            }
        // A NUL is a sign of a binary file or of UTF-16 without a byte order mark.
        return text.flatMap { $0.utf8.contains(0) ? nil : $0 }
    }

    private static func utf16(_ bytes: ArraySlice<UInt8>, _ unit: (UInt8, UInt8) -> UInt16) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        let units = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map { unit(bytes[$0], bytes[$0 + 1]) }
        return String(validating: units, as: UTF16.self)
    }
}
