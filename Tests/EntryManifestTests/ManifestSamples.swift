import ContestRules
import Foundation
import TestSupport
import Testing

@testable import EntryManifest

/// Tables that the tests read.
enum ManifestSamples {
    /// The contest of 2024: its form has a title, a telephone number, and a field called `category`.
    static func contest(_ id: String = "xian-2024") throws -> Contest { try #require(BuiltInContests.contest(id)) }

    /// What comes of `text`.
    static func read(_ text: String) throws -> Manifest { try read(Array(text.utf8)) }

    /// What comes of `bytes`.
    static func read(_ bytes: [UInt8]) throws -> Manifest {
        try Manifest.read(bytes, named: "entries.csv", contest: contest())
    }

    /// Why `bytes` cannot be read; nil when they can.
    static func failure(_ bytes: [UInt8]) throws -> ManifestError? {
        let contest = try contest()
        do throws(ManifestError) {
            _ = try Manifest.read(bytes, named: "entries.xlsx", contest: contest)
            return nil
        } catch { return error }
    }

    /// A row that says nothing but its file.
    static func row(_ number: Int, _ file: String) -> Manifest.Row { Manifest.Row(number: number, file: file) }
}

/// Python with openpyxl, named by `CLIPCHECK_PYTHON`.
enum Python {
    static let path = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]

    /// What `script` writes to its standard output.
    static func output(_ script: String) throws -> [UInt8] {
        let file = NSTemporaryDirectory() + "clipcheck-manifest-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        let process = try ChildProcess(
            try #require(path), ["-c", script], environment: ProcessInfo.processInfo.environment, output: descriptor,
            errors: STDERR_FILENO)
        #expect(process.wait() == .exited(0))
        return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
    }

    /// A workbook that openpyxl makes: `script` works on `book` and its first `sheet`.
    static func workbook(_ script: String) throws -> [UInt8] {
        try output(
            """
            import datetime, io, sys, openpyxl
            book = openpyxl.Workbook()
            sheet = book.active
            \(script)
            data = io.BytesIO()
            book.save(data)
            sys.stdout.buffer.write(data.getvalue())
            """)
    }
}

/// Makes packages byte by byte, right ones and wrong ones.
struct Package {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// A workbook with one sheet.
    static func workbook(
        sheet: String, strings: String = "<sst/>", workbook: String? = nil, styles: String = "<styleSheet/>"
    ) -> [UInt8] {
        let relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var package = Package()
        package.add("[Content_Types].xml", "<Types/>")
        package.add(
            "_rels/.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"\(relationship)/officeDocument\" Target=\"/xl/workbook.xml\"/>"
                + "</Relationships>")
        package.add(
            "xl/workbook.xml",
            workbook
                ?? "<workbook xmlns:r=\"\(relationship)\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        )
        let parts = [
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"),
        ]
        package.add(
            "xl/_rels/workbook.xml.rels",
            "<Relationships>"
                + parts.enumerated().map {
                    "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(relationship)/\($1.0)\" Target=\"\($1.1)\"/>"
                }.joined() + "</Relationships>")
        package.add("xl/worksheets/sheet1.xml", sheet)
        package.add("xl/sharedStrings.xml", strings)
        package.add("xl/styles.xml", styles)
        return package.finished()
    }

    /// A sheet of rows of cells, as they are.
    static func sheet(_ rows: String) -> String { "<worksheet><sheetData>\(rows)</sheetData></worksheet>" }

    /// Adds a part that is not packed.
    mutating func add(_ name: String, _ text: String) {
        add(name, Array(text.utf8), packed: Array(text.utf8), method: 0)
    }

    /// Adds a part: `packed` is written, whatever it may be.
    mutating func add(
        _ name: String, _ content: [UInt8], packed: [UInt8], method: UInt16, size: Int? = nil, flags: UInt16 = 0
    ) {
        let offset = UInt32(bytes.count)
        let common =
            Self.little(flags) + Self.little(method) + Self.little(UInt32(0)) + Self.little(Self.checksum(content))
            + Self.little(UInt32(packed.count)) + Self.little(UInt32(size ?? content.count))
            + Self.little(UInt16(name.utf8.count)) + Self.little(UInt16(0))
        bytes += [0x50, 0x4B, 3, 4] + Self.little(UInt16(20)) + common + Array(name.utf8) + packed
        directory += [0x50, 0x4B, 1, 2] + Self.little(UInt32(20 << 16 | 20)) + common
        directory += [UInt8](repeating: 0, count: 10) + Self.little(offset) + Array(name.utf8)
        count += 1
    }

    /// The archive.
    func finished() -> [UInt8] {
        bytes + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.little(count) + Self.little(count)
            + Self.little(UInt32(directory.count)) + Self.little(UInt32(bytes.count)) + [0, 0]
    }

    private static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    /// CRC-32.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }

    /// Deflated: `byte`, and 258 times as many again as `runs`.
    static func deflatedRun(of byte: UInt8, runs: Int) -> [UInt8] {
        var result: [UInt8] = []
        var (pending, width) = (UInt64(0), UInt64(0))
        func reversed(_ code: UInt64, _ bits: UInt64) -> UInt64 { (0..<bits).reduce(0) { $0 << 1 | code >> $1 & 1 } }
        func put(_ code: UInt64, _ bits: UInt64) {
            pending |= code << width
            width += bits
            while width >= 8 {
                result.append(UInt8(truncatingIfNeeded: pending))
                (pending, width) = (pending >> 8, width - 8)
            }
        }
        put(0b011, 3)  // last block, fixed codes
        put(reversed(UInt64(byte) + 0x30, 8), 8)
        for _ in 0..<runs { put(reversed(0b1100_0101, 8), 13) }  // length 258, distance 1
        put(0, 7)
        put(0, 8)
        return result
    }
}
