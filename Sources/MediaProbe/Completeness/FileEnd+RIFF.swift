/// AVI. Source: OpenDML AVI 1.02 §4: a `RIFF` chunk `AVI `, then any number of `RIFF` chunks `AVIX`.
extension FileEnd {
    static func riff(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        var (offset, end): (UInt64, UInt64) = (0, 0)
        var budget = WalkBudget(100_000, stop)
        while let head = bytes.read(at: offset, count: 8), head[..<4].elementsEqual("RIFF".utf8) {
            guard budget.allowsStep() else { return .unknown }
            let size = head[4...].littleEndian
            guard size > 0 else { return .missing }  // written when recording begins, filled in when it ends
            end = offset + 8 + size
            guard end <= bytes.count else { return .missing }
            offset = end + size % 2
        }
        guard offset > 0 else { return .unknown }
        // The pad byte of an odd chunk may be absent at the very end.
        let rest = bytes.prefix(at: offset, count: 8)
        let isCutHeader = !rest.isEmpty && rest.count < 8 && "RIFF".utf8.starts(with: rest.prefix(4))
        return isCutHeader ? .missing : .end(at: min(offset, bytes.count), of: bytes)
    }
}
