import ContestRules
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("WorkbookFile", .serialized)
struct WorkbookFileTests {
    private static func run(_ path: String, temporaryFolder: String? = nil) throws(WorkbookError) -> WorkbookRun {
        try WorkbookRun(path: path, language: .chinese, columns: [], temporaryFolder: temporaryFolder)
    }

    private static func summary() throws -> RunSummary {
        RunSummary(contest: try #require(BuiltInContests.contest("xian-2024")).withoutContent)
    }

    @Test("A workbook appears at its path only when it is complete, and replaces the file that was there")
    func replaces() throws {
        let folder = try WorkbookFolder()
        let path = folder("汇总.xlsx")
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o640)
        let run = try Self.run(path)
        run.add(try #require(try SampleRuns.mixed().first))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("old".utf8))
        try run.finish(Self.summary())
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: [0x50, 0x4B, 3, 4]))
        #expect(folder.files == ["汇总.xlsx"])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
    }

    @Test("A workbook that is never finished leaves no file behind and no file open")
    func abandoned() throws {
        let folder = try WorkbookFolder()
        let path = folder("a.xlsx")
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        for _ in 0..<3 {
            let run = try Self.run(path, temporaryFolder: folder.path)
            for file in try SampleRuns.mixed() { run.add(file) }
            #expect(!Self.openFiles(in: folder.path).isEmpty)
        }
        #expect(Self.openFiles(in: folder.path).isEmpty)
        #expect(folder.files == ["a.xlsx"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("old".utf8))
    }

    @Test("A finished workbook takes no more rows and cannot be finished twice")
    func twice() throws {
        let folder = try WorkbookFolder()
        let run = try Self.run(folder("a.xlsx"), temporaryFolder: folder.path)
        try run.finish(Self.summary())
        #expect(Self.openFiles(in: folder.path).isEmpty)
        let first = try Data(contentsOf: URL(fileURLWithPath: folder("a.xlsx")))
        run.add(try #require(try SampleRuns.mixed().first))
        #expect(throws: WorkbookError.self) { try run.finish(Self.summary()) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder("a.xlsx"))) == first)
    }

    @Test("A workbook whose rows cannot be written closes and removes its temporary files and takes no more rows")
    func fullDisk() throws {
        let folder = try WorkbookFolder()
        let file = try WorkbookFile(path: folder("a.xlsx"), temporaryFolder: folder.path)
        for (index, name) in ["a", "b", "c"].enumerated() {
            try file.addSheet(name)
            file.sheets[index].append([.count(1)])
        }
        // The rows of the first sheet go to a device that is always full.
        let first = try #require(Self.openFiles(in: folder.path).min())
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(full >= 0 && dup2(full, first) == first)
        close(full)
        let error = #expect(throws: WorkbookError.self) { try file.close() }
        #expect(error?.message.en.contains("could not be finished and was not saved (temporary files)") == true)
        #expect(!file.isOpen && file.sheets.isEmpty)
        #expect(Self.openFiles(in: folder.path).isEmpty)
        #expect(folder.files == [])
    }

    /// Descriptors of the files in `folder` that this process has open, removed files included.
    private static func openFiles(in folder: String) -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap(Int32.init).filter { descriptor in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
            return target?.hasPrefix(folder) ?? false
        }
    }

    @Test("A workbook replaces a symbolic link, not the file behind it, which an attacker may have chosen")
    func link() throws {
        let folder = try WorkbookFolder()
        try Data().write(to: URL(fileURLWithPath: folder("real.xlsx")))
        try FileManager.default.createSymbolicLink(atPath: folder("link.xlsx"), withDestinationPath: "real.xlsx")
        try Self.run(folder("link.xlsx")).finish(Self.summary())
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder("real.xlsx"))).isEmpty)
        let type = try FileManager.default.attributesOfItem(atPath: folder("link.xlsx"))[.type]
        #expect(type as? FileAttributeType == .typeRegular)
    }

    @Test(
        "A workbook whose path cannot be written fails at once, with a message in both languages",
        arguments: ["/nowhere/a.xlsx", "/proc/a.xlsx", "/dev/null", "/tmp", "", "/dev/null/a.xlsx"])
    func unwritable(path: String) {
        let error = #expect(throws: WorkbookError.self) { _ = try Self.run(path) }
        #expect(error?.message.zh.contains("无法写入工作簿“\(path)”") == true)
        #expect(error?.message.en.contains("The workbook \"\(path)\" cannot be written") == true)
    }

    @Test("A workbook without a temporary folder fails at once and leaves nothing behind")
    func noTemporaryFolder() throws {
        let folder = try WorkbookFolder()
        let error = #expect(throws: WorkbookError.self) {
            _ = try Self.run(folder("a.xlsx"), temporaryFolder: "/proc/nowhere")
        }
        #expect(error?.message.zh.contains("TMPDIR") == true)
        #expect(folder.files == [])
    }

    @Test("A sheet leaves out the rows above Excel's limit and counts them")
    func tooManyRows() throws {
        let folder = try WorkbookFolder()
        let file = try WorkbookFile(path: folder("a.xlsx"), temporaryFolder: folder.path)
        try file.addSheet("a")
        for _ in 0..<(WorkbookSheet.mostRows + 2) { file.sheets[0].append([.count(1)]) }
        #expect(file.sheets[0].leftOut == 2)
        try file.close()
    }

    @Test("`ZipDirectory` gives the sizes of a workbook's sheets, and none for a file that is no archive")
    func sizes() throws {
        let folder = try WorkbookFolder()
        let path = folder("a.xlsx")
        try Self.run(path).finish(Self.summary())
        let sizes = ZipDirectory.sizes(of: path)
        #expect(sizes.keys.filter { $0.hasPrefix("xl/worksheets/") }.count == 3)
        #expect(sizes.values.allSatisfy { $0 > 100 })
        #expect(ZipDirectory.sizes(of: "/dev/null").isEmpty)
        #expect(ZipDirectory.sizes(of: "/nowhere").isEmpty)
    }
}

@Suite("WorkbookText")
struct WorkbookTextTests {
    @Test(
        "`WorkbookText` keeps text, makes line breaks LF and drops characters that XML forbids",
        arguments: [
            ("", ""), ("作品", "作品"), ("a\tb\nc", "a\tb\nc"), ("a\r\nb\rc", "a\nb\nc"), ("a\u{0}b", "ab"),
            ("\u{1b}[31m", "[31m"), ("\u{7f}\u{85}\u{9f}", ""), ("\u{FFFE}\u{FFFF}\u{FFFD}", "\u{FFFD}"),
            ("é\u{A0}", "é\u{A0}"), ("（全角）", "（全角）"), ("😀\u{200D}", "😀\u{200D}"),
        ])
    func cleaned(text: String, cell: String) {
        #expect(Array(WorkbookText.cell(text).unicodeScalars) == Array(cell.unicodeScalars))
    }

    @Test(
        "`WorkbookText` escapes text that a reader would take for an escape",
        arguments: [
            ("_x000D_", "_x005F_x000D_"), ("a_x0041_x0042_", "a_x005F_x0041_x005F_x0042_"),
            ("_x00\u{1}0D_", "_x005F_x000D_"), ("_x005F_", "_x005F_x005F_"), ("_xaBcD_", "_x005F_xaBcD_"),
            ("_x000D", "_x000D"), ("_X000D_", "_X000D_"), ("_x00G0_", "_x00G0_"), ("__x0041__", "__x005F_x0041__"),
            ("_x１２３４_", "_x１２３４_"),
        ])
    func escaped(text: String, cell: String) {
        #expect(WorkbookText.cell(text) == cell)
        #expect(Self.read(cell) == text.replacing("\u{1}", with: ""))
    }

    /// The text that a reader of workbooks makes of a cell.
    private static func read(_ cell: String) -> String {
        cell.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
            UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
        }
    }

    @Test(
        "`WorkbookText` cuts at 32,767 UTF-16 units, never within a character or an escape",
        arguments: [
            ("a", 32_767, 32_767), ("a", 32_768, 32_767), ("作", 32_767, 32_767), ("作", 40_000, 32_767),
            ("😀", 16_383, 32_766), ("😀", 16_384, 32_767), ("😀", 20_000, 32_767), ("_x0041_", 2000, 26_000),
            ("_x0041_", 3000, 32_761),
        ])
    func cut(piece: String, count: Int, units: Int) {
        let text = String(repeating: piece, count: count)
        let cell = WorkbookText.cell(text)
        #expect(cell.utf16.count == units)
        let isCut = Self.read(cell).utf16.count < text.utf16.count
        #expect(cell.hasSuffix("…") == isCut)
        #expect(text.hasPrefix(Self.read(isCut ? String(cell.dropLast()) : cell)))
    }
}
