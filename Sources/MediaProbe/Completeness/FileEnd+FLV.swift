/// FLV. Source: FLV specification 10.1, annexes E.2 (header), E.3 (body), E.4.1 (tag).
extension FileEnd {
    /// The header of one tag.
    private struct Tag {
        /// Number of bytes of header and data.
        let size: UInt64

        /// Reads the header of a tag of sound, video or script data with stream ID 0; nil when the bytes are not such a
        /// header.
        init?(_ head: [UInt8]) {
            guard head.count >= 11, [8, 9, 18].contains(head[0] & 0x1f), head[0] & 0xc0 == 0,
                head[8..<11].allSatisfy({ $0 == 0 })
            else { return nil }
            size = head[1..<4].bigEndian + 11
        }
    }

    static func flv(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        let walked = endsWithBackPointer(bytes) ? .end(at: bytes.count, of: bytes) : walkTags(bytes, stop)
        // Two kinds of file declare a size larger than their own: the first part of a longer file, and a file whose
        // writer copied the description of a longer one. The structure does not show which kind it is, so the end is
        // unknown.
        guard walked.state == .reached, let declared = declaredSize(bytes), declared > Double(bytes.count) + 4 else {
            return walked
        }
        return .end(at: bytes.count - UInt64(clamping: walked.trailingBytes), of: bytes, .unknown)
    }

    /// Whether the last four bytes give the length of a whole tag that ends in front of them.
    private static func endsWithBackPointer(_ bytes: FileBytes) -> Bool {
        guard bytes.count >= 28, let size = bytes.read(at: bytes.count - 4, count: 4)?.bigEndian,
            size >= 11, size + 4 <= bytes.count, let head = bytes.read(at: bytes.count - 4 - size, count: 11)
        else { return false }
        return Tag(head)?.size == size
    }

    /// Steps from the first tag to the last whole one.
    private static func walkTags(_ bytes: FileBytes, _ stop: StopFlag) -> FileEnd {
        guard let header = bytes.read(at: 0, count: 9), header.starts(with: Array("FLV".utf8)) else { return .unknown }
        var budget = WalkBudget(2_000_000, stop)
        var offset = header[5...].bigEndian
        while budget.allowsStep() {
            let head = bytes.prefix(at: offset, count: 15)  // back pointer of the previous tag, then the tag
            guard head.count > 4 else { return .end(at: min(offset + UInt64(head.count), bytes.count), of: bytes) }
            guard let tag = Tag(Array(head[4...])) else {
                return beginsTag(head[4...]) ? .missing : .end(at: offset + 4, of: bytes)
            }
            guard offset + 4 + tag.size <= bytes.count else { return .missing }
            offset += 4 + tag.size
        }
        return .unknown
    }

    /// Whether the file ends with fewer bytes than a tag's header that can begin a tag.
    private static func beginsTag(_ rest: ArraySlice<UInt8>) -> Bool {
        guard let type = rest.first, rest.count < 11 else { return false }
        return [8, 9, 18].contains(type) && rest.dropFirst(8).allSatisfy { $0 == 0 }
    }

    /// The number `filesize` in the script data at the beginning of the file; nil when there is none. Source: annex
    /// E.5.
    private static func declaredSize(_ bytes: FileBytes) -> Double? {
        let head = bytes.prefix(at: 0, count: 4096)
        let name: [UInt8] = [0, 8] + Array("filesize".utf8) + [0]  // 0: a number follows
        guard let place = head.position(of: name, from: 0), place + name.count + 8 <= head.count else { return nil }
        let number = Double(bitPattern: head[(place + name.count)..<(place + name.count + 8)].bigEndian)
        return number.isFinite && number > 0 ? number : nil
    }
}
