/// Parses a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1) chunk by chunk, in constant memory and without I/O.
///
/// Data is passed to the handler as slices of the caller's chunks, uncopied. Between chunks the parser holds at most
/// one header block, and of a delimiter only the number of bytes that matched. Preamble and epilogue are skipped.
///
/// A line that only begins like a boundary line is data, as in Go and Werkzeug; the bytes after the boundary decide.
/// Before a space, tab, CR or LF the line is a boundary line, and a wrong line end throws. Before "--" it is the
/// closing boundary.
struct MultipartParser: Sendable {
    /// A step through the body. The order of events is `(began data* ended)* finished`.
    enum Event: Hashable, Sendable {
        case began(MultipartPart)
        /// The next bytes of the present part; never empty.
        case data(ArraySlice<UInt8>)
        case ended
        /// The closing boundary was read; only epilogue may follow.
        case finished
    }

    typealias Handler = (Event) throws -> Void

    private enum Phase {
        /// In a part's data or in the preamble; the last `matched` bytes may belong to a delimiter.
        case content
        /// After the whole delimiter.
        case delimiter
        /// After the delimiter and one "-".
        case dash
        /// In the blanks a transport may add to a boundary line (RFC 2046 §5.1.1 `transport-padding`).
        case padding
        /// After the CR of a boundary line.
        case lineEnd
        case headers
        case epilogue
        /// After an error of the parser or of the handler; parsing cannot continue.
        case abandoned
    }

    private let limits: Limits
    private let search: DelimiterSearch
    private var phase = Phase.content
    private var headers = MultipartHeaderBlock()
    private var partCount = 0
    private var isInsidePart = false

    /// Number of delimiter bytes matched so far. The rest of the delimiter may come with the next chunk.
    private var matched = Self.lineEndLength

    /// How many of the matched bytes are not data of the part if the delimiter does not follow. A delimiter may use the
    /// CRLF of the blank line before the data.
    private var borrowed = Self.lineEndLength

    /// Length of the CRLF that begins a delimiter. The CRLF counts as matched at the start of the body and after a
    /// header block.
    private static let lineEndLength = 2

    /// Bytes held from earlier chunks: at most `limits.headerBytes`, a delimiter (74) and a dash.
    var heldByteCount: Int { headers.byteCount + matched + (phase == .dash ? 1 : 0) }

    /// Starts to parse a body.
    ///
    /// - Parameter boundary: the boundary without its leading dashes.
    /// - Throws: `badBoundary` when RFC 2046 does not allow the boundary.
    init(boundary: String, limits: Limits = Limits()) throws(MultipartError) {
        guard Self.isValidBoundary(boundary) else { throw .badBoundary }
        search = DelimiterSearch(boundary: boundary)
        self.limits = limits
    }

    /// Whether the next bytes of the body are data of the present part and nothing else. The caller may then take them
    /// all, without a copy and without `consume`.
    func isOnlyData(_ chunk: some Collection<UInt8>) -> Bool {
        guard phase == .content, isInsidePart, matched == 0 else { return false }
        return chunk.withContiguousStorageIfAvailable { search.firstMatch(in: $0, from: 0).length == 0 } ?? false
    }

    /// Parses the next bytes of the body, of any length, and calls `handle` with each event that they complete.
    ///
    /// - Throws: `MultipartError`, and any error of `handle`. Every later call throws `truncated`.
    mutating func consume(_ chunk: [UInt8], into handle: Handler) throws {
        do {
            var position = 0
            while position < chunk.count {
                position += try read(chunk, from: position, handle)
            }
        } catch {
            phase = .abandoned
            throw error
        }
    }

    /// Notes that the body has ended.
    ///
    /// - Throws: `truncated` when the closing boundary is missing.
    mutating func finish() throws(MultipartError) {
        guard phase == .epilogue else {
            phase = .abandoned
            throw .truncated
        }
    }

    /// Parses from `position`, a valid index, in the present phase.
    ///
    /// - Returns: how many bytes were parsed. 0 is possible when the phase changed.
    private mutating func read(_ chunk: [UInt8], from position: Int, _ handle: Handler) throws -> Int {
        switch phase {
        case .content: return try readContent(chunk, from: position, handle)
        case .delimiter, .dash, .padding, .lineEnd: return try readBoundaryLine(chunk[position], handle)
        case .headers:
            let (count, part) = try headers.take(chunk[position...], limits: limits)
            if let part { try beginContent(of: part, handle) }
            return count
        case .epilogue: return chunk.count - position
        case .abandoned: throw MultipartError.truncated
        }
    }

    private mutating func readContent(_ chunk: [UInt8], from start: Int, _ handle: Handler) throws -> Int {
        var position = start
        if matched > 0 {
            let expected = search.delimiter[matched...]
            let count = zip(expected, chunk[position...]).prefix { $0 == $1 }.count
            matched += count
            position += count
            if matched < search.delimiter.count {
                // Without a mismatch, the chunk ends here. After a mismatch, the matched bytes hold no later beginning
                // of a delimiter, because CR is only the first of them.
                if position < chunk.count { try releaseMatched(handle) }
                return position - start
            }
        } else {
            let match = search.firstMatch(in: chunk, from: position)
            if isInsidePart, match.start > position { try handle(.data(chunk[position..<match.start])) }
            matched = match.length
            position = match.start + match.length
        }
        if matched == search.delimiter.count { phase = .delimiter }
        return position - start
    }

    /// Parses one byte after a delimiter.
    ///
    /// - Returns: 1, or 0 when the byte shows that the delimiter was data, so that the byte must be parsed again.
    private mutating func readBoundaryLine(_ byte: UInt8, _ handle: Handler) throws -> Int {
        switch (phase, byte) {
        case (.delimiter, .dash): phase = .dash
        case (.dash, .dash):
            try endPart(handle)
            phase = .epilogue
            try handle(.finished)
        case (.delimiter, .space), (.delimiter, .tab), (.padding, .space), (.padding, .tab): phase = .padding
        case (.delimiter, .carriageReturn), (.padding, .carriageReturn): phase = .lineEnd
        case (.lineEnd, .lineFeed):
            try endPart(handle)
            partCount += 1
            guard partCount <= limits.parts else { throw MultipartError.tooManyParts(limit: limits.parts) }
            phase = .headers
        case (.padding, _), (.lineEnd, _), (.delimiter, .lineFeed): throw MultipartError.badLineEnd
        default:
            let hadDash = phase == .dash
            phase = .content
            try releaseMatched(handle)
            if hadDash, isInsidePart { try handle(.data([.dash])) }
            return 0
        }
        return 1
    }

    private mutating func beginContent(of part: MultipartPart, _ handle: Handler) throws {
        headers = MultipartHeaderBlock()
        phase = .content
        isInsidePart = true
        // A part without data may omit the CRLF between the blank line and the next delimiter (RFC 2046 §5.1.1).
        matched = Self.lineEndLength
        borrowed = Self.lineEndLength
        try handle(.began(part))
    }

    private mutating func endPart(_ handle: Handler) throws {
        matched = 0
        borrowed = 0
        guard isInsidePart else { return }
        isInsidePart = false
        try handle(.ended)
    }

    /// Passes matched bytes that turned out to be data to the handler. They equal the delimiter's bytes, so a slice of
    /// the delimiter stands for them.
    private mutating func releaseMatched(_ handle: Handler) throws {
        let held = search.delimiter[borrowed..<matched]
        matched = 0
        borrowed = 0
        if isInsidePart, !held.isEmpty { try handle(.data(held)) }
    }
}
