/// The head of one EBML element: its id, and where its content begins and ends.
///
/// Source: RFC 8794 §4 (variable-size integers), §5 (id), §6 (size).
struct EBMLElement: Sendable, Hashable {
    /// Identifier with its length marker, such as 0x1A45DFA3.
    let id: UInt64
    /// Position of the first byte of the content.
    let body: UInt64
    /// Stated length of the content in bytes; nil when the size is unknown (all ones, RFC 8794 §6.2).
    let size: UInt64?

    /// Position behind the content; nil when the size is unknown or reaches beyond 2⁶⁴.
    var end: UInt64? {
        guard let size else { return nil }
        let (end, overflow) = body.addingReportingOverflow(size)
        return overflow ? nil : end
    }

    /// Reads the head at `offset`; nil when the head is cut short, the id is longer than 4 bytes or the size
    /// longer than 8.
    init?(at offset: UInt64, in source: FileBytes) {
        guard let (id, identifierLength) = Self.number(at: offset, in: source, longest: 4) else { return nil }
        let sizeAt = offset + UInt64(identifierLength)  // the bytes before it were read
        guard let (marked, length) = Self.number(at: sizeAt, in: source, longest: 8) else { return nil }
        let allOnes = (UInt64(1) << (7 * UInt64(length))) - 1
        let value = marked & allOnes
        self.id = id
        body = sizeAt + UInt64(length)
        size = value == allOnes ? nil : value
    }

    /// The positions of the content, cut at `limit`; nil when the size is unknown.
    func content(until limit: UInt64) -> Range<UInt64>? {
        guard let size, body <= limit else { return nil }
        return body..<body + min(size, limit - body)
    }

    /// The elements inside `range` in their order, up to the first one that is broken or of unknown size.
    ///
    /// - Parameter left: number of elements that may still be read; each element read lowers it by one.
    static func list(in range: Range<UInt64>, _ source: FileBytes, left: inout Int) -> [EBMLElement] {
        var found: [EBMLElement] = []
        var offset = range.lowerBound
        while left > 0, offset < range.upperBound, let element = EBMLElement(at: offset, in: source),
            let end = element.end, element.body <= range.upperBound
        {
            left -= 1
            found.append(element)
            offset = end
        }
        return found
    }

    /// The content as an unsigned number; nil when the content is longer than 8 bytes or cut short. An empty content is
    /// 0 (RFC 8794 §7.2).
    func unsigned(in source: FileBytes) -> UInt64? {
        guard let size, size <= 8 else { return nil }
        return source.read(at: body, count: Int(size))?.bigEndian
    }

    /// The content as a floating-point number; nil unless the content has 0, 4 or 8 bytes (RFC 8794 §7.3).
    func float(in source: FileBytes) -> Double? {
        guard let size, let bits = unsigned(in: source) else { return nil }
        switch size {
        case 0: return 0
        case 4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        case 8: return Double(bitPattern: bits)
        default: return nil
        }
    }

    /// The content as text up to the first zero byte; nil when the content is longer than `longest` bytes or cut short.
    func text(in source: FileBytes, longest: Int = 64) -> String? {
        guard let size, size <= UInt64(longest) else { return nil }
        return source.read(at: body, count: Int(size)).map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// A variable-size integer with its marker, and its length in bytes.
    private static func number(at offset: UInt64, in source: FileBytes, longest: Int) -> (UInt64, Int)? {
        guard let first = source.read(at: offset, count: 1)?.first else { return nil }
        let length = first.leadingZeroBitCount + 1
        guard length <= longest, let bytes = source.read(at: offset, count: length) else { return nil }
        return (bytes.bigEndian, length)
    }
}
