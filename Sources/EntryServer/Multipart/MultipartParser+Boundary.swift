extension MultipartParser {
    /// The boundary that the value of a `Content-Type` field declares for a `multipart/form-data` body: a token or a
    /// quoted string (RFC 2045 §5.1).
    ///
    /// - Throws: `notMultipart` for any other media type; `badBoundary` when the parameter is absent, unreadable, given
    ///   twice or not allowed by RFC 2046 §5.1.1.
    static func boundary(fromContentType value: String) throws(MultipartError) -> String {
        let header = HeaderValue(Array(value.utf8))
        guard header.kind == "multipart/form-data" else { throw .notMultipart }
        guard let bytes = header.parameters?["boundary"] else { throw .badBoundary }
        let boundary = String(decoding: bytes, as: UTF8.self)
        guard isValidBoundary(boundary) else { throw .badBoundary }
        return boundary
    }

    /// Whether RFC 2046 §5.1.1 allows the boundary: 1...70 `bchars`, of which the last is no space.
    static func isValidBoundary(_ boundary: String) -> Bool {
        1...70 ~= boundary.utf8.count && boundary.utf8.allSatisfy(\.isBoundaryCharacter) && boundary.utf8.last != .space
    }
}
