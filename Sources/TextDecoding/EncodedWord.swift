internal import Foundation

/// A word of a header field that carries its character set: `=?GB18030?B?1/fGtw==?=`. Source: RFC 2047 §2.
///
/// RFC 2231 forbids encoded words in parameters, but mail programs and scripts write file names so.
public struct EncodedWord: Sendable, Hashable {
    let charset: NamedCharset
    let bytes: [UInt8]

    /// Reads a whole word; nil for another form, an unknown character set, or a broken encoding.
    init?(_ word: Substring) {
        guard word.hasPrefix("=?"), word.hasSuffix("?="), word.utf8.count > 4 else { return nil }
        let parts = word.dropFirst(2).dropLast(2).split(separator: "?", omittingEmptySubsequences: false)
        // RFC 2231 §5: a language may follow the character set after a star.
        guard parts.count == 3, let name = parts[0].split(separator: "*").first,
            let charset = NamedCharset(String(name))
        else { return nil }
        let decoded: [UInt8]?
        switch parts[1] {
        case "B", "b": decoded = Data(base64Encoded: String(parts[2])).map { Array($0) }
        case "Q", "q": decoded = Self.quoted(Array(parts[2].utf8))
        default: decoded = nil
        }
        guard let decoded else { return nil }
        (self.charset, bytes) = (charset, decoded)
    }

    /// The name in which each encoded word of `text` is replaced by its text; nil when `text` has none.
    ///
    /// White space between two words is dropped (RFC 2047 §6.2). The bytes of adjacent words of the same character set
    /// are joined before decoding, because some senders split one character between two words.
    public static func name(in text: String) -> DecodedName? {
        var pieces: [Piece] = []
        var rest = text[...]
        while let match = rest.firstMatch(of: /=\?[^?\s]{1,40}\?[BbQq]\?[^?\s]*\?=/) {
            pieces.append(.text(rest[..<match.range.lowerBound]))
            pieces.append(EncodedWord(match.output).map(Piece.word) ?? .text(match.output))
            rest = rest[match.range.upperBound...]
        }
        pieces.append(.text(rest))
        return joined(pieces)
    }

    private enum Piece {
        case text(Substring)
        case word(EncodedWord)
    }

    private static func joined(_ pieces: [Piece]) -> DecodedName? {
        var names: [DecodedName] = []
        var (open, blanks, hasWord) = (EncodedWord?.none, Substring(), false)
        func close() {
            if let word = open { names.append(word.charset.name(of: word.bytes)) }
            open = nil
        }
        for piece in pieces {
            switch piece {
            case .text(let text) where open != nil && text.allSatisfy(\.isWhitespace): blanks = text
            case .text(let text):
                close()
                names.append(DecodedName(text: String(text)))
            case .word(let word):
                hasWord = true
                if let before = open, before.charset == word.charset {
                    open = EncodedWord(charset: word.charset, bytes: before.bytes + word.bytes)
                } else {
                    close()
                    open = word
                }
                blanks = ""
            }
        }
        close()
        guard hasWord else { return nil }
        let encoding = names.map(\.encoding).max { $0.rawValue < $1.rawValue } ?? .utf8
        return DecodedName(text: names.map(\.text).joined() + blanks, encoding: encoding)
    }

    private init(charset: NamedCharset, bytes: [UInt8]) { (self.charset, self.bytes) = (charset, bytes) }

    /// The bytes of the encoding "Q"; nil when a `=` is not followed by two hexadecimal digits. Source: RFC 2047 §4.2.
    private static func quoted(_ text: [UInt8]) -> [UInt8]? {
        var decoded: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "=") else {
                decoded.append(byte == UInt8(ascii: "_") ? UInt8(ascii: " ") : byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return decoded
    }
}
