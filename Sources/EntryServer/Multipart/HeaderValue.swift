internal import TextDecoding

/// A structured header value: `kind; name=value; name="value"` (RFC 2045 §5.1, RFC 2183 §2).
struct HeaderValue: Hashable, Sendable {
    /// The text before the first semicolon, in lower case: a media type or a disposition type.
    let kind: String

    /// The parameters by name in lower case. Their values are without quotes, but otherwise undecoded.
    ///
    /// Nil when the list has a syntax error or a repeated name, so that reading it would mean guessing.
    let parameters: [String: [UInt8]]?

    /// Reads the value of one header field, given without its line end.
    init(_ bytes: [UInt8]) {
        let end = bytes.firstIndex(of: .semicolon) ?? bytes.endIndex
        kind = bytes[..<end].trimmingBlanks.lowercasedText
        var reader = ParameterReader(rest: bytes[end...])
        parameters = reader.readAll()
    }
}

/// Reads `*( ";" name "=" ( token / quoted-string ) )`, with blanks allowed around each element.
private struct ParameterReader {
    var rest: ArraySlice<UInt8>

    /// All parameters by name; nil for a syntax error or a repeated name.
    mutating func readAll() -> [String: [UInt8]]? {
        var parameters: [String: [UInt8]] = [:]
        while true {
            skipBlanks()
            if rest.isEmpty { return parameters }
            guard skip(.semicolon) else { return nil }
            skipBlanks()
            // Some clients end the list with a semicolon.
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

    /// Reads a quoted string; nil when the closing quote is missing.
    ///
    /// The bytes between the quotes count as UTF-8 when they are valid UTF-8, else as GB 18030 when they are valid GB
    /// 18030, else as unknown. The choice decides which bytes are backslashes.
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

    /// Reads a quoted string; nil when the closing quote is missing.
    ///
    /// A backslash escapes only a quote or another backslash, because browsers send `C:\clips\a.mp4` unescaped.
    ///
    /// - Parameter inPairs: true reads GB 18030, where a backslash may be the second byte of a character.
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
