/// Reads a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1) chunk by chunk, in constant memory and without I/O.
///
/// Data is handed on as slices of the caller's chunks, uncopied; between chunks the parser holds one header block at most,
/// and of a delimiter only how much of it has matched. Preamble and epilogue are skipped.
///
/// A line that merely starts like a boundary line is data, as in Go and Werkzeug: what follows the boundary decides.
/// After a space, tab, CR or LF it is a boundary line, and a badly ended one throws; after "--" it is the closing one.
struct MultipartParser: Sendable {
    /// Caps that keep a hostile body from taking memory or time; beyond them the parser throws.
    struct Limits: Hashable, Sendable {
        /// Bytes of one part's headers, line ends and blank line included.
        var headerBytes = 16 * 1024
        /// Header lines of one part.
        var headersPerPart = 32
        /// Parts of the body.
        var parts = 256
    }

    /// What the body says, in order: `(began data* ended)* finished`.
    enum Event: Hashable, Sendable {
        case began(MultipartPart)
        /// The next bytes of the part; never empty.
        case data(ArraySlice<UInt8>)
        case ended
        /// The closing boundary; only epilogue may follow.
        case finished
    }

    typealias Handler = (Event) throws -> Void

    private enum Phase {
        /// In a part's data or the preamble, `matched` bytes into a possible delimiter.
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
        /// After a throw, ours or the handler's: there is nothing to go on from.
        case abandoned
    }

    private let limits: Limits
    private let search: DelimiterSearch
    private var phase = Phase.content
    private var headers = MultipartHeaderBlock()
    private var partCount = 0
    private var isInsidePart = false

    /// Delimiter bytes matched so far; the rest of the delimiter may come with the next chunk.
    private var matched = Self.lineEndLength

    /// How many of the matched bytes are not the part's own: a delimiter may use the CRLF before the data.
    private var borrowed = Self.lineEndLength

    /// Bytes of the CRLF that opens a delimiter; taken as seen at the body's start and after a header block.
    private static let lineEndLength = 2

    /// Bytes kept from earlier chunks: at most `limits.headerBytes` and a delimiter (74) with a dash.
    var heldByteCount: Int { headers.byteCount + matched + (phase == .dash ? 1 : 0) }

    /// Starts a body with this boundary, given without its dashes; throws `badBoundary` unless RFC 2046 allows it.
    init(boundary: String, limits: Limits = Limits()) throws(MultipartError) {
        guard Self.isValidBoundary(boundary) else { throw .badBoundary }
        search = DelimiterSearch(boundary: boundary)
        self.limits = limits
    }

    /// Reads the next bytes of the body, of any length, and hands on what they complete.
    ///
    /// Throws `MultipartError`, and whatever `handle` throws; after that the parser only throws `truncated`.
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

    /// States that the body has ended; throws `truncated` unless the closing boundary has been seen.
    mutating func finish() throws(MultipartError) {
        guard phase == .epilogue else {
            phase = .abandoned
            throw .truncated
        }
    }

    /// Reads on from `position`, a valid index, in the current phase and returns how many bytes it read.
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
                // Without a mismatch the chunk is at its end. With one, no later beginning hides in the matched
                // bytes, for CR is only the first of them.
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

    /// Reads one byte after a delimiter and returns 1, or 0 when it shows that the delimiter was data.
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
        // A part without data may leave out the CRLF between the blank line and the next delimiter (RFC 2046 §5.1.1).
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

    /// Hands on matched bytes that turned out to be data, from the delimiter itself: they are equal.
    private mutating func releaseMatched(_ handle: Handler) throws {
        let held = search.delimiter[borrowed..<matched]
        matched = 0
        borrowed = 0
        if isInsidePart, !held.isEmpty { try handle(.data(held)) }
    }
}
