import AttachmentReading
import MediaFacts
import Testing

@Suite("Documents")
struct DocumentReadingTests {
    typealias Entry = SampleArchive.Entry

    private func facts(_ bytes: [UInt8], _ name: String? = nil) throws -> AttachmentFacts {
        try AttachmentReader.facts(of: SampleBytes(bytes), named: name)
    }

    private static let pdf = Bytes.ascii("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n")

    @Test("a PDF with a header in its first KiB and an end is whole")
    func pdf() throws {
        #expect(try facts(Self.pdf) == AttachmentFacts(format: .pdf, bytes: Int64(Self.pdf.count)))
        let shifted = [UInt8](repeating: 0x20, count: 1023) + Self.pdf
        #expect(try facts(shifted).format == .pdf)
        #expect(try facts([UInt8](repeating: 0x20, count: 1024) + Self.pdf).format == .text)
    }

    @Test("a PDF without `%%EOF` near its end is damaged")
    func cutPDF() throws {
        #expect(try facts(Array(Self.pdf.dropLast(6))).problems == [.damaged])
        #expect(try facts(Self.pdf + [UInt8](repeating: 0, count: 4000)).problems == [])
        #expect(try facts(Self.pdf + [UInt8](repeating: 0, count: 5000)).problems == [.damaged])
    }

    @Test("a PDF whose trailer has `/Encrypt` is encrypted")
    func encryptedPDF() throws {
        let bytes = Bytes.ascii("%PDF-1.7\ntrailer\n<</Encrypt 5 0 R>>\n%%EOF")
        #expect(try facts(bytes).problems == [.encrypted])
    }

    @Test("a ZIP archive with the parts of a Word document is a `docx`, with a comment behind it, too")
    func docx() throws {
        var archive = SampleArchive(entries: SampleArchive.word)
        #expect(try facts(archive.bytes).format == .docx)
        archive.comment = [UInt8](repeating: 0x41, count: 0xFFFF)
        #expect(try facts(archive.bytes) == AttachmentFacts(format: .docx, bytes: Int64(archive.bytes.count)))
        archive.entries[1].name = "word/document2.xml"
        #expect(try facts(archive.bytes).format == .docx)
    }

    @Test("a ZIP archive without one of the parts is no `docx`", arguments: ["word/documentx.xml", "xl/workbook.xml"])
    func otherArchive(name: String) throws {
        let archive = SampleArchive(entries: [Entry(name: "[Content_Types].xml"), Entry(name: name)])
        #expect(try facts(archive.bytes) == AttachmentFacts(format: .zip, bytes: Int64(archive.bytes.count)))
    }

    @Test(
        "an archive that declares over 1 GiB, or over 1000 times its size, is a bomb",
        arguments: [
            ([Entry(name: "a", unpacked: 1 << 30)], true), ([Entry(name: "a", unpacked: 1 << 29)], true),
            (Array(repeating: Entry(name: "a", unpacked: 0xFFFF_FFFF), count: 1000), true),
            ([Entry(name: "a", packed: 900, unpacked: 1_000_000)], false),
        ])
    func bombs(entries: [Entry], isBomb: Bool) throws {
        let archive = SampleArchive(entries: SampleArchive.word + entries)
        #expect(try facts(archive.bytes).problems == (isBomb ? [.zipBomb] : []))
    }

    @Test("a large archive of exactly 1 GiB of content is no bomb, and one byte more is")
    func largestContent() throws {
        for (more, problems) in [(0, []), (1, [AttachmentProblem.zipBomb])] {
            let entries = SampleArchive.word + [Entry(name: "a", packed: 2_000_000, unpacked: 1 << 30 + more)]
            #expect(try facts(SampleArchive(entries: entries, content: 2_000_000).bytes).problems == problems)
        }
    }

    @Test("an archive whose files are larger packed than the archive, or whose directory is cut, is damaged")
    func damagedArchives() throws {
        let shared = SampleArchive(entries: SampleArchive.word + [Entry(name: "a", packed: 5000, unpacked: 5000)])
        #expect(try facts(shared.bytes).problems == [.damaged])
        let whole = SampleArchive(entries: SampleArchive.word)
        #expect(try facts(Array(whole.bytes.dropLast(22))).problems == [.damaged])
        #expect(try facts(Array(whole.bytes.dropLast(22)) + whole.end(offset: 1005)).problems == [.damaged])
        #expect(try facts(Array(whole.bytes.dropLast(22)) + whole.end(offset: 0xFFFF_FFFF)).problems == [.damaged])
    }

    @Test("an archive with one encrypted file is encrypted")
    func encryptedArchive() throws {
        let archive = SampleArchive(entries: [SampleArchive.word[0], Entry(name: "word/document.xml", flags: 1)])
        #expect(try facts(archive.bytes).problems == [.encrypted])
    }

    /// A compound file with one stream.
    private func compound(_ stream: String) -> [UInt8] {
        var header = [UInt8]([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + [UInt8](repeating: 0, count: 504)
        (header[30], header[48]) = (9, 0)
        let name = stream.utf16.flatMap { Bytes.little(Int($0), 2) }
        return header + name + [UInt8](repeating: 0, count: 64 - name.count) + Bytes.little(name.count + 2, 2)
            + [UInt8](repeating: 0, count: 62)
    }

    @Test("a compound file is a `doc`, and encrypted when it lists an encrypted package")
    func compoundFiles() throws {
        #expect(try facts(compound("WordDocument")) == AttachmentFacts(format: .doc, bytes: 640))
        #expect(try facts(compound("EncryptedPackage")).problems == [.encrypted])
        #expect(try facts(Array(compound("WordDocument").prefix(512))).problems == [.damaged])
    }

    @Test(
        "an extension that promises another format is a problem, in any case of letters",
        arguments: [
            ("报名表.pdf", [AttachmentProblem]()), ("报名表.PDF", []), ("folder.docx/报名表", []), ("报名表.dat", []),
            ("报名表.docx", [.wrongExtension]), ("a.pdf.JPG", [.wrongExtension]), ("C:\\a.srt", [.wrongExtension]),
        ])
    func extensions(name: String, problems: [AttachmentProblem]) throws {
        #expect(try facts(Self.pdf, name).problems == problems)
    }

    @Test("a file without bytes is `empty`, and a video is `other`")
    func others() throws {
        #expect(try facts([]) == AttachmentFacts(format: .empty, bytes: 0))
        #expect(try facts(SamplePictures.box("ftyp", Bytes.ascii("isom"))).format == .other)
        #expect(try facts([0x7F, 0x45, 0x4C, 0x46, 2, 1], "a.pdf").problems == [.wrongExtension])
    }
}
