internal import MediaFacts

/// Formats that are a row of packets: the last one must be whole.
extension PromisedEnd {
    /// The last four bytes give the length of the last tag. Source: FLV specification 10.1, annex E.3.
    static func flv(_ bytes: FileBytes) -> PromisedEnd {
        guard let back = bytes.read(at: UInt64(max(0, bytes.file.bytes - 4)), count: 4) else { return .unknown }
        let tagSize = back.bigEndian
        guard tagSize >= 11, tagSize + 4 <= UInt64(bytes.file.bytes) else { return .missing }
        guard let tag = bytes.read(at: UInt64(bytes.file.bytes) - 4 - tagSize, count: 4) else { return .missing }
        return [8, 9, 18].contains(tag[0] & 0x1f) && tag[1...].bigEndian + 11 == tagSize ? .reached : .missing
    }

    /// The last page must be whole; pages are at most 65 307 bytes. Source: RFC 3533 §6.
    static func ogg(_ bytes: FileBytes) -> PromisedEnd {
        let (tail, _) = bytes.tail(65_307)
        guard let start = lastIndex(of: Array("OggS".utf8), in: tail) else { return .unknown }
        guard start + 27 <= tail.count else { return .missing }
        let segments = Int(tail[start + 26])
        guard start + 27 + segments <= tail.count else { return .missing }
        let body = tail[(start + 27)..<(start + 27 + segments)].reduce(0) { $0 + Int($1) }
        return start + 27 + segments + body <= tail.count ? .reached : .missing
    }

    /// The file must be whole packets of 188 bytes, or 192 with a time code, or 204 with a checksum.
    /// Source: ISO/IEC 13818-1 §2.4.3.2.
    static func transportStream(_ bytes: FileBytes) -> PromisedEnd {
        for (size, sync) in [(188, 0), (192, 4), (204, 0)] {
            let marks = (0..<3).map { bytes.read(at: UInt64(size * $0 + sync), count: 1)?.first }
            guard marks.allSatisfy({ $0 == 0x47 }) else { continue }
            return bytes.file.bytes % Int64(size) == 0 ? .reached : .missing
        }
        return .unknown
    }

    /// From the last pack header on, every packet must be whole. Source: ISO/IEC 13818-1 §2.5.3, 11172-1 §2.4.3.
    static func programStream(_ bytes: FileBytes) -> PromisedEnd {
        let (tail, _) = bytes.tail(262_144)
        guard var at = lastIndex(of: [0, 0, 1, 0xba], in: tail) else { return .unknown }
        while at + 4 <= tail.count, tail[at] == 0, tail[at + 1] == 0, tail[at + 2] == 1 {
            switch tail[at + 3] {
            case 0xb9: return .reached  // program end code
            case 0xba:
                guard at + 14 <= tail.count else { return .missing }
                at += tail[at + 4] >> 6 == 1 ? 14 + Int(tail[at + 13] & 7) : 12
            case 0xbb...:
                guard at + 6 <= tail.count else { return .missing }
                at += 6 + Int(tail[at + 4]) << 8 + Int(tail[at + 5])
            default: return .unknown
            }
        }
        return at > tail.count ? .missing : .unknown
    }

    private static func lastIndex(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).last { start in
            bytes[start] == mark[0] && bytes[start..<(start + mark.count)].elementsEqual(mark)
        }
    }
}
