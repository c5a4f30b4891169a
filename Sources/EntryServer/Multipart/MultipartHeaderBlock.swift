/// Collects the header lines of one part, up to the blank line, from chunks that may cut them anywhere.
struct MultipartHeaderBlock: Sendable {
    /// Bytes held; at most the limit given to `take`.
    private(set) var byteCount = 0

    /// The complete lines, unfolded and without CRLF.
    private var fields: [[UInt8]] = []

    /// Lines seen, continuation lines included.
    private var lineCount = 0

    /// The line under way.
    private var line: [UInt8] = []

    /// Takes bytes up to the end of one line at most and returns how many, with the part when that line was the blank one.
    ///
    /// Throws `headerTooLong`, `tooManyHeaders`, `badLineEnd`, and what `MultipartPart` throws.
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

    /// Files the line under way and returns whether it was the blank one.
    private mutating func endLine(_ limits: MultipartParser.Limits) throws(MultipartError) -> Bool {
        guard line.suffix(2) == [.carriageReturn, .lineFeed] else { throw .badLineEnd }
        line.removeLast(2)
        guard let first = line.first else { return true }
        lineCount += 1
        guard lineCount <= limits.headersPerPart else { throw .tooManyHeaders(limit: limits.headersPerPart) }
        if first.isBlank {
            // A folded field goes on (RFC 5322 §2.2.3); what it goes on from must exist.
            guard let last = fields.indices.last else { throw .malformedHeader }
            fields[last] += line
        } else {
            fields.append(line)
        }
        line.removeAll(keepingCapacity: true)
        return false
    }
}
