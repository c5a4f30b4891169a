extension FileBytes {
    /// The unsigned big-endian number of `width` bytes (1...8) at `offset`; nil unless the source holds all of them.
    func number(at offset: UInt64, width: Int) -> UInt64? {
        read(at: offset, count: width)?.bigEndian
    }

    /// `count` bytes that begin `distance` bytes into `range`; nil unless they end inside `range` and the source.
    func read(_ distance: UInt64, into range: Range<UInt64>, count: Int) -> [UInt8]? {
        let (offset, overflow) = range.lowerBound.addingReportingOverflow(distance)
        guard count >= 0, !overflow, offset <= range.upperBound, range.upperBound - offset >= UInt64(count) else {
            return nil
        }
        return read(at: offset, count: count)
    }
}

extension Collection<UInt8> {
    /// The bytes as a four-character code; a byte that is no printable ASCII character becomes `?`.
    var fourCharacterCode: String {
        String(decoding: map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }

    /// The first four bytes as a signed big-endian number.
    var signed32: Int32 { Int32(truncatingIfNeeded: prefix(4).bigEndian) }
}
