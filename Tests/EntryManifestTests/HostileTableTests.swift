import Foundation
import MediaFacts
import Testing

@testable import EntryManifest

@Suite("Hostile tables", .timeLimit(.minutes(5)))
struct HostileTableTests {
    private static func code(_ bytes: [UInt8]) throws -> ManifestError.Code? {
        try ManifestSamples.failure(bytes)?.code
    }

    private static let title = "<row><c t=\"str\"><v>文件名</v></c></row>"

    @Test("`Manifest.read` names the formats to save as for a spreadsheet of another format")
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

    @Test("`Manifest.read` refuses a workbook that unpacks to more than 64 MiB")
    func bomb() throws {
        var package = Package()
        package.add("[Content_Types].xml", "<Types/>")
        let bomb = Package.deflated([0x20], runs: 400_000, [])
        #expect(bomb.count < 1 << 20)
        package.add("_rels/.rels", [], packed: bomb, method: 8, size: 100)
        package.add("xl/workbook.xml", [], packed: bomb, method: 8, size: 400_000 * 258 + 1)
        let code = try Self.code(package.finished())
        #expect(code == .tooLarge || code == .damaged)
        // With the true size in the directory, the size is the only fault.
        var honest = Package()
        honest.add("[Content_Types].xml", "<Types/>")
        honest.add("_rels/.rels", Array("<a>".utf8), packed: bomb, method: 8, size: 400_000 * 258 + 1)
        #expect(try Self.code(honest.finished()) == .tooLarge)
    }

    @Test(
        "`WorkbookReader` refuses a part with a document type, so no entity is expanded and no other file is read",
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
        "`WorkbookReader` reports a sheet that is no XML or has rows out of order as damaged",
        arguments: [
            "", "<", "<worksheet>", "<worksheet><sheetData><row>", "<a/><b/>", "<a>&b;</a>", "\u{1}", "<a \u{0}/>",
            "<worksheet><row r=\"5\"/><row r=\"4\"/></worksheet>", "<worksheet><row r=\"0\"/></worksheet>",
            "<worksheet><row r=\"9999999\"/></worksheet>", "<worksheet><row r=\"-1\"/></worksheet>",
            "<worksheet><row><c r=\"B1\"/><c r=\"A1\"/></row></worksheet>",
            "<worksheet><row r=\"99999999999999999999\"/><row r=\"1\"/></worksheet>",
        ])
    func broken(sheet: String) throws { #expect(try Self.code(Package.workbook(sheet: sheet)) == .damaged) }

    @Test("`WorkbookReader` refuses an encrypted part, a wrong checksum and a missing part")
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

    @Test("`Manifest.read` reads 100,000 rows, 200 columns and 64 MiB, and refuses one more")
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

    @Test(
        "`WorkbookReader` reads elements nested 64 deep and refuses 65",
        arguments: [(64, nil), (65, .damaged), (200_000, .damaged)] as [(Int, ManifestError.Code?)])
    func deep(depth: Int, code: ManifestError.Code?) throws {
        // The worksheet is the first level.
        let nested = String(repeating: "<a>", count: depth - 1) + String(repeating: "</a>", count: depth - 1)
        let sheet = "<worksheet>" + nested + Self.title + "</worksheet>"
        #expect(try Self.code(Package.workbook(sheet: sheet)) == code)
    }

    private static let longest = String(repeating: "a", count: ManifestLimits.cellUnits)
    private static let sharing = "<c t=\"s\"><v>0</v></c>"

    @Test(
        "`Manifest.read` reads cells of 32,767 UTF-16 units and refuses 32,768",
        arguments: [
            ("", "a", 32_767, true), ("", "a", 32_768, false), (" ", "a", 32_767, false), ("", "字", 32_767, true),
            ("", "字", 32_768, false), ("", "😀", 16_383, true), ("", "😀", 16_384, false), (" ", "a", 500_000, false),
        ] as [(String, String, Int, Bool)])
    func longCells(before: String, part: String, count: Int, isRead: Bool) throws {
        let text = before + String(repeating: part, count: count)
        let row = { (cell: String) in Package.sheet(Self.title + "<row>\(cell)</row>") }
        let strings = "<sst><si><t>a</t></si><si><t>\(text)</t></si></sst>"
        let tables = [
            Array("文件名\n\(text)\n".utf8), Array("文件名\n\"\(text)\"\n".utf8),
            Package.workbook(sheet: row("<c t=\"str\"><v>\(text)</v></c>")),
            Package.workbook(sheet: row("<c t=\"inlineStr\"><is><t>\(text)</t></is></c>")),
            Package.workbook(sheet: row(Self.sharing), strings: strings),
        ]
        for table in tables {
            let error = try ManifestSamples.failure(table)
            #expect((error == nil) == isRead)
            guard let error else { continue }
            #expect(error.code == .tooLarge)
            #expect(error.message.zh.contains("32767") && error.message.en.contains("32767"))
        }
    }

    @Test("`Manifest.read` names the row of a cell that is too long")
    func longCellRow() throws {
        let text = Self.longest + "a"
        let tables = [
            Array("文件名\n\n\(text)\n".utf8),
            Package.workbook(sheet: Package.sheet(Self.title + "<row r=\"3\"><c><v>\(text)</v></c></row>")),
        ]
        for table in tables {
            let message = try #require(try ManifestSamples.failure(table)).message
            #expect(message.zh.contains("第 3 行") && message.en.contains("ow 3"))
        }
        // A cell in an open quotation mark is too long as well; the quotation mark is the better message.
        #expect(try Self.code(Array("文件名\n\"\(text)".utf8)) == .quoteOpen)
    }

    @Test("`StringsHandler` counts an escaped character of a shared text as one UTF-16 unit")
    func escapedCells() throws {
        let text = String(repeating: "_x4E00_", count: ManifestLimits.cellUnits)
        let sheet = Package.sheet(Self.title + "<row>\(Self.sharing)</row>")
        let strings = { (text: String) in "<sst><si><t>\(text)</t></si></sst>" }
        #expect(try Self.code(Package.workbook(sheet: sheet, strings: strings(text))) == nil)
        #expect(try Self.code(Package.workbook(sheet: sheet, strings: strings(text + "_x4E00_"))) == .tooLarge)
    }

    @Test(
        "`Manifest.read` counts a shared text once for each of its cells",
        arguments: [(1_000, nil), (3_000, .tooLarge), (90_000, .tooLarge)] as [(Int, ManifestError.Code?)])
    func sharedText(rows: Int, code: ManifestError.Code?) throws {
        let sheet = Package.sheet(Self.title + String(repeating: "<row>\(Self.sharing)</row>", count: rows))
        let strings = "<sst><si><t>\(Self.longest)</t></si></sst>"
        #expect(try Self.code(Package.workbook(sheet: sheet, strings: strings)) == code)
    }

    @Test("`WorkbookReader` reads 100,000 cells that share one blank text of 32,767 spaces")
    func sharedBlank() throws {
        let cells = String(repeating: "<row>\(Self.sharing)</row>", count: 100_000)
        let blank = String(repeating: " ", count: ManifestLimits.cellUnits)
        let strings = "<sst><si><t>\(blank)</t></si></sst>"
        #expect(try Self.code(Package.workbook(sheet: Package.sheet(Self.title + cells), strings: strings)) == nil)
    }

    @Test(
        "`Manifest.read` reads 4,000,000 cells, with empty cells to the left of others, and refuses more",
        arguments: [true, false])
    func manyCells(fits: Bool) throws {
        let rows = ManifestLimits.cells / ManifestLimits.columns + (fits ? -1 : 1)
        let line = String(repeating: ",", count: ManifestLimits.columns - 1) + "x\n"
        let code: ManifestError.Code? = fits ? nil : .tooLarge
        let text = "文件名\n" + String(repeating: line, count: rows)
        #expect(try Self.code(Array(text.utf8)) == code)
        let row = "<row><c r=\"GR1\"><v>1</v></c></row>"
        let sheet = Package.sheet(Self.title + String(repeating: row, count: rows))
        #expect(try Self.code(Package.workbook(sheet: sheet)) == code)
    }

    @Test("`WorkbookReader` refuses more than 4,000,000 shared texts or 10,000 relationships")
    func manyParts() throws {
        let strings = StringsHandler()
        #expect((0...ManifestLimits.cells).first { _ in !strings.end("si") } == ManifestLimits.cells)
        var package = Package()
        package.add("[Content_Types].xml", "<Types/>")
        let relationship = "<Relationship Id=\"a\" Type=\"a\" Target=\"a\"/>"
        let relationships = String(repeating: relationship, count: ManifestLimits.parts + 1)
        package.add("_rels/.rels", "<Relationships>\(relationships)</Relationships>")
        #expect(try Self.code(package.finished()) == .tooLarge)
    }

    @Test("`ManifestColumns` matches a title with six million stars within the time limit", .timeLimit(.minutes(10)))
    func stars() throws {
        let stars = String(repeating: "*", count: 3_000_000)
        let columns = ManifestColumns(
            Table.Row(number: 1, cells: [stars + "文件名" + stars]), contest: try ManifestSamples.contest())
        #expect(columns.namesFiles)
    }

    @Test("`Manifest.read` reads or refuses mutated files without a crash", arguments: 0..<40)
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
            let bytes = Self.mutated(seeds.randomElement(using: &random) ?? [], &random)
            _ = try ManifestSamples.failure(bytes)
        }
    }

    @Test("`Manifest.read` reads or refuses workbooks with mutated parts without a crash", arguments: 0..<300)
    func mutatedParts(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var parts = [
            Package.sheet(
                Self.title
                    + "<row r=\"2\"><c r=\"A2\" t=\"s\" s=\"0\"><v>0</v></c><c t=\"inlineStr\"><is><t>b</t></is></c>"
                    + "<c s=\"0\"><v>45352.5</v></c></row>"),
            "<sst><si><t>a_x000D_</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si></sst>",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts>"
                + "<cellXfs><xf numFmtId=\"164\"/></cellXfs></styleSheet>",
        ]
        let place = Int.random(in: parts.indices, using: &random)
        parts[place] = String(decoding: Self.mutated(Array(parts[place].utf8), &random), as: UTF8.self)
        _ = try ManifestSamples.failure(Package.workbook(sheet: parts[0], strings: parts[1], styles: parts[2]))
    }

    /// `bytes` with up to five random changes.
    private static func mutated(_ bytes: [UInt8], _ random: inout SplitMix) -> [UInt8] {
        var bytes = bytes
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
        return bytes
    }
}
