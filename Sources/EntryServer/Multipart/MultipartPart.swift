internal import MediaFacts
internal import TextDecoding

/// What the headers of one part say (RFC 7578 §4.2 and §4.4); all of it chosen by the sender.
struct MultipartPart: Hashable, Sendable {
    /// The form field; never empty.
    var name: String

    /// The file's name as sent, or nil for a plain field; empty when a browser's file input was left empty.
    ///
    /// Valid Unicode (read as `DecodedName` has it), but otherwise untouched: it may hold `/`, `..`, quotes and line ends.
    var filename: String?

    /// A note to the sender about the file name's character set; nil when it is UTF-8 or the header names it.
    var filenameNote: LocalizedText?

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
        let sent = try parameters["filename*"].map(Self.extendedName) ?? parameters["filename"].map(Self.formName)
        (filename, filenameNote) = (sent?.text, sent?.note)
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
    private static func formText(_ bytes: [UInt8]) -> String { String(decoding: formBytes(bytes), as: UTF8.self) }

    private static func formBytes(_ bytes: [UInt8]) -> [UInt8] {
        let escapable: Set<UInt8> = [.quote, .carriageReturn, .lineFeed]
        return bytes[...].percentDecoded { byte in byte.map(escapable.contains) ?? false } ?? bytes
    }

    /// The name in `filename`: browsers' text in UTF-8, old programs' bytes in GB 18030, mail programs' encoded words.
    private static func formName(_ bytes: [UInt8]) -> DecodedName {
        let name = DecodedName(formBytes(bytes))
        return name.encoding == .utf8 ? EncodedWord.name(in: name.text) ?? name : name
    }

    /// The name in an extended parameter, `charset'language'percent-encoded` (RFC 8187 §3.2).
    ///
    /// Throws `malformedHeader` for an unknown charset or a broken percent sequence.
    private static func extendedName(_ bytes: [UInt8]) throws(MultipartError) -> DecodedName {
        let pieces = bytes.split(separator: UInt8(ascii: "'"), maxSplits: 2, omittingEmptySubsequences: false)
        guard pieces.count == 3, let charset = NamedCharset(pieces[0].lowercasedText),
            let decoded = pieces[2].percentDecoded(where: { _ in true })
        else { throw .malformedHeader }
        return charset.name(of: decoded)
    }
}
