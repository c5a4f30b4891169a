import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("Opening, locking and restarting `EntryStore` on a data folder")
struct DataFolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        "`EntryStore` makes its data folder at the given path, with the missing parent folders",
        arguments: ["data", "a/b/c", "数据 目录/参赛 作品", "it's 100% #1?", "-data", "😀", "trailing/"])
    func making(name: String) async throws {
        let path = folder.url.path + "/" + name
        let store = try EntryStore(folder: path)
        let entry = try await store.submit([1, 2, 3])
        #expect(try await store.holdsItsFile(entry.id, entry.media))
        let base = name.hasSuffix("/") ? name : name + "/"
        let expected = [
            "clipcheck.keys", "clipcheck.lock", "clipcheck.sqlite", "clipcheck.sqlite-shm", "clipcheck.sqlite-wal",
            "media/03/\(sha256([1, 2, 3]))",
        ]
        #expect(folder.files == expected.map { base + $0 })
    }

    @Test("The data folder's folders, lock file and media files are readable by their user only")
    func permissions() async throws {
        let store = try EntryStore(folder: folder.path("data"))
        try await store.submit([1, 2, 3])
        for name in ["data", "data/media", "data/media/03", "data/incoming"] {
            #expect(try mode(name) == 0o700, "\(name)")
        }
        for name in ["data/clipcheck.lock", "data/media/03/\(sha256([1, 2, 3]))"] {
            #expect(try mode(name) == 0o600, "\(name)")
        }
    }

    @Test("`EntryStore` gives the same entries, reports and files after a restart")
    func restart() async throws {
        var entries: [Entry] = []
        do {
            let store = try EntryStore(folder: folder.url.path)
            for verdict in Verdict.allCases {
                entries.append(try await store.submit(Array(verdict.rawValue.utf8), verdict: verdict))
            }
            entries.append(try await store.submit(nil))
        }
        let store = try EntryStore(folder: folder.url.path)
        #expect(try await store.list().map(\.id) == entries.reversed().map(\.id))
        for entry in entries {
            #expect(try await store.entry(entry.id) == entry)
            #expect(try await store.holdsItsFile(entry.id, entry.media))
        }
        let newer = try await store.submit([1])
        #expect(try await store.list().first?.id == newer.id)
    }

    @Test("A second `EntryStore` on a data folder is refused until the first is deallocated")
    func lock() throws {
        var first: EntryStore? = try EntryStore(folder: folder.url.path)
        let error = #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        #expect(error?.code == .storageFailed)
        #expect(error?.message.en.contains("Another clipcheck uses this data folder") == true)
        #expect(error?.message.zh.contains("另一个 clipcheck") == true)
        #expect(error?.cause == nil)
        #expect(first != nil)
        first = nil
        #expect(throws: Never.self) { try EntryStore(folder: folder.url.path) }
    }

    @Test("A second `EntryStore` on a data folder is refused, and removes no file that the first is receiving")
    func lockBeforeSweep() async throws {
        let store = try EntryStore(folder: folder.url.path)
        let upload = try await store.vault.stage()
        #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        #expect(folder.incoming.count == 1)
        try await upload.write([1, 2, 3])
        #expect(try await upload.finish().media.sha256 == sha256([1, 2, 3]))
    }

    @Test(
        "`EntryStore` releases the lock of a data folder that it could not open",
        arguments: ["media", "incoming", "clipcheck.sqlite"])
    func lockAfterFailure(name: String) throws {
        let obstacle = folder.path(name)
        if name == "clipcheck.sqlite" {
            try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
        } else {
            try folder.write([1], to: name)
        }
        #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        try FileManager.default.removeItem(atPath: obstacle)
        #expect(throws: Never.self) { try EntryStore(folder: folder.url.path) }
    }

    @Test("A start of `EntryStore` removes the partly received files of an earlier run, and keeps the media files")
    func sweeping() async throws {
        do { try await EntryStore(folder: folder.url.path).submit([1, 2, 3]) }
        try folder.write([1], to: "incoming/left.part")
        try FileManager.default.createDirectory(
            atPath: folder.path("incoming/folder/inner"), withIntermediateDirectories: true)
        try folder.write([1], to: "incoming/folder/inner/file")
        let store = try EntryStore(folder: folder.url.path)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("incoming")) == [])
        #expect(folder.kept == [sha256([1, 2, 3])])
        try await store.checkReady()
    }

    @Test("`EntryStore` throws when its data folder cannot be made, and the error names the path and `--data`")
    func impossible() throws {
        let path = try folder.write([1], to: "file") + "/data"
        let error = #expect(throws: IntakeError.self) { try EntryStore(folder: path) }
        #expect(error?.code == .storageFailed)
        #expect(error?.message.en.contains("\"\(path)\" cannot be made") == true)
        #expect(error?.message.zh.contains("--data") == true)
    }

    @Test(
        "`EntryStore` throws when its data folder is read-only",
        .enabled(if: geteuid() != 0, "root may write everything"))
    func unwritable() throws {
        chmod(folder.url.path, 0o500)
        defer { chmod(folder.url.path, 0o700) }
        let error = #expect(throws: IntakeError.self) { try EntryStore(folder: folder.url.path) }
        #expect(error?.code == .storageFailed)
    }

    @Test("`checkReady()` passes while the data folder can be written")
    func ready() async throws {
        let store = try EntryStore(folder: folder.url.path)
        for _ in 0..<3 { try await store.checkReady() }
        #expect(try await store.list() == [])
        try await store.submit([1])
        try await store.checkReady()
    }

    @Test("`checkReady()` throws when the folder `incoming` or `media` is missing", arguments: ["incoming", "media"])
    func notReady(name: String) async throws {
        let store = try EntryStore(folder: folder.url.path)
        try FileManager.default.removeItem(atPath: folder.path(name))
        await expect(.storageFailed) { try await store.checkReady() }
    }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
    }
}
