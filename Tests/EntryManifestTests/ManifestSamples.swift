import ContestRules
import Foundation
import TestSupport
import Testing

@testable import EntryManifest

/// Reads tables for the tests.
enum ManifestSamples {
    /// The contest of 2024: its form has a title, a telephone number, and a field called `category`.
    static func contest(_ id: String = "xian-2024") throws -> Contest { try #require(BuiltInContests.contest(id)) }

    /// The manifest in the CSV text `text`.
    static func read(_ text: String) throws -> Manifest { try read(Array(text.utf8)) }

    /// The manifest in the file `bytes`.
    static func read(_ bytes: [UInt8]) throws -> Manifest {
        try Manifest.read(bytes, named: "entries.csv", contest: contest())
    }

    /// The error for the file `bytes`; nil when it can be read.
    static func failure(_ bytes: [UInt8], meter: ReadingMeter = meter()) throws -> ManifestError? {
        let contest = try contest()
        return error { () throws(ManifestError) in
            _ = try Manifest.read(bytes, named: "entries.xlsx", contest: contest, meter: meter)
        }
    }

    /// The error that `body` throws; nil when it throws none.
    static func error(_ body: () throws(ManifestError) -> Void) -> ManifestError? {
        do throws(ManifestError) {
            try body()
            return nil
        } catch { return error }
    }

    /// A meter with the budget of a table, except for the given limits.
    static func meter(
        bytes: Int = ManifestLimits.budget.bytes, events: Int = ManifestLimits.budget.events,
        time: Duration = ManifestLimits.budget.time, clock: any ReadingClock = ThreadClock()
    ) -> ReadingMeter {
        ReadingMeter(ReadingBudget(bytes: bytes, events: events, time: time), clock: clock)
    }

    /// The CPU time that `body` takes on this thread.
    static func processorTime(_ body: () throws -> Void) throws -> Duration {
        let start = ThreadClock().now
        try body()
        return ThreadClock().now - start
    }

    /// A row with a file name and nothing else.
    static func row(_ number: Int, _ file: String) -> Manifest.Row { Manifest.Row(number: number, file: file) }
}

/// Python with openpyxl, named by `CLIPCHECK_PYTHON`.
enum Python {
    static let path = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]

    /// The standard output of `script`.
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

/// Builds zip packages byte by byte, valid and invalid ones.
struct Package {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    /// A workbook with one sheet.
    static func workbook(
        sheet: String, strings: String = "<sst/>", workbook: String? = nil, styles: String = "<styleSheet/>"
    ) -> [UInt8] {
        var package = Package()
        for (name, text) in frame(workbook) { package.add(name, text) }
        package.add("xl/worksheets/sheet1.xml", sheet)
        package.add("xl/sharedStrings.xml", strings)
        package.add("xl/styles.xml", styles)
        return package.finished()
    }

    /// A workbook with one sheet, whose part is `packed` and unpacks to `size` bytes.
    static func workbook(packedSheet packed: [UInt8], size: Int) -> [UInt8] {
        var package = Package()
        for (name, text) in frame(nil) { package.add(name, text) }
        package.add("xl/worksheets/sheet1.xml", [], packed: packed, method: 8, size: size)
        package.add("xl/sharedStrings.xml", "<sst/>")
        package.add("xl/styles.xml", "<styleSheet/>")
        return package.finished()
    }

    /// Number of bytes that a reader unpacks from the workbook with this sheet.
    static func workbookBytes(sheet: String) -> Int {
        let parts = frame(nil).filter { $0.0 != "[Content_Types].xml" }.map(\.1) + [sheet, "<sst/>", "<styleSheet/>"]
        return parts.reduce(0) { $0 + $1.utf8.count }
    }

    /// The parts that lead to the sheet, with `workbook` instead of the usual list of sheets.
    private static func frame(_ workbook: String?) -> [(String, String)] {
        let relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let parts = [
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"),
        ]
        let sheets =
            "<workbook xmlns:r=\"\(relationship)\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        return [
            ("[Content_Types].xml", "<Types/>"),
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"rId1\" Type=\"\(relationship)/officeDocument\" "
                    + "Target=\"/xl/workbook.xml\"/></Relationships>"
            ),
            ("xl/workbook.xml", workbook ?? sheets),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships>"
                    + parts.enumerated().map {
                        "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(relationship)/\($1.0)\" Target=\"\($1.1)\"/>"
                    }.joined() + "</Relationships>"
            ),
        ]
    }

    /// A worksheet with `rows` as its XML.
    static func sheet(_ rows: String) -> String { "<worksheet><sheetData>\(rows)</sheetData></worksheet>" }

    /// Adds a part without compression.
    mutating func add(_ name: String, _ text: String) {
        add(name, Array(text.utf8), packed: Array(text.utf8), method: 0)
    }

    /// Adds a part whose stored bytes are `packed`, also when they do not match `content`.
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

    /// Deflated bytes: `before`, then its last byte 258 times for each of `runs`, then `after`. A run takes two bits.
    ///
    /// Source: RFC 1951; two stored blocks around one with dynamic codes.
    static func deflated(_ before: [UInt8], runs: Int, _ after: [UInt8]) -> [UInt8] {
        var bits = BitWriter()
        bits.stored(before, isLast: false)
        bits.write(0b100, 3)  // dynamic codes, not the last block
        bits.write(29, 5)  // 286 codes of literals and lengths
        bits.write(0, 5)  // 1 code of distances
        bits.write(14, 4)  // 18 lengths of the codes of code lengths: of 16, 17, 18, 0, 8 … 14, 1
        for index in 0..<18 { bits.write([2, 17].contains(index) ? 1 : 0, 3) }  // 18 and 1 have one bit
        func zeros(_ count: UInt64) {
            bits.write(1, 1)
            bits.write(count - 11, 7)
        }
        zeros(138)
        zeros(118)
        bits.write(0, 1)  // 256, the end of the block, has one bit: 0
        zeros(28)
        bits.write(0, 1)  // 285, the length 258, has one bit: 1
        bits.write(0, 1)  // the distance 1 has one bit: 0
        for _ in 0..<runs { bits.write(0b01, 2) }
        bits.write(0, 1)
        bits.stored(after, isLast: true)
        return bits.bytes
    }

    /// Writes bits, the lowest first.
    private struct BitWriter {
        private(set) var bytes: [UInt8] = []
        private var pending: UInt64 = 0
        private var width: UInt64 = 0

        mutating func write(_ bits: UInt64, _ count: UInt64) {
            pending |= bits << width
            width += count
            while width >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                (pending, width) = (pending >> 8, width - 8)
            }
        }

        /// Writes a block without compression, which begins at a whole byte behind its header.
        mutating func stored(_ content: [UInt8], isLast: Bool) {
            write(isLast ? 1 : 0, 3)
            if width > 0 { write(0, 8 - width) }
            let count = UInt16(content.count)
            bytes += Package.little(count) + Package.little(~count) + content
        }
    }
}
