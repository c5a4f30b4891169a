import Foundation
import MediaFacts
import Testing

@testable import EntryManifest

@Suite("a hostile table", .timeLimit(.minutes(5)))
struct HostileTableTests {
    private static func code(_ bytes: [UInt8]) throws -> ManifestError.Code? {
        try ManifestSamples.failure(bytes)?.code
    }

    private static let title = "<row><c t=\"str\"><v>文件名</v></c></row>"

    @Test("of a kind that we do not read says what to save it as")
    func formats() throws {
        var spreadsheet = Package()
        spreadsheet.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        spreadsheet.add("content.xml", "<office/>")
        var binary = Package()
        binary.add("[Content_Types].xml", "<Types/>")
        binary.add("xl/workbook.bin", "x")
        let old: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 4096)
        for bytes in [old, spreadsheet.finished(), binary.finished()] {
            let error = try #require(try ManifestSamples.failure(bytes))
            #expect(error.code == .formatUnknown)
            #expect(error.message.zh.contains("另存为 .xlsx 或 CSV"))
            #expect(error.message.en.contains("save it as .xlsx or CSV"))
        }
    }

    @Test("that unpacks to more than may be is refused, however small it is packed")
    func bomb() throws {
        var package = Package()
        package.add("[Content_Types].xml", "<Types/>")
        let bomb = Package.deflatedRun(of: 0x20, runs: 400_000)
        #expect(bomb.count < 1 << 20)
        package.add("_rels/.rels", [], packed: bomb, method: 8, size: 100)
        package.add("xl/workbook.xml", [], packed: bomb, method: 8, size: 400_000 * 258 + 1)
        let code = try Self.code(package.finished())
        #expect(code == .tooLarge || code == .damaged)
        // With the right size it is only too large.
        var honest = Package()
        honest.add("[Content_Types].xml", "<Types/>")
        honest.add("_rels/.rels", Array("<a>".utf8), packed: bomb, method: 8, size: 400_000 * 258 + 1)
        #expect(try Self.code(honest.finished()) == .tooLarge)
    }

    @Test(
        "with a document type, entities or external parts is damaged, and reads nothing else",
        arguments: [
            "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE a [<!ENTITY a0 \"ha\"><!ENTITY a1 \"&a0;&a0;&a0;&a0;\">]>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        ])
    func entities(doctype: String) throws {
        let rows = Package.sheet(Self.title + "<row><c t=\"str\"><v>x</v></c></row>")
        #expect(try Self.code(Package.workbook(sheet: rows)) == nil)
        #expect(try Self.code(Package.workbook(sheet: doctype + rows)) == .damaged)
        #expect(try Self.code(Package.workbook(sheet: rows, strings: doctype + "<sst/>")) == .damaged)
    }

    @Test(
        "that is not what it should be is damaged",
        arguments: [
            "", "<", "<worksheet>", "<worksheet><sheetData><row>", "<a/><b/>", "<a>&b;</a>", "\u{1}", "<a \u{0}/>",
            "<worksheet><row r=\"5\"/><row r=\"4\"/></worksheet>", "<worksheet><row r=\"0\"/></worksheet>",
            "<worksheet><row r=\"9999999\"/></worksheet>", "<worksheet><row r=\"-1\"/></worksheet>",
            "<worksheet><row><c r=\"B1\"/><c r=\"A1\"/></row></worksheet>",
            "<worksheet><row r=\"99999999999999999999\"/><row r=\"1\"/></worksheet>",
        ])
    func broken(sheet: String) throws { #expect(try Self.code(Package.workbook(sheet: sheet)) == .damaged) }

    @Test("with an encrypted part, a wrong checksum or a part that is missing is refused")
    func parts() throws {
        var encrypted = Package()
        encrypted.add("[Content_Types].xml", "<Types/>")
        encrypted.add("_rels/.rels", Array("<a/>".utf8), packed: Array("<a/>".utf8), method: 0, flags: 1)
        encrypted.add("xl/workbook.xml", "<a/>")
        #expect(try Self.code(encrypted.finished()) == .formatUnknown)
        var wrong = Package()
        wrong.add("[Content_Types].xml", "<Types/>")
        wrong.add("_rels/.rels", Array("<a/>".utf8), packed: Array("<b/>".utf8), method: 0)
        #expect(try Self.code(wrong.finished()) == .damaged)
        var missing = Package()
        missing.add("[Content_Types].xml", "<Types/>")
        missing.add("xl/workbook.xml", "<workbook><sheets><sheet id=\"a\"/></sheets></workbook>")
        #expect(try Self.code(missing.finished()) == .damaged)
        #expect(try Self.code([0x50, 0x4B, 3, 4]) == .damaged)
    }

    @Test("has as many rows and columns as may be, and no more")
    func limits() throws {
        let row = "<row><c><v>1</v></c></row>"
        let most = Self.title + String(repeating: row, count: ManifestLimits.rows - 1)
        #expect(try Self.code(Package.workbook(sheet: Package.sheet(most))) == nil)
        #expect(try Self.code(Package.workbook(sheet: Package.sheet(most + row))) == .tooLarge)
        let wide = { (column: String) in Package.sheet(Self.title + "<row><c r=\"\(column)2\"><v>1</v></c></row>") }
        #expect(try Self.code(Package.workbook(sheet: wide("GR"))) == nil)
        #expect(try Self.code(Package.workbook(sheet: wide("GS"))) == .tooLarge)
        #expect(try Self.code([UInt8](repeating: 0x61, count: ManifestLimits.bytes + 1)) == .tooLarge)
    }

    @Test("is deep without harm")
    func deep() throws {
        let open = String(repeating: "<a>", count: 200_000)
        #expect(try Self.code(Package.workbook(sheet: open)) == .damaged)
        let row = "<worksheet>" + open + String(repeating: "</a>", count: 200_000) + Self.title + "</worksheet>"
        #expect(try Self.code(Package.workbook(sheet: row)) == nil)
    }

    @Test("of any bytes is read or refused, never a crash", arguments: 0..<40)
    func mutations(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let seeds = [
            Package.workbook(
                sheet: Package.sheet(Self.title + "<row r=\"2\"><c t=\"s\" s=\"0\"><v>0</v></c></row>"),
                strings: "<sst><si><t>a</t></si></sst>",
                styles: "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
            Array("文件名,作品名称\r\n\"a\"\"b.mp4\",守信\r\n".utf8),
            [0xCE, 0xC4, 0xBC, 0xFE, 0xC3, 0xFB, 0x0D, 0x0A, 0xD5, 0xC5, 0xC8, 0xFD],
            [0xFF, 0xFE, 0x87, 0x65, 0xF6, 0x4E, 0x0D, 0x54, 0x0A, 0x00, 0x61, 0x00],
        ]
        for _ in 0..<100 {
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0...Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                case 2: bytes.removeSubrange(place...)
                case 3: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 3))
                }
            }
            _ = try ManifestSamples.failure(bytes)
        }
    }
}
