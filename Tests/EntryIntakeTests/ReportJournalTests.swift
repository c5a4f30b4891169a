import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@Suite("The journal of a run")
struct ReportJournalTests {
    private let folder: TemporaryFolder
    private let run = ["sample", "/videos"]

    init() throws { folder = try TemporaryFolder() }

    private func journal(run: [String]? = nil, isResumed: Bool = true) throws -> ReportJournal {
        try #require(ReportJournal(folder: folder.path("runs"), run: run ?? self.run, isResumed: isResumed))
    }

    private func report(_ id: String) throws -> Report {
        Report(
            id: id, createdAt: "2026-11-21T09:00:00+08:00", contest: try .sample(),
            media: MediaReference(filename: "作品.mp4", bytes: 3, sha256: "abc"), outcome: .facts(.sample()),
            tool: ToolVersions(clipcheck: "1.0.0", ffmpeg: [:]))
    }

    /// Paths of the journal files in the folder.
    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path("runs")).map { folder.path("runs/\($0)") }
    }

    @Test("`ReportJournal` returns the newest report of an earlier run for a path")
    func remembers() throws {
        do {
            let first = try journal()
            first.remember(try report("1"), [], at: [1], modified: 5)
            first.remember(try report("2"), [], at: [255, 10, 9], modified: -6)
            first.remember(try report("3"), [], at: [1], modified: 7)
            #expect(first.report(at: [1], modified: 7)?.report.id == "3")
        }
        let second = try journal()
        #expect(second.count == 2)
        #expect(second.report(at: [1], modified: 7)?.report == (try report("3")))
        #expect(second.report(at: [1], modified: 5) == nil)
        #expect(second.report(at: [255, 10, 9], modified: -6)?.report.id == "2")
        #expect(second.report(at: [2], modified: 7) == nil)
    }

    @Test("`ReportJournal` returns all stills of a report, or none")
    func pictures() throws {
        let stills = [0, 40].map {
            Still(atMilliseconds: $0, width: 2, height: 4, jpeg: [0xff, 0xd8, 9, 10, UInt8($0)])
        }
        var seen = try report("1")
        seen.stills = stills.map(StillReference.init)
        try journal().remember(seen, stills, at: [1], modified: 5)
        try journal().remember(seen, [], at: [2], modified: 5)
        try journal().remember(seen, [stills[0]], at: [3], modified: 5)
        #expect(try journal().report(at: [1], modified: 5)?.stills == stills)
        #expect(try journal().report(at: [2], modified: 5)?.stills == [])
        #expect(try journal().report(at: [3], modified: 5)?.stills == [])
        #expect(try journal().report(at: [3], modified: 5)?.report == seen)
    }

    @Test("`ReportJournal` is empty for a run that is not resumed, and separate for each folder")
    func anew() throws {
        try journal().remember(report("1"), [], at: [1], modified: 5)
        #expect(try journal(run: ["sample", "/other"]).count == 0)
        #expect(try journal(isResumed: false).count == 0)
        #expect(try journal().count == 0)
    }

    @Test(
        "A truncated `ReportJournal` keeps its complete lines and overwrites an incomplete one",
        arguments: [1, 2, 90, 400])
    func cut(bytes: Int) throws {
        try journal().remember(report("1"), [], at: [1], modified: 5)
        let whole = try #require(FileManager.default.contents(atPath: try files()[0]))
        try journal().remember(report("2"), [], at: [2], modified: 5)
        let path = try files()[0]
        let both = try #require(FileManager.default.contents(atPath: path))
        try both.prefix(min(both.count, whole.count + bytes)).write(to: URL(filePath: path))
        do {
            let after = try journal()
            #expect(after.count == 1)
            after.remember(try report("3"), [], at: [3], modified: 5)
        }
        let last = try journal()
        #expect(last.count == 2)
        #expect(last.report(at: [1], modified: 5)?.report.id == "1")
        #expect(last.report(at: [3], modified: 5)?.report.id == "3")
    }

    @Test(
        "`ReportJournal` returns nil for a line that is no report",
        arguments: ["\n\n\t\t\n", "x\ty\tz\n", "\u{0}\u{1}\n", String(repeating: "[", count: 100_000) + "\n"])
    func garbage(text: String) throws {
        try journal().remember(report("1"), [], at: [1], modified: 5)
        let path = try files()[0]
        let key = try #require(FileManager.default.contents(atPath: path)).prefix(64)
        try (key + Data("\t5\t\(text)".utf8)).write(to: URL(filePath: path))
        #expect(try journal().report(at: [1], modified: 5) == nil)
    }

    @Test("The file of `ReportJournal` is readable by its user only, and contains no path")
    func personal() throws {
        try journal().remember(report("1"), [], at: Array("/videos/张三13812345678.mp4".utf8), modified: 5)
        let path = try files()[0]
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("13812345678") && !text.contains("videos"))
    }

    @Test("`ReportJournal` is used by one run at a time, and is nil where its file cannot be used")
    func locked() throws {
        let first = try journal()
        #expect(ReportJournal(folder: folder.path("runs"), run: run, isResumed: true) == nil)
        #expect(first.count == 0)
        let notFolder = try folder.write([1], to: "file")
        #expect(ReportJournal(folder: notFolder, run: run, isResumed: true) == nil)
    }

    @Test("`ReportJournal` removes a journal that is 91 days old, and no other file")
    func old() throws {
        _ = try journal(run: ["old"])
        let old = try files()[0]
        let other = try folder.write([1], to: "runs/notes.txt")
        for path in [old, other] {
            let long = Date(timeIntervalSinceNow: -91 * 86_400)
            try FileManager.default.setAttributes([.modificationDate: long], ofItemAtPath: path)
        }
        _ = try journal(run: ["new"])
        #expect(!FileManager.default.fileExists(atPath: old))
        #expect(FileManager.default.fileExists(atPath: other))
    }
}
