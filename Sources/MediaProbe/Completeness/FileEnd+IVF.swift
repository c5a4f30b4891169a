/// IVF, the simplest container of VP8, VP9 and AV1: a header of 32 bytes, then frames behind headers of 12 bytes.
extension FileEnd {
    /// Walks from frame to frame; nil when the file is no IVF. The structure states no end, so the result is `.unknown`
    /// even when the last frame is whole.
    static func ivf(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd? {
        guard let header = bytes.read(at: 0, count: 32), header.starts(with: Array("DKIF".utf8)) else { return nil }
        var budget = WalkBudget(2_000_000, stop)
        var offset = header[6..<8].littleEndian
        while offset < bytes.count, budget.allowsStep() {
            guard let frame = bytes.read(at: offset, count: 12) else { return .end(at: offset, of: bytes, .unknown) }
            let end = offset + 12 + frame[..<4].littleEndian
            guard end <= bytes.count else { return .end(at: offset, of: bytes, .unknown) }
            offset = end
        }
        return .unknown
    }
}
