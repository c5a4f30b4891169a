import ContestRules
import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

/// Databases of every release, opened by this one. `Schemas/N.sql` is a dump of what release N wrote.
@Suite("a database of an earlier release")
struct MigrationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("keeps its entries, reports and standings, and its forms are sealed", arguments: ["1.sql"])
    func entries(dump: String) async throws {
        try restore(dump)
        let store = try EntryStore(folder: folder.url.path)
        let lines = try await store.list()
        #expect(lines.map(\.verdict) == [nil, .nonCompliant, .compliant])
        #expect(lines.map(\.standing) == [.open, .rejected, .open])
        let entry = try #require(try await store.entry(lines[2].id))
        #expect(entry.fields == [:])
        #expect(entry.contacts?.fields == ["作品名称": "守信", "联系电话": "13800138000"])
        #expect(entry.received?.text == entry.createdAt)
        #expect(entry.report?.verdict == .compliant)
        #expect(entry.admission == nil)
        #expect(try await store.holdsItsFile(entry.id, entry.media))
        let stored = try SecondPath.run("SELECT group_concat(fields) FROM entry", inFolder: folder.url.path)
        #expect(stored == ["{},{},{}"])
    }

    @Test("is brought up to date by name, once")
    func migrate() throws {
        try restore("1.sql")
        let data = DataFolder(folder.url.path)
        #expect(try data.migrate() == ["2 submissions", "3 evidence and checks"])
        #expect(try data.migrate() == [])
    }

    @Test("of a later release is refused and left as it is")
    func later() throws {
        _ = try EntryStore(folder: folder.url.path)
        try SecondPath.run("INSERT INTO grdb_migrations VALUES ('4 to come')", inFolder: folder.url.path)
        let error = #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        #expect(error?.code == .storageFailed)
    }

    /// Makes a data folder as the release left it.
    private func restore(_ dump: String) throws {
        try SecondPath.run(Schemas.text(dump), inFolder: folder.url.path)
        for clip in ["作品.mp4", "no-moov.mp4"] {
            let content = try Data(contentsOf: URL(filePath: TestMedia.path(clip)))
            let sum = sha256([UInt8](content))
            let kept = folder.url.appending(components: "media", String(sum.prefix(2)))
            try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
            try content.write(to: kept.appending(component: sum))
        }
    }
}

/// The files in `Schemas`.
enum Schemas {
    static func text(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(component: "Schemas")
        return try String(contentsOf: folder.appending(component: name), encoding: .utf8)
    }
}
