/// MXF. Source: SMPTE ST 377-1 §7.1 (partition pack), §12 (random index pack), ST 336 (key, length, value).
extension FileEnd {
    private static let key: [UInt8] = [0x06, 0x0e, 0x2b, 0x34]

    /// Walks the items from the footer to the end of the file; every item must be whole. The header partition states
    /// where the footer is; if it does not, the walk begins at the random index pack.
    static func mxf(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        guard let header = keyLengthValue(at: 0, bytes), let pack = bytes.read(at: header.value, count: 32) else {
            return .unknown
        }
        var offset = pack[24..<32].bigEndian
        if offset == 0 {  // the header was not written again when the recording ended
            guard let index = randomIndex(bytes) else { return .unknown }
            offset = index
        }
        guard offset < bytes.count else { return .missing }
        var (budget, items) = (WalkBudget(100_000, stop), 0)
        while offset < bytes.count {
            guard budget.allowsStep() else { return .unknown }
            guard let item = keyLengthValue(at: offset, bytes), item.end <= bytes.count else {
                let rest = bytes.prefix(at: offset, count: 4)
                return items == 0 || key.starts(with: rest) ? .missing : .end(at: offset, of: bytes)
            }
            (offset, items) = (item.end, items + 1)
        }
        return .end(at: offset, of: bytes)
    }

    /// Offset of the random index pack, whose last four bytes give its length; nil when the file does not end with one.
    private static func randomIndex(_ bytes: FileBytes) -> UInt64? {
        guard bytes.count >= 4, let length = bytes.read(at: bytes.count - 4, count: 4)?.bigEndian,
            length >= 32, length < bytes.count, let item = keyLengthValue(at: bytes.count - length, bytes)
        else { return nil }
        return item.end == bytes.count ? bytes.count - length : nil
    }

    private static func keyLengthValue(at offset: UInt64, _ bytes: FileBytes) -> (value: UInt64, end: UInt64)? {
        guard let head = bytes.read(at: offset, count: 17), head.starts(with: key) else { return nil }
        let lengthBytes = head[16] & 0x80 == 0 ? 0 : Int(head[16] & 0x7f)
        guard lengthBytes <= 8, let length = bytes.read(at: offset + 17, count: lengthBytes) else { return nil }
        let size = lengthBytes == 0 ? UInt64(head[16]) : length.bigEndian
        let value = offset + 17 + UInt64(lengthBytes)
        let (end, overflow) = value.addingReportingOverflow(size)
        return overflow ? nil : (value, end)
    }
}
