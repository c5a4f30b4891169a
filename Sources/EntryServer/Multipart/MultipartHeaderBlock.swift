/// Collects the header lines of one part, up to the blank line, from chunks that may cut the lines anywhere.
struct MultipartHeaderBlock: Sendable {
    /// Bytes taken so far; at most `headerBytes` of the limits given to `take`.
    private(set) var byteCount = 0

    /// The complete header fields, unfolded and without CRLF.
    private var fields: [[UInt8]] = []

    /// Number of complete lines, continuation lines included.
    private var lineCount = 0

    /// The bytes so far of the line that is not complete yet.
    private var line: [UInt8] = []

    /// Takes bytes up to the end of one line at most.
    ///
    /// - Returns: how many bytes were taken; and the part when they completed the blank line, nil otherwise.
    /// - Throws: `headerTooLong`, `tooManyHeaders`, `badLineEnd`, and the errors of `MultipartPart.init(fields:)`.
    mutating func take(
        _ bytes: ArraySlice<UInt8>, limits: MultipartParser.Limits
    ) throws(MultipartError) -> (count: Int, part: MultipartPart?) {
        let room = limits.headerBytes - byteCount
        let lineEnd = bytes.prefix(room).firstIndex(of: .lineFeed)
        let taken = lineEnd.map { bytes[...$0] } ?? bytes
        guard taken.count <= room else { throw .headerTooLong(limit: limits.headerBytes) }
        line += taken
        byteCount += taken.count
        guard lineEnd != nil else { return (taken.count, nil) }
        return (taken.count, try endLine(limits) ? MultipartPart(fields: fields) : nil)
    }

    /// Ends the present line: adds it to the fields, or to the last field when it is folded.
    ///
    /// - Returns: true when the line is blank, which ends the header block.
    private mutating func endLine(_ limits: MultipartParser.Limits) throws(MultipartError) -> Bool {
        guard line.suffix(2) == [.carriageReturn, .lineFeed] else { throw .badLineEnd }
        line.removeLast(2)
        guard let first = line.first else { return true }
        lineCount += 1
        guard lineCount <= limits.headersPerPart else { throw .tooManyHeaders(limit: limits.headersPerPart) }
        if first.isBlank {
            // A line that begins with a blank continues the previous field (RFC 5322 §2.2.3), so there must be one.
            guard let last = fields.indices.last else { throw .malformedHeader }
            fields[last] += line
        } else {
            fields.append(line)
        }
        line.removeAll(keepingCapacity: true)
        return false
    }
}
