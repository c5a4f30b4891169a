import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("`DataFolder.faults`")
struct DataFolderFaultsTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: DataFolder { DataFolder(folder.url.path) }

    private func faults() throws -> [DataFolder.Fault] { try data.faults { _ in } }

    private func open() throws -> EntryStore { try EntryStore(folder: folder.url.path) }

    private func file(_ content: [UInt8]) -> String {
        let sum = sha256(content)
        return folder.path("media/\(sum.prefix(2))/\(sum)")
    }

    /// Stores two entries with the same file, one with another file, one without media, and one with contacts.
    private func fill(_ store: EntryStore) async throws {
        for (id, content) in [("1", [1]), ("2", [1]), ("3", [UInt8](repeating: 2, count: 100_000)), ("4", nil)] {
            try await store.submit(content, id: id)
        }
        let contacts = Contacts(fields: ["phone": "13800138000"])
        try await store.add(
            Entry(id: "5", createdAt: "", contest: "sample", fields: [:], contacts: contacts), taking: nil)
    }

    @Test(
        "`DataFolder.faults` finds no fault in a sound folder, open or closed, and counts every file once",
        arguments: [true, false])
    func sound(isOpen: Bool) async throws {
        var store: EntryStore? = try open()
        try await fill(try #require(store))
        if !isOpen { store = nil }
        let before = folder.files
        var seen: [DataFolder.Progress] = []
        #expect(try data.faults { seen.append($0) } == [])
        #expect(seen.map(\.files.done) == [1, 2])
        #expect(seen.last?.files.all == 2)
        #expect(seen.last?.bytes.done == 100_001)
        #expect(seen.last?.bytes.all == 100_001)
        #expect(
            folder.files.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }
                == before.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix("-wal") }, "`faults` changes no file")
        withExtendedLifetime(store) {}
    }

    @Test("`DataFolder.faults` finds no fault in an empty folder")
    func empty() throws {
        _ = try open()
        #expect(try faults() == [])
    }

    @Test("`DataFolder.faults` reports a missing file once for every entry that names it")
    func missing() async throws {
        let store = try open()
        try await fill(store)
        try FileManager.default.removeItem(atPath: file([1]))
        #expect(try faults() == [.mediaMissing(entry: "1"), .mediaMissing(entry: "2")])
        #expect(try await store.entriesWithoutMedia() == ["1", "2"])
    }

    @Test(
        "`DataFolder.faults` reports a file whose bytes differ from its row's size or SHA-256",
        arguments: ["longer", "shorter", "empty", "one bit"])
    func changed(how: String) async throws {
        let store = try open()
        try await fill(store)
        let path = file([UInt8](repeating: 2, count: 100_000))
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        switch how {
        case "longer":
            try handle.seekToEnd()
            try handle.write(contentsOf: Data([2]))
        case "shorter": try handle.truncate(atOffset: 99_999)
        case "empty": try handle.truncate(atOffset: 0)
        default:
            try handle.seek(toOffset: 77_777)
            try handle.write(contentsOf: Data([3]))
        }
        try handle.close()
        #expect(try faults() == [.mediaChanged(entry: "3")])
        #expect(try await store.entriesWithoutMedia() == (how == "one bit" ? [] : ["3"]), "it compares sizes only")
    }

    @Test("`DataFolder.faults` reports a file that no entry names, and the next start of a store removes it")
    func stray() async throws {
        try await fill(try open())
        let name = sha256([7])
        try FileManager.default.createDirectory(
            atPath: folder.path("media/\(name.prefix(2))"), withIntermediateDirectories: true)
        try folder.write([7], to: "media/\(name.prefix(2))/\(name)")
        #expect(try faults() == [.strayMedia(name: name)])
        _ = try open()
        #expect(try faults() == [])
    }

    @Test(
        "`DataFolder.faults` reports contacts that cannot be opened",
        arguments: ["key file gone", "another key", "changed", "another's"])
    func locked(how: String) async throws {
        do {
            let store = try open()
            try await fill(store)
            let contacts = Contacts(fields: ["phone": "13900139000"])
            try await store.add(
                Entry(id: "6", createdAt: "", contest: "sample", fields: [:], contacts: contacts), taking: nil)
        }
        let keys = folder.path("clipcheck.keys")
        switch how {
        case "key file gone": try FileManager.default.removeItem(atPath: keys)
        case "another key":
            try Data("a \(Data(repeating: 1, count: 32).base64EncodedString())".utf8).write(to: URL(filePath: keys))
        case "changed": try run("UPDATE entry SET contacts = zeroblob(60) WHERE contacts IS NOT NULL")
        default:
            try run(
                """
                CREATE TEMP TABLE old AS SELECT id, contacts FROM entry;
                UPDATE entry SET contacts = (SELECT contacts FROM old WHERE id = '6') WHERE id = '5';
                UPDATE entry SET contacts = (SELECT contacts FROM old WHERE id = '5') WHERE id = '6';
                """)
        }
        #expect(try faults() == [.contactsLocked(entry: "5"), .contactsLocked(entry: "6")])
        #expect(FileManager.default.fileExists(atPath: keys) == (how != "key file gone"), "`faults` makes no key file")
    }

    @Test("`DataFolder.faults` reports a damaged database, or throws `storageFailed` when SQLite cannot read it")
    func damaged() async throws {
        do {
            let store = try open()
            for number in 0..<200 { try await store.submit(nil, id: "\(number)") }
        }
        let path = folder.path("clipcheck.sqlite")
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        let pages = try #require(try handle.seekToEnd() / 4096 as UInt64?)
        try #require(pages > 8)
        // Overwrites the root page of the index on `entry.id`.
        let root = try #require(
            UInt64(
                try SecondPath.run(
                    "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_entry_1'",
                    inFolder: folder.url.path)[0]))
        try handle.seek(toOffset: (root - 1) * 4096)
        try handle.write(contentsOf: Data(repeating: 0xFF, count: 4096))
        try handle.close()
        do throws(IntakeError) {
            let found = try data.faults { _ in }
            #expect(found.contains { if case .databaseDamaged = $0 { true } else { false } }, "\(found)")
        } catch {
            #expect(error.code == .storageFailed)
        }
    }

    @Test(
        "`DataFolder.faults` names an entry whose form cannot be decoded, and does not take its media file for a stray",
        arguments: [
            "UPDATE entry SET fields = '[' WHERE id = '3'",
            "INSERT INTO report (id, entry, createdAt, contest, contestRevision, contestDigest, verdict, schema, document)"
                + " SELECT 'r', number, '', 'sample', 1, '', 'compliant', 'clipcheck.report/1', '{}' FROM entry WHERE id = '3'",
        ])
    func unreadable(statement: String) async throws {
        try await fill(try open())
        try SecondPath.run(statement, inFolder: folder.url.path)
        #expect(try faults() == [.entryUnreadable(entry: "3")])
    }

    @Test("`DataFolder.faults` reports four kinds of faults in one run: contacts, missing, changed and stray files")
    func everything() async throws {
        try await fill(try open())
        try FileManager.default.removeItem(atPath: file([1]))
        try Data([3]).write(to: URL(filePath: file([UInt8](repeating: 2, count: 100_000))))
        try folder.write([7], to: "media/4b/stray")
        try FileManager.default.removeItem(atPath: folder.path("clipcheck.keys"))
        #expect(
            try faults() == [
                .contactsLocked(entry: "5"), .mediaMissing(entry: "1"), .mediaMissing(entry: "2"),
                .mediaChanged(entry: "3"), .strayMedia(name: "stray"),
            ])
    }

    @Test(
        "`DataFolder.faults` and `backUp` throw `fileMissing` for a folder without a database",
        arguments: [true, false])
    func noDatabase(isLooking: Bool) throws {
        let error = #expect(throws: IntakeError.self) {
            if isLooking { _ = try faults() } else { try data.backUp(to: folder.path("copy")) }
        }
        #expect(error?.code == .fileMissing)
        #expect(error?.message.en.contains("--data") == true)
        #expect(folder.files == [])
    }

    @discardableResult
    private func run(_ sql: String) throws -> [String] { try SecondPath.run(sql, inFolder: folder.url.path) }
}

@Suite("`DataFolder.backUp`")
struct BackupTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let contacts = Contacts(fields: ["phone": "13800138000"])

    @Test("A backup of an open store is one file, and opens as a store with the same entries")
    func whileOpen() async throws {
        let store = try EntryStore(folder: folder.path("data"))
        let entry = Entry(id: "1", createdAt: "", contest: "sample", fields: ["a": "b"], contacts: Self.contacts)
        try await store.add(entry, taking: nil)
        let kept = try await store.submit([1, 2, 3], id: "2")
        try FileManager.default.createDirectory(atPath: folder.path("copy"), withIntermediateDirectories: true)
        try DataFolder(folder.path("data")).backUp(to: folder.path("copy/clipcheck.sqlite"))
        #expect(folder.files.filter { $0.hasPrefix("copy/") } == ["copy/clipcheck.sqlite"])
        try await store.submit(nil, id: "3")  // an entry after the backup is not in the copy
        for name in ["clipcheck.keys", "media"] {
            try FileManager.default.copyItem(atPath: folder.path("data/\(name)"), toPath: folder.path("copy/\(name)"))
        }
        #expect(try DataFolder(folder.path("copy")).faults { _ in } == [])
        let copy = try EntryStore(folder: folder.path("copy"))
        #expect(try await copy.list().map(\.id) == ["2", "1"])
        #expect(try await copy.entry("1") == entry)
        #expect(try await copy.entry("2") == kept)
        #expect(try await copy.holdsItsFile("2", kept.media))
    }

    @Test("A backup that is made during writes is consistent: every entry in it has its report")
    func whileWriting() async throws {
        let store = try EntryStore(folder: folder.path("data"))
        async let writing: Void = {
            for number in 0..<60 { try await store.submit([UInt8(number)], id: "\(number)") }
        }()
        for number in 0..<5 {
            let path = folder.path("copy-\(number)")
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let data = DataFolder(folder.path("data"))
            try await withCheckedThrowingContinuation { done in
                Thread.detachNewThread { done.resume(with: Result { try data.backUp(to: "\(path)/clipcheck.sqlite") }) }
            }
            #expect(try SecondPath.run("PRAGMA integrity_check", inFolder: path) == ["ok"])
            #expect(
                try SecondPath.run(
                    "SELECT (SELECT count(*) FROM entry) - (SELECT count(*) FROM report)", inFolder: path) == ["0"])
        }
        try await writing
        #expect(try await store.list().count == 60)
    }

    @Test("`DataFolder.backUp` overwrites no file")
    func exists() async throws {
        let store = try EntryStore(folder: folder.path("data"))
        let path = try folder.write(Data("precious".utf8), to: "copy")
        let error = #expect(throws: IntakeError.self) { try DataFolder(folder.path("data")).backUp(to: path) }
        #expect(error?.message.zh.contains(path) == true)
        #expect(error?.message.en.contains("not overwritten") == true)
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("precious".utf8))
        withExtendedLifetime(store) {}
    }

    @Test("A backup file is readable by its user only")
    func permissions() async throws {
        let store = try EntryStore(folder: folder.path("data"))
        try DataFolder(folder.path("data")).backUp(to: folder.path("copy"))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path("copy"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
        withExtendedLifetime(store) {}
    }

    @Test("`DataFolder.backUp` throws when the copy cannot be written", arguments: ["missing/folder/copy", "data"])
    func unwritable(name: String) throws {
        _ = try EntryStore(folder: folder.path("data"))
        #expect(throws: IntakeError.self) { try DataFolder(folder.path("data")).backUp(to: folder.path(name)) }
    }
}
