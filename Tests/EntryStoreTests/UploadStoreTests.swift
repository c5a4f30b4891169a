import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("Uploads in several requests in `EntryStore`")
struct UploadStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open() throws -> EntryStore { try EntryStore(folder: folder.url.path) }

    private static func upload(
        _ id: String = UUID().uuidString.lowercased(), length: Int64 = 10, expires: Moment = .sample
    ) -> ResumableUpload {
        ResumableUpload(
            id: id, contest: "sample", fields: ["title": "守信", "phone": "13800138000"], filename: "作品.mp4",
            metadata: "title 5a6I5L+h", length: length, expires: expires)
    }

    /// The change by which a whole upload becomes the entry `id`.
    private static func arrival(_ id: String, of staged: StagedMedia, by upload: String) throws -> EntryChange {
        let media = EntryChange.NewMedia(staged, named: "作品.mp4", received: .sample, report: nil)
        return EntryChange(
            entry: id, at: .sample, .arrived(.init(fields: [:], media: media, upload: upload)), rules: try .sample())
    }

    /// Resumes an upload, writes `bytes` and commits.
    private static func append(_ bytes: [UInt8], to id: String, in store: EntryStore, received: Moment? = nil)
        async throws
    {
        let media = try await store.resume(try #require(try await store.upload(id)))
        try await media.write(bytes[...])
        try await media.commit(received: received, expires: .sample)
        await media.close()
    }

    @Test("`upload(_:)` reads an upload as it was added, also after a restart, and its metadata is sealed")
    func record() async throws {
        let upload = Self.upload()
        do {
            let store = try open()
            try await store.add(upload, request: nil)
            #expect(try await store.upload(upload.id) == upload)
            #expect(folder.incoming == ["incoming/\(upload.id).part"])
        }
        let store = try open()
        #expect(try await store.upload(upload.id) == upload)
        #expect(try await store.upload("other") == nil)
        #expect(try await store.upload(upload.id + "\u{0}") == nil)
        for secret in ["13800138000", "守信", "作品", "5a6I5L+h"] {
            for file in folder.files {
                let data = try Data(contentsOf: folder.url.appending(path: file))
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret) in \(file)")
            }
        }
    }

    @Test("An upload whose id is taken is refused, and the earlier upload keeps its bytes")
    func twice() async throws {
        let (store, upload) = (try open(), Self.upload())
        try await store.add(upload, request: nil)
        try await Self.append([1, 2, 3], to: upload.id, in: store)
        await expect(.storageFailed) { try await store.add(upload, request: nil) }
        #expect(try await store.upload(upload.id)?.offset == 3)
        try await Self.append([4], to: upload.id, in: store)
        #expect(try await store.upload(upload.id)?.offset == 4)
    }

    @Test("The offset of an upload is that of the last commit", arguments: [false, true])
    func commit(reopens: Bool) async throws {
        let upload = Self.upload()
        let later = Moment.sample.advanced(by: .seconds(60))
        var store: EntryStore? = try open()
        do {
            let store = try #require(store)
            try await store.add(upload, request: nil)
            let media = try await store.resume(upload)
            try await media.write([1, 2, 3])
            #expect(try await store.upload(upload.id)?.offset == 0, "bytes that may still be lost are not acknowledged")
            try await media.commit(received: nil, expires: later)
            #expect(try await store.upload(upload.id)?.offset == 3)
            #expect(try await store.upload(upload.id)?.expires == later)
            #expect(try await store.upload(upload.id)?.received == nil)
            try await media.write([4, 5])
            try await media.commit(received: .sample, expires: later)
            await media.close()
        }
        if reopens { store = nil }
        let last = try store ?? open()
        let found = try await last.upload(upload.id)
        #expect(found?.offset == 5)
        #expect(found?.received == .sample)
    }

    @Test(
        "An upload drops the bytes that were rolled back, and accepts new bytes after the last commit",
        arguments: [0, 3, 2 << 20])
    func rollBack(committed: Int) async throws {
        let (store, upload) = (try open(), Self.upload(length: 5 << 20))
        try await store.add(upload, request: nil)
        let media = try await store.resume(upload)
        let kept = [UInt8](repeating: 1, count: committed)
        try await media.write(kept[...])
        try await media.commit(received: nil, expires: .sample)
        try await media.write(ArraySlice(repeating: 2, count: (1 << 20) + 7))
        await media.rollBack()
        try await media.write([3])
        try await media.commit(received: nil, expires: .sample)
        #expect(try await store.upload(upload.id)?.offset == Int64(committed) + 1)
        let staged = try await media.finish()
        #expect(staged.media.sha256 == sha256(kept + [3]))
        #expect(try staged.file.read(at: 0, count: 4 << 20) == kept + [3])
        await media.close()
    }

    @Test(
        "The digest of an upload is that of all its bytes, with restarts between its requests",
        arguments: [[], [1], [0, 1, 2]])
    func digest(restarts: Set<Int>) async throws {
        let upload = Self.upload(length: 3_000_000)
        let pieces = [(0..<1_500_000), (1_500_000..<1_500_001), (1_500_001..<3_000_000)].map { range in
            range.map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }
        }
        var store: EntryStore? = try open()
        try await store?.add(upload, request: nil)
        for (number, piece) in pieces.enumerated() {
            try await Self.append(piece, to: upload.id, in: try #require(store))
            guard restarts.contains(number) else { continue }
            store = nil
            store = try open()
        }
        let last = try #require(store)
        let media = try await last.resume(try #require(try await last.upload(upload.id)))
        let staged = try await media.finish()
        #expect(staged.media.bytes == 3_000_000)
        #expect(staged.media.sha256 == sha256(pieces.flatMap(\.self)))
        await media.close()
    }

    @Test(
        "A resumed upload drops the bytes of its file beyond its offset, which were never acknowledged",
        arguments: [true, false])
    func beyond(reopens: Bool) async throws {
        let upload = Self.upload()
        var store: EntryStore? = try open()
        try await store?.add(upload, request: nil)
        try await Self.append([1, 2, 3], to: upload.id, in: try #require(store))
        if reopens { store = nil }
        let file = try FileHandle(forWritingTo: folder.url.appending(path: "incoming/\(upload.id).part"))
        try file.seekToEnd()
        try file.write(contentsOf: Data([9, 9, 9, 9]))
        try file.close()
        let reopened = try store ?? open()
        try await Self.append([4], to: upload.id, in: reopened)
        let media = try await reopened.resume(try #require(try await reopened.upload(upload.id)))
        let staged = try await media.finish()
        #expect(try staged.file.read(at: 0, count: 99) == [1, 2, 3, 4])
        #expect(staged.media.sha256 == sha256([1, 2, 3, 4]))
        await media.close()
    }

    @Test(
        "`resume` throws `storageFailed` when an upload's file is missing or shorter than its offset",
        arguments: [2, 0, nil])
    func short(size: Int?) async throws {
        let (store, upload) = (try open(), Self.upload())
        try await store.add(upload, request: nil)
        try await Self.append([1, 2, 3], to: upload.id, in: store)
        let path = folder.path("incoming/\(upload.id).part")
        if let size { truncate(path, off_t(size)) } else { try FileManager.default.removeItem(atPath: path) }
        let found = try #require(try await store.upload(upload.id))
        await expect(.storageFailed) { try await store.resume(found) }
        #expect(try await store.delete(upload: upload.id), "the upload can still be deleted")
    }

    @Test(
        "A start removes an upload whose file is missing or shorter than its offset, and keeps every other one",
        arguments: [2, nil])
    func lost(size: Int?) async throws {
        let upload = Self.upload()
        let path = folder.path("incoming/\(upload.id).part")
        do {
            let store = try open()
            try await store.add(upload, request: nil)
            try await Self.append([1, 2, 3], to: upload.id, in: store)
        }
        do {
            let store = try open()
            #expect(store.lostUploads == [])
            #expect(try await store.upload(upload.id)?.offset == 3)
        }
        if let size { truncate(path, off_t(size)) } else { try FileManager.default.removeItem(atPath: path) }
        let store = try open()
        #expect(store.lostUploads == [upload.id])
        #expect(try await store.upload(upload.id) == nil)
        #expect(!FileManager.default.fileExists(atPath: path), "the rest of its bytes goes as well")
    }

    @Test("An upload accepts no more bytes than its length")
    func length() async throws {
        let (store, upload) = (try open(), Self.upload(length: 4))
        try await store.add(upload, request: nil)
        let media = try await store.resume(upload)
        try await media.write([1, 2, 3, 4])
        await expect(.mediaTooLarge) { try await media.write([5]) }
        await media.close()
    }

    @Test(
        "An upload becomes an entry in one transaction: entry, link and file exist, or none of them",
        arguments: [true, false])
    func entry(isKept: Bool) async throws {
        let (store, upload) = (try open(), Self.upload(length: 3))
        try await store.add(upload, request: nil)
        try await Self.append([1, 2, 3], to: upload.id, in: store, received: .sample)
        #expect(try await store.uploadsWithoutEntry().map(\.id) == [upload.id])
        let media = try await store.resume(try #require(try await store.upload(upload.id)))
        let staged = try await media.finish()
        if !isKept { try await store.submit(nil, id: "1") }  // an id that is taken
        _ = try? await store.apply(Self.arrival("1", of: staged, by: upload.id))
        await media.close()
        #expect(try await store.upload(upload.id)?.entry == (isKept ? "1" : nil))
        #expect(try await store.uploadsWithoutEntry().map(\.id) == (isKept ? [] : [upload.id]))
        #expect(folder.kept == (isKept ? [sha256([1, 2, 3])] : []))
        #expect(folder.incoming == (isKept ? [] : ["incoming/\(upload.id).part"]))
        if isKept {
            #expect(try await store.delete("1"))
            #expect(try await store.upload(upload.id) == nil, "the upload is deleted with its entry")
        }
    }

    @Test("A start of `EntryStore` keeps the files of uploads that have not become an entry, and removes stray files")
    func sweep() async throws {
        let (opened, whole, done) = (
            Self.upload("open"), Self.upload("whole", length: 3), Self.upload("done", length: 3)
        )
        do {
            let store = try open()
            for upload in [opened, whole, done] {
                try await store.add(upload, request: nil)
                try await Self.append([1, 2, 3], to: upload.id, in: store)
            }
            let media = try await store.resume(try #require(try await store.upload("done")))
            let staged = try await media.finish()
            _ = try await store.apply(Self.arrival("1", of: staged, by: "done"))
            await media.close()
        }
        for name in ["stray.part", "done.part", "open", "open.part.tmp"] {
            try folder.write([7], to: "incoming/\(name)")
        }
        let store = try open()
        #expect(folder.incoming == ["incoming/open.part", "incoming/whole.part"])
        #expect(folder.kept == [sha256([1, 2, 3])])
        #expect(try await store.upload("open")?.offset == 3)
        #expect(try await store.uploadsWithoutEntry().map(\.id) == ["whole"])
    }

    @Test("`uploads(expiredAt:)` gives an upload from the millisecond on at which it expires")
    func expiry() async throws {
        let store = try open()
        let times = [("before", -1), ("at", 0), ("after", 1)]
        for (id, offset) in times {
            let expires = Moment.sample.advanced(by: .milliseconds(offset))
            try await store.add(Self.upload(id, expires: expires), request: nil)
        }
        #expect(try await store.uploads(expiredAt: .sample) == ["before", "at"])
        for id in try await store.uploads(expiredAt: .sample) { #expect(try await store.delete(upload: id)) }
        #expect(try await store.uploads(expiredAt: .sample) == [])
        #expect(folder.incoming == ["incoming/after.part"])
        #expect(try await store.upload("after") != nil)
        for id in ["before", "at"] { #expect(try await store.upload(id) == nil) }
        #expect(try await store.delete(upload: "before") == false)
    }

    @Test("An upload that became an entry has lost its form, file name and metadata")
    func linkEmptiesMetadata() async throws {
        let (store, upload) = (try open(), Self.upload(length: 3))
        try await store.add(upload, request: nil)
        try await Self.append([1, 2, 3], to: upload.id, in: store, received: .sample)
        let media = try await store.resume(try #require(try await store.upload(upload.id)))
        _ = try await store.apply(Self.arrival("1", of: try await media.finish(), by: upload.id))
        await media.close()
        let linked = try #require(try await store.upload(upload.id))
        #expect(linked.entry == "1")
        #expect(linked.fields == [:])
        #expect(linked.filename == nil)
        #expect(linked.metadata == nil)
    }

    @Test("`commit` throws `uploadUnknown` for an upload that was deleted meanwhile, so its bytes are not acknowledged")
    func commitAfterRemoval() async throws {
        let (store, upload) = (try open(), Self.upload())
        try await store.add(upload, request: nil)
        let media = try await store.resume(upload)
        try await media.write([1, 2, 3])
        #expect(try await store.delete(upload: upload.id))
        await expect(.uploadUnknown) { try await media.commit(received: nil, expires: .sample) }
        await media.close()
        #expect(folder.incoming == [])
    }

    @Test("A whole upload that is deleted before it becomes an entry leaves no entry and no file")
    func arrivalAfterRemoval() async throws {
        let (store, upload) = (try open(), Self.upload(length: 3))
        try await store.add(upload, request: nil)
        try await Self.append([1, 2, 3], to: upload.id, in: store, received: .sample)
        let media = try await store.resume(try #require(try await store.upload(upload.id)))
        let staged = try await media.finish()
        #expect(try await store.delete(upload: upload.id))
        await expect(.storageFailed) { try await store.apply(Self.arrival("1", of: staged, by: upload.id)) }
        await media.close()
        #expect(try await store.list() == [])
        #expect(folder.kept == [])
    }

    @Test("`uploads(expiredAt:)` gives the hundred uploads that expired first")
    func mostExpired() async throws {
        let store = try open()
        for number in 0..<102 {
            let expires = Moment.sample.advanced(by: .milliseconds(-number))
            try await store.add(Self.upload("\(number)", expires: expires), request: nil)
        }
        #expect(try await store.uploads(expiredAt: .sample) == (2..<102).reversed().map(String.init))
    }
}
