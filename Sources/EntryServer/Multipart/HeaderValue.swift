internal import TextDecoding

/// A structured header value: `kind; name=value; name="value"` (RFC 2045 §5.1, RFC 2183 §2).
struct HeaderValue: Hashable, Sendable {
    /// What stands before the first semicolon, in lower case: a media or disposition type.
    let kind: String

    /// The parameters by name in lower case, their values without quotes but otherwise undecoded.
    ///
    /// Nil when the list cannot be read without guessing: a syntax error or a repeated name.
    let parameters: [String: [UInt8]]?

    /// Reads one header value without its line end.
    init(_ bytes: [UInt8]) {
        let end = bytes.firstIndex(of: .semicolon) ?? bytes.endIndex
        kind = bytes[..<end].trimmingBlanks.lowercasedText
        var reader = ParameterReader(rest: bytes[end...])
        parameters = reader.readAll()
    }
}

/// Reads `*( ";" name "=" ( token / quoted-string ) )`, blanks allowed around each element.
private struct ParameterReader {
    var rest: ArraySlice<UInt8>

    mutating func readAll() -> [String: [UInt8]]? {
        var parameters: [String: [UInt8]] = [:]
        while true {
            skipBlanks()
            if rest.isEmpty { return parameters }
            guard skip(.semicolon) else { return nil }
            skipBlanks()
            // Some senders end the list with a semicolon.
            if rest.isEmpty { return parameters }
            guard let (name, value) = readParameter(), parameters.updateValue(value, forKey: name) == nil else {
                return nil
            }
        }
    }

    private mutating func readParameter() -> (name: String, value: [UInt8])? {
        let name = readToken()
        skipBlanks()
        guard !name.isEmpty, skip(.equals) else { return nil }
        skipBlanks()
        if rest.first == .quote {
            return readQuotedText().map { (name.lowercasedText, $0) }
        }
        let value = readToken()
        return value.isEmpty ? nil : (name.lowercasedText, Array(value))
    }

    private mutating func readToken() -> ArraySlice<UInt8> {
        let token = rest.prefix(while: \.isTokenCharacter)
        rest = rest[token.endIndex...]
        return token
    }

    /// The text between quotes: read as UTF-8, else as GB 18030 where that fits, else as bytes; nil when the closing quote
    /// is missing.
    private mutating func readQuotedText() -> [UInt8]? {
        let start = rest
        let text = readQuotedString(inPairs: false)
        if let text, String(validating: text, as: UTF8.self) != nil { return text }
        let end = rest
        rest = start
        if let paired = readQuotedString(inPairs: true), GB18030.text(of: paired) != nil { return paired }
        rest = end
        return text
    }

    /// The text between quotes, or nil when the closing quote is missing.
    ///
    /// A backslash quotes only a quote or another backslash: browsers send `C:\clips\a.mp4` as it is.
    ///
    /// - Parameter inPairs: whether a backslash after the first byte of a GB 18030 character is its second byte.
    private mutating func readQuotedString(inPairs: Bool) -> [UInt8]? {
        var text: [UInt8] = []
        var index = rest.startIndex + 1
        while index < rest.endIndex {
            let next = index + 1 < rest.endIndex ? rest[index + 1] : nil
            if rest[index] == .quote {
                rest = rest[(index + 1)...]
                return text
            }
            if inPairs, GB18030.isLead(rest[index]), let next, next != .quote {
                text.append(rest[index])
                index += 1
            } else if rest[index] == .backslash, let next, next == .quote || next == .backslash {
                index += 1
            }
            text.append(rest[index])
            index += 1
        }
        return nil
    }

    private mutating func skipBlanks() {
        rest = rest.drop(while: \.isBlank)
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }
}
