/// Ogg. Source: RFC 3533 §6 (page).
extension FileEnd {
    /// The header of one page.
    private struct Page {
        let size: Int
        let serial: UInt64
        /// Whether the page is the last one of its logical stream.
        let isLast: Bool

        /// Reads the page header at `start`; nil when no whole header is there.
        init?(_ bytes: [UInt8], at start: Int) {
            guard start + 27 <= bytes.count, bytes[start..<(start + 5)].elementsEqual(Page.mark) else { return nil }
            let segments = Int(bytes[start + 26])
            guard start + 27 + segments <= bytes.count else { return nil }
            size = 27 + segments + bytes[(start + 27)..<(start + 27 + segments)].reduce(0) { $0 + Int($1) }
            serial = bytes[(start + 14)..<(start + 18)].littleEndian
            isLast = bytes[start + 5] & 4 != 0
        }

        /// Capture pattern and version.
        static let mark: [UInt8] = Array("OggS".utf8) + [0]
    }

    /// Requires that the last page is whole, and that the last page of each logical stream in the final 1 MiB is marked
    /// as the last.
    static func ogg(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        guard let (window, start) = bytes.window(endingWith: Page.mark, before: 1 << 20, stop) else { return .unknown }
        var isLast: [UInt64: Bool] = [:]
        var place = window.position(of: Page.mark, from: 0)
        var end = 0
        while let at = place {
            guard let page = Page(window, at: at), at + page.size <= window.count else { return .missing }
            isLast[page.serial] = page.isLast
            end = at + page.size
            place = window.position(of: Page.mark, from: end)
        }
        let rest = window[end...]
        if !rest.isEmpty, Page.mark.starts(with: rest) { return .missing }
        return .end(at: start + UInt64(end), of: bytes, isLast.values.allSatisfy { $0 } ? .reached : .unknown)
    }
}

extension FileBytes {
    /// Most bytes at the end of the file that are searched for the mark.
    private static let mostSearched: UInt64 = 64 << 20

    /// The bytes from `before` bytes before the last occurrence of `mark` to the end of the file, and their offset. Nil
    /// when the last 64 MiB of the file do not hold `mark`.
    func window(endingWith mark: [UInt8], before: UInt64, _ stop: StopFlag) -> (bytes: [UInt8], offset: UInt64)? {
        var searched: UInt64 = 1 << 18
        while stop.reason == .none {
            let (bytes, offset) = tail(Int(searched))
            if let place = bytes.lastPosition(of: mark) {
                let start = offset + UInt64(place) - min(before, offset + UInt64(place))
                return start >= offset ? (bytes, offset) : (prefix(at: start, count: Int(count - start)), start)
            }
            guard searched < min(count, Self.mostSearched) else { return nil }
            searched *= 4
        }
        return nil
    }
}
