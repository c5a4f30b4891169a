internal import MediaFacts

/// Tells a Word document under a password from an old `.doc`. Source: [MS-CFB] 2.2 and 2.6; [MS-OFFCRYPTO] 2.3.4.4.
enum CompoundFileReader {
    /// Bytes of the directory that are read: the names of the first 32 streams.
    private static let directoryLength = 4096
    private static let entryLength = 128

    /// Notes a compound file whose directory lists an encrypted package.
    static func read(_ source: some ByteSource, into facts: inout AttachmentFacts) throws(AttachmentReadingError) {
        let header = try source.view(at: 0, count: 512)
        guard let shift = header.little(30, 2), shift == 9 || shift == 12, let sector = header.little(48, 4) else {
            facts.note(.damaged)
            return
        }
        let directory = try source.view(at: Int64(sector + 1) << shift, count: directoryLength)
        guard directory.count >= entryLength else {
            facts.note(.damaged)
            return
        }
        for entry in stride(from: 0, to: directory.count, by: entryLength)
        where name(directory, entry) == "EncryptedPackage" {
            facts.note(.encrypted)
        }
    }

    /// The name of a stream: UTF-16 with a closing zero, whose length in bytes stands at 64.
    private static func name(_ directory: ByteView, _ entry: Int) -> String? {
        guard let length = directory.little(entry + 64, 2), (2...64).contains(length) else { return nil }
        let units = stride(from: entry, to: entry + length - 2, by: 2).compactMap { directory.little($0, 2) }
        return String(decoding: units.map { UInt16(truncatingIfNeeded: $0) }, as: UTF16.self)
    }
}
