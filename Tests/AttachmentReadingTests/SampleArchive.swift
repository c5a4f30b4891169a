/// A ZIP archive whose directory may say anything; its files have no content.
struct SampleArchive {
    /// An entry of the directory.
    struct Entry {
        var name: String
        var packed = 0
        var unpacked = 0
        var flags = 0
    }

    /// The entries of a Word document.
    static let word = [Entry(name: "[Content_Types].xml"), Entry(name: "word/document.xml")]

    var entries: [Entry]
    var content = 1000
    var comment: [UInt8] = []

    /// The bytes of the archive.
    var bytes: [UInt8] {
        let start: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: content)
        return start + directory + end(offset: start.count)
    }

    /// The directory alone.
    var directory: [UInt8] { entries.flatMap(Self.header) }

    /// The end record of a directory that begins at `offset`.
    func end(offset: Int) -> [UInt8] {
        [0x50, 0x4B, 0x05, 0x06, 0, 0, 0, 0] + Bytes.little(entries.count, 2) + Bytes.little(entries.count, 2)
            + Bytes.little(directory.count, 4) + Bytes.little(offset, 4) + Bytes.little(comment.count, 2) + comment
    }

    private static func header(_ entry: Entry) -> [UInt8] {
        let name = Bytes.ascii(entry.name)
        return [0x50, 0x4B, 0x01, 0x02, 20, 0, 20, 0] + Bytes.little(entry.flags, 2) + Bytes.little(8, 2)
            + Bytes.little(0, 8) + Bytes.little(entry.packed, 4) + Bytes.little(entry.unpacked, 4)
            + Bytes.little(name.count, 2) + Bytes.little(0, 16) + name
    }
}
