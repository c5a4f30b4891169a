import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("`EntryDatabase`")
struct EntryDatabaseTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("The writing connection uses `synchronous` FULL, WAL mode and foreign keys, so that a commit is on the disk")
    func durability() async throws {
        let store = try EntryStore(folder: folder.url.path)
        #expect(try SecondPath.run("PRAGMA synchronous", onWriterOf: store) == ["2"])
        #expect(try SecondPath.run("PRAGMA journal_mode", onWriterOf: store) == ["wal"])
        #expect(try SecondPath.run("PRAGMA foreign_keys", onWriterOf: store) == ["1"])
        try await store.submit([1, 2, 3])
        #expect(try SecondPath.run("PRAGMA synchronous", onWriterOf: store) == ["2"], "after a write, too")
        #expect(try SecondPath.run("PRAGMA journal_mode", inFolder: folder.url.path) == ["wal"])
    }

    @Test("The migrations make the schema that `Schemas/5.txt` records, under the released names")
    func schema() throws {
        _ = try EntryStore(folder: folder.url.path)
        let statements = try SecondPath.run(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name", inFolder: folder.url.path)
        let golden = try Schemas.text("5.txt")
        #expect(statements.joined(separator: ";\n") + ";\n" == golden)
        #expect(
            try SecondPath.run("SELECT identifier FROM grdb_migrations ORDER BY 1", inFolder: folder.url.path)
                == [
                    "1 entries and reports", "2 submissions", "3 evidence and checks", "4 one write path", "5 webhooks",
                ])
    }

    @Test(
        "`entry(_:)` throws `storageFailed` for a row that cannot be decoded, and the error repeats no content",
        arguments: [
            "UPDATE report SET document = replace(document, 'clipcheck.report/1', 'clipcheck.report/99')",
            "UPDATE report SET document = '{}'", "UPDATE report SET document = 'no JSON'",
            "UPDATE report SET document = X'FF00FE'", "UPDATE entry SET fields = '{\"phone\": [13900001111]}'",
            "UPDATE entry SET fields = '13900001111'",
        ])
    func unreadable(sql: String) async throws {
        let store = try EntryStore(folder: folder.url.path)
        let entry = try await store.submit([1, 2, 3], filename: "13900001111.mp4")
        try SecondPath.run(sql, inFolder: folder.url.path)
        let error = await expect(.storageFailed) { try await store.entry(entry.id) }
        #expect(error?.cause?.contains("13900001111") == false, "the log must hold no form content")
    }

    @Test("An entry can be deleted when another entry with the same bytes cannot be decoded")
    func unreadableWithSameBytes() async throws {
        let store = try EntryStore(folder: folder.url.path)
        for id in ["1", "2"] { try await store.submit([1], id: id) }
        try SecondPath.run("UPDATE entry SET fields = 'no JSON' WHERE id = '2'", inFolder: folder.url.path)
        #expect(try await store.delete("1"))
        #expect(try await store.list().map(\.id) == ["2"])
        #expect(folder.kept == [sha256([1])])
    }

    @Test(
        "An entry that cannot be decoded is still listed, and can be deleted",
        arguments: [
            "UPDATE report SET document = 'no JSON'", "UPDATE entry SET fields = 'no JSON'",
            "UPDATE entry SET fields = '[]'",
        ])
    func unreadableAmongOthers(sql: String) async throws {
        let store = try EntryStore(folder: folder.url.path)
        let entry = try await store.submit([1, 2, 3])
        try SecondPath.run(sql, inFolder: folder.url.path)
        let other = try await store.submit([4])
        #expect(try await store.list().map(\.id) == [other.id, entry.id])
        #expect(try await store.delete(entry.id))
        #expect(folder.kept == [sha256([4])])
    }

    @Test("A list shows an unknown verdict, as a later version may write it, as nil")
    func unknownVerdict() async throws {
        let store = try EntryStore(folder: folder.url.path)
        try await store.submit([1, 2, 3])
        try SecondPath.run("UPDATE entry SET verdict = 'splendid'", inFolder: folder.url.path)
        #expect(try await store.list().map(\.verdict) == [nil])
    }

    @Test(
        "`EntryStore` throws for a file that is not a database, and leaves the file unchanged",
        arguments: ["no database, but long enough to have a header of its own", "x"])
    func noDatabase(content: String) throws {
        let content = String(repeating: content, count: 200)
        try folder.write(Data(content.utf8), to: "clipcheck.sqlite")
        let error = #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        #expect(error?.code == .storageFailed)
        #expect(try String(contentsOf: folder.url.appending(component: "clipcheck.sqlite"), encoding: .utf8) == content)
    }
}
