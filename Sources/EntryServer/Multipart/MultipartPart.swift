/// What the headers of one part say (RFC 7578 §4.2 and §4.4); all of it chosen by the sender.
struct MultipartPart: Hashable, Sendable {
    /// The form field; never empty.
    var name: String

    /// The file's name as sent, or nil for a plain field; empty when a browser's file input was left empty.
    ///
    /// Valid Unicode (wrong bytes became U+FFFD), but otherwise untouched: it may hold `/`, `..`, quotes and line ends.
    var filename: String?

    /// The media type as sent, or nil when the part has no `Content-Type` (then text/plain, RFC 7578 §4.4).
    var contentType: String?

    init(name: String, filename: String? = nil, contentType: String? = nil) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
    }
}

extension MultipartPart {
    /// Reads a part's header fields, each `name: value` without its line end and already unfolded.
    ///
    /// Throws `malformedHeader` and `missingName`. Other headers need only have the right form.
    init(fields: [[UInt8]]) throws(MultipartError) {
        var values: [String: [UInt8]] = [:]
        for field in fields {
            let (name, value) = try Self.split(field)
            // A second disposition or type would leave us to guess which one counts.
            guard values.updateValue(value, forKey: name) == nil || !name.hasPrefix("content-") else {
                throw .malformedHeader
            }
        }
        guard let disposition = values["content-disposition"].map(HeaderValue.init) else { throw .missingName }
        guard disposition.kind == "form-data", let parameters = disposition.parameters else { throw .malformedHeader }
        guard let name = parameters["name"], !name.isEmpty else { throw .missingName }
        self.name = Self.formText(name)
        filename = try parameters["filename*"].map(Self.extendedText) ?? parameters["filename"].map(Self.formText)
        contentType = values["content-type"].map { String(decoding: $0, as: UTF8.self) }
    }

    /// The name in lower case and the trimmed value of one header field (RFC 5322 §2.2).
    private static func split(_ field: [UInt8]) throws(MultipartError) -> (name: String, value: [UInt8]) {
        guard let colon = field.firstIndex(of: .colon), colon > 0, field[..<colon].allSatisfy(\.isTokenCharacter),
            !field.contains(0), !field.contains(.carriageReturn)
        else { throw .malformedHeader }
        return (field[..<colon].lowercasedText, Array(field[(colon + 1)...].trimmingBlanks))
    }

    /// Text as browsers write it: UTF-8 in which only `%22`, `%0D` and `%0A` stand for `"`, CR and LF.
    ///
    /// Source: WHATWG HTML, "multipart/form-data encoding algorithm". A percent sign itself is not encoded there, so
    /// every other sequence, such as the one in `100%25.mp4`, is meant literally.
    private static func formText(_ bytes: [UInt8]) -> String {
        let escapable: Set<UInt8> = [.quote, .carriageReturn, .lineFeed]
        let decoded = percentDecoded(bytes[...]) { byte in byte.map(escapable.contains) ?? false }
        return String(decoding: decoded ?? bytes, as: UTF8.self)
    }

    /// Text of an extended parameter, `UTF-8'language'percent-encoded` (RFC 5987 §3.2).
    ///
    /// Throws `malformedHeader` for another charset or a broken percent sequence.
    private static func extendedText(_ bytes: [UInt8]) throws(MultipartError) -> String {
        let pieces = bytes.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, pieces[0].lowercasedText == "utf-8",
            let decoded = percentDecoded(pieces[2], where: { _ in true })
        else { throw .malformedHeader }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// Replaces each `%XX` that `decodes` accepts by its byte, or returns nil where it accepts a broken one.
    ///
    /// `decodes` receives nil for a percent sign without two hexadecimal digits.
    private static func percentDecoded(_ bytes: ArraySlice<UInt8>, where decodes: (UInt8?) -> Bool) -> [UInt8]? {
        var decoded: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            guard byte == .percent else {
                decoded.append(byte)
                continue
            }
            let digits = rest.prefix(2).compactMap(\.hexadecimalValue)
            let value = digits.count == 2 ? digits[0] << 4 | digits[1] : nil
            guard decodes(value) else {
                decoded.append(byte)
                continue
            }
            guard let value else { return nil }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return decoded
    }
}
