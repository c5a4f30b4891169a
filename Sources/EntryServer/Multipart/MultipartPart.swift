internal import MediaFacts
internal import TextDecoding

/// The headers of one part (RFC 7578 §4.2 and §4.4). The client chose every value.
struct MultipartPart: Hashable, Sendable {
    /// Name of the form field; never empty.
    var name: String

    /// Name of the file as the client sent it; nil for a plain field, empty when a browser's file input was left empty.
    ///
    /// The name is valid Unicode, decoded as `DecodedName` does, but otherwise unchanged: it may hold `/`, `..`, quotes
    /// and line ends.
    var filename: String?

    /// A note to the client about the file name's character set; nil when that is UTF-8 or the header names it.
    var filenameNote: LocalizedText?

    /// The media type as the client sent it; nil when the part has no `Content-Type`, which means text/plain (RFC 7578
    /// §4.4).
    var contentType: String?

    init(name: String, filename: String? = nil, contentType: String? = nil) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
    }
}

extension MultipartPart {
    /// Reads the header fields of a part, each as `name: value`, unfolded and without its line end. Fields other than
    /// `Content-Disposition` and `Content-Type` are checked for their form only.
    ///
    /// - Throws: `malformedHeader`, `missingName`.
    init(fields: [[UInt8]]) throws(MultipartError) {
        var values: [String: [UInt8]] = [:]
        for field in fields {
            let (name, value) = try Self.split(field)
            // With a second `Content-` field of the same name, choosing one would be guessing.
            guard values.updateValue(value, forKey: name) == nil || !name.hasPrefix("content-") else {
                throw .malformedHeader
            }
        }
        guard let disposition = values["content-disposition"].map(HeaderValue.init) else { throw .missingName }
        guard disposition.kind == "form-data", let parameters = disposition.parameters else { throw .malformedHeader }
        guard let name = parameters["name"], !name.isEmpty else { throw .missingName }
        self.name = Self.formText(name)
        let sent = try parameters["filename*"].map(Self.extendedName) ?? parameters["filename"].map(Self.formName)
        (filename, filenameNote) = (sent?.text, sent?.note)
        contentType = values["content-type"].map { String(decoding: $0, as: UTF8.self) }
    }

    /// Splits one header field into its name in lower case and its value without blanks at the ends (RFC 5322 §2.2).
    ///
    /// - Throws: `malformedHeader` when the name is no token, or the field holds a NUL or a CR.
    private static func split(_ field: [UInt8]) throws(MultipartError) -> (name: String, value: [UInt8]) {
        guard let colon = field.firstIndex(of: .colon), colon > 0, field[..<colon].allSatisfy(\.isTokenCharacter),
            !field.contains(0), !field.contains(.carriageReturn)
        else { throw .malformedHeader }
        return (field[..<colon].lowercasedText, Array(field[(colon + 1)...].trimmingBlanks))
    }

    /// Decodes text as browsers write it: UTF-8 in which only `%22`, `%0D` and `%0A` stand for `"`, CR and LF.
    ///
    /// Source: WHATWG HTML, "multipart/form-data encoding algorithm". Browsers do not encode a percent sign itself, so
    /// every other sequence, such as the one in `100%25.mp4`, is literal.
    private static func formText(_ bytes: [UInt8]) -> String { String(decoding: formBytes(bytes), as: UTF8.self) }

    private static func formBytes(_ bytes: [UInt8]) -> [UInt8] {
        let escapable: Set<UInt8> = [.quote, .carriageReturn, .lineFeed]
        return bytes[...].percentDecoded { byte in byte.map(escapable.contains) ?? false } ?? bytes
    }

    /// Decodes the parameter `filename`. Browsers send UTF-8, old programs send GB 18030, mail programs send encoded
    /// words (RFC 2047).
    private static func formName(_ bytes: [UInt8]) -> DecodedName {
        let name = DecodedName(formBytes(bytes))
        return name.encoding == .utf8 ? EncodedWord.name(in: name.text) ?? name : name
    }

    /// Decodes an extended parameter, `charset'language'percent-encoded` (RFC 8187 §3.2).
    ///
    /// - Throws: `malformedHeader` for an unknown character set or a broken percent sequence.
    private static func extendedName(_ bytes: [UInt8]) throws(MultipartError) -> DecodedName {
        let pieces = bytes.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, let charset = NamedCharset(pieces[0].lowercasedText),
            let decoded = pieces[2].percentDecoded(where: { _ in true })
        else { throw .malformedHeader }
        return charset.name(of: decoded)
    }
}
