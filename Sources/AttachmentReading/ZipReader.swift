internal import MediaFacts

/// Reads the directory of a ZIP archive: whether it is a Word document, and what it would become unpacked. Nothing is
/// unpacked. Source: APPNOTE.TXT 6.3.10, §4.3.12 and §4.3.16.
enum ZipReader {
    /// Largest directory that is read.
    static let largestDirectory = 16 << 20
    /// Largest sum of the sizes of all files unpacked.
    static let largestContent: Int64 = 1 << 30
    /// Largest ratio of that sum to the size of the archive.
    static let largestRatio: Int64 = 1000

    private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let entrySignature: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
    /// The end record, and the longest comment behind it.
    private static let endWithin = 22 + 0xFFFF

    /// Sums over the directory of one archive.
    private struct Directory {
        var hasTypes = false
        var hasDocument = false
        var isEncrypted = false
        var unpacked: Int64 = 0
        var packed: Int64 = 0
        var isWhole = false
    }

    /// Adds the format and the problems of an archive.
    static func read(_ source: some ByteSource, into facts: inout AttachmentFacts) throws(AttachmentReadingError) {
        guard let directory = try directory(source) else {
            facts.note(.damaged)
            return
        }
        if directory.hasTypes, directory.hasDocument { facts.format = .docx }
        // Two files that share their packed bytes make the sum larger than the archive.
        if !directory.isWhole || directory.packed > source.count { facts.note(.damaged) }
        if directory.isEncrypted { facts.note(.encrypted) }
        if directory.unpacked > largestContent || directory.unpacked / largestRatio > source.count {
            facts.note(.zipBomb)
        }
    }

    /// The sums of the directory; nil when the end record or the directory is not where it must be.
    private static func directory(_ source: some ByteSource) throws(AttachmentReadingError) -> Directory? {
        let tail = try source.tail(endWithin)
        guard let end = tail.last(endSignature), let entries = tail.little(end + 10, 2),
            let size = tail.little(end + 12, 4), let offset = tail.little(end + 16, 4)
        else { return nil }
        guard size <= largestDirectory, Int64(offset) + Int64(size) <= source.count else { return nil }
        return sums(try source.view(at: Int64(offset), count: size), entries: entries)
    }

    private static func sums(_ view: ByteView, entries: Int) -> Directory {
        var directory = Directory()
        var offset = 0
        for _ in 0..<entries {
            guard view.has(entrySignature, at: offset), let flags = view.little(offset + 8, 2),
                let packed = view.little(offset + 20, 4), let unpacked = view.little(offset + 24, 4),
                let nameLength = view.little(offset + 28, 2), let extraLength = view.little(offset + 30, 2),
                let commentLength = view.little(offset + 32, 2), let name = view.slice(offset + 46, nameLength)
            else { return directory }
            if name.elementsEqual("[Content_Types].xml".utf8) { directory.hasTypes = true }
            if isDocument(name) { directory.hasDocument = true }
            if flags & 1 == 1 { directory.isEncrypted = true }
            // At most 65,535 files of less than 4 GiB each: the sums cannot overflow.
            directory.packed += Int64(packed)
            directory.unpacked += Int64(unpacked)
            offset += 46 + nameLength + extraLength + commentLength
        }
        directory.isWhole = true
        return directory
    }

    /// `word/document.xml`, or `word/document2.xml` as some programs name it.
    private static func isDocument(_ name: ArraySlice<UInt8>) -> Bool {
        let (start, end) = (Array("word/document".utf8), Array(".xml".utf8))
        guard name.starts(with: start), name.suffix(4).elementsEqual(end), name.count >= start.count + end.count else {
            return false
        }
        return name.dropFirst(start.count).dropLast(end.count).allSatisfy { (0x30...0x39).contains($0) }
    }
}
