import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

/// Opens databases of earlier releases. `Schemas/N.sql` is a dump of a database that release N wrote.
@Suite("Migration of a database of an earlier release")
struct MigrationTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "The migration of a database of release 1 keeps entries, reports and standings, and seals the forms",
        arguments: ["1.sql"])
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

    @Test("`DataFolder.migrate` returns the names of the migrations that it carried out, and carries each out once")
    func migrate() throws {
        try restore("1.sql")
        let data = DataFolder(folder.url.path)
        let migration = try #require(try data.migrate())
        #expect(migration.steps == ["2 submissions", "3 evidence and checks", "4 one write path", "5 webhooks"])
        #expect(try data.migrate() == nil)
    }

    @Test("A database of an earlier release is copied before it is migrated, readable by its user only")
    func copyBefore() throws {
        try restore("3.sql")
        let before = try SecondPath.run("SELECT group_concat(id) FROM entry", inFolder: folder.url.path)
        let migration = try #require(try EntryStore(folder: folder.url.path).migration)
        #expect(migration.steps == ["4 one write path", "5 webhooks"])
        let name = String(try #require(migration.backup.split(separator: "/").last))
        #expect(name.wholeMatch(of: /clipcheck\.schema-3\.[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}\.sqlite/) != nil)
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let old = try TemporaryFolder()
        try FileManager.default.copyItem(atPath: folder.path(name), toPath: old.path("clipcheck.sqlite"))
        #expect(try SecondPath.run("SELECT group_concat(id) FROM entry", inFolder: old.url.path) == before)
        let applied = try SecondPath.run("SELECT max(identifier) FROM grdb_migrations", inFolder: old.url.path)
        #expect(applied == ["3 evidence and checks"])
        #expect(try EntryStore(folder: folder.url.path).migration == nil)
        #expect(folder.files.count { $0.hasPrefix("clipcheck.schema-") } == 1)
    }

    @Test("A database of a newer release is refused with both versions, and not changed")
    func newer() throws {
        try EntryStore(folder: folder.url.path).close()
        try SecondPath.run(
            "INSERT INTO grdb_migrations VALUES ('99 something new')", inFolder: folder.url.path)
        let content =
            "SELECT (SELECT group_concat(sql) FROM sqlite_master) || group_concat(identifier) FROM grdb_migrations"
        let before = try SecondPath.run(content, inFolder: folder.url.path)
        let error = #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        #expect(error?.code == .storageFailed)
        let ours = EntryDatabase.newestSchema
        #expect(error?.message.en.contains("has schema 99, which a newer clipcheck wrote") == true)
        #expect(error?.message.en.contains("clipcheck \(Release.version), which knows schemas up to \(ours)") == true)
        #expect(error?.message.zh.contains("第 99 版格式") == true)
        #expect(error?.message.zh.contains("clipcheck \(Release.version)，只认识到第 \(ours) 版") == true)
        #expect(try SecondPath.run(content, inFolder: folder.url.path) == before)
        #expect(!folder.files.contains { $0.contains("schema") })
    }

    @Test("Entries of release 3 are read with report, form, contacts, sign-offs, stills and `sameMedia`")
    func releaseThree() async throws {
        try restore("3.sql")
        let store = try EntryStore(folder: folder.url.path)
        let lines = try await store.list()
        #expect(lines.map(\.title) == ["只有表单", "守信之歌", "诚信故事"])
        #expect(lines.map(\.category) == [nil, "动画类", "剧情类"])
        #expect(lines.map(\.verdict) == [nil, .needsReview, .compliant])
        #expect(lines.map(\.check) == [nil, "ce15dda7-12cc-4788-a210-bcc50ec9f56b", nil])
        let first = try #require(try await store.entry(lines[2].id))
        #expect(first.fields == ["title": "诚信故事", "category": "剧情类"])
        #expect(first.contacts?.fields == ["phone": "13800138000"])
        #expect(first.version == 1)
        #expect(first.signOffs.map(\.item.rule) == ["originality"])
        #expect(first.report?.id == "ce15dda7-12cc-4788-a210-bcc50ec9f56a")
        #expect(first.sameMedia == SameMedia(earlier: 0, later: 1, ids: [lines[1].id]))
        #expect(first.uniqueness?.outcome == .pass)
        let second = try #require(try await store.entry(lines[1].id))
        #expect(second.sameMedia == SameMedia(earlier: 1, later: 0, ids: [lines[2].id]))
        #expect(second.uniqueness?.reason == "same-file")
        #expect(try await store.stills(ofReport: "ce15dda7-12cc-4788-a210-bcc50ec9f56a").map(\.width) == [2])
        #expect(try await store.nextCheck(beyond: [])?.entry == second.id)
        #expect(try await store.isDeleted("3f0c1c52-7d0e-4b6a-9d3f-0d1f4c1a0009"))
        #expect(try await store.holdsItsFile(first.id, first.media))
    }

    @Test("Text search and filters find the entries of release 3, also after another start")
    func search() async throws {
        try restore("3.sql")
        for _ in 1...2 {
            let store = try EntryStore(folder: folder.url.path)
            for (query, expected) in [
                (EntryQuery(text: "诚信"), ["诚信故事"]), (EntryQuery(text: "信"), ["守信之歌", "诚信故事"]),
                (EntryQuery(text: "作品"), ["守信之歌", "诚信故事"]), (EntryQuery(text: "13800138000"), []),
                (EntryQuery(category: "动画类"), ["守信之歌"]), (EntryQuery(day: "2026-11-21", text: "表单"), ["只有表单"]),
                (EntryQuery(contest: "xian-2024", verdict: .compliant, standing: .open), ["诚信故事"]),
            ] {
                #expect(try await store.list(query).map(\.title) == expected, "\(query)")
            }
            store.close()
        }
    }

    @Test("Uploads of release 3 can be resumed, and its kept answers are removed with their fingerprints")
    func uploadsAndAnswers() async throws {
        try restore("3.sql")
        try FileManager.default.createDirectory(atPath: folder.path("incoming"), withIntermediateDirectories: true)
        try folder.write([1, 2, 3], to: "incoming/upload-open.part")
        let store = try EntryStore(folder: folder.url.path)
        let upload = try #require(try await store.upload("upload-open"))
        #expect(upload.fields == ["title": "守诺", "phone": "13900139000"])
        #expect(upload.filename == "守诺.mp4")
        #expect(upload.offset == 3)
        #expect(upload.owner == nil)
        #expect(try await store.upload("upload-done")?.entry == "3f0c1c52-7d0e-4b6a-9d3f-0d1f4c1a0001")
        #expect(try SecondPath.run("SELECT count(*) FROM answer", inFolder: folder.url.path) == ["0"])
        try await store.tidy(at: .sample)
        let fingerprint = Data("9f86d081884c7d659a2feaa0c55ad015".utf8)
        // The copy from before the migration has what there was before.
        for name in folder.files where !name.hasPrefix("clipcheck.schema-") {
            let data = try Data(contentsOf: folder.url.appending(path: name))
            #expect(data.range(of: fingerprint) == nil, "\(name)")
        }
    }

    @Test("A database of release 3 opens although an entry cannot be decoded, and lists filter that entry")
    func unreadable() async throws {
        try restore("3.sql")
        try SecondPath.run("UPDATE entry SET fields = 'no JSON' WHERE number = 1", inFolder: folder.url.path)
        let store = try EntryStore(folder: folder.url.path)
        #expect(try await store.list().map(\.title) == ["只有表单", "守信之歌", nil])
        let filtered = try await store.list(EntryQuery(contest: "xian-2024", verdict: .compliant))
        #expect(filtered.map(\.id) == ["3f0c1c52-7d0e-4b6a-9d3f-0d1f4c1a0001"])
        #expect(try await store.delete("3f0c1c52-7d0e-4b6a-9d3f-0d1f4c1a0001"))
    }

    @Test("`EntryStore` throws for a database of a later release")
    func later() throws {
        _ = try EntryStore(folder: folder.url.path)
        try SecondPath.run("INSERT INTO grdb_migrations VALUES ('9 to come')", inFolder: folder.url.path)
        let error = #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        #expect(error?.code == .storageFailed)
    }

    /// Makes a data folder from the dump of a release.
    private func restore(_ dump: String) throws {
        let key = "release-3 \(Data(repeating: 3, count: 32).base64EncodedString())\n"
        try folder.write(Data(key.utf8), to: "clipcheck.keys")
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
