import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

@Suite("`EntryStore.tidy(at:)` and the full-text index")
struct TextTidyingTests {
    /// Characters that occur only in the file name of one entry.
    private static let word = "龘靐"

    private let folder: TemporaryFolder
    private var path: String { folder.path("data") }

    init() throws { folder = try TemporaryFolder() }

    /// Whether the database's file contains the word's second character, which FTS5's prefix compression cannot remove.
    private func isInDatabase(_ store: EntryStore) async throws -> Bool {
        try await store.database.emptyJournal()
        let bytes = try Data(contentsOf: URL(filePath: path + "/clipcheck.sqlite"))
        return bytes.range(of: Data(Self.word.suffix(1).utf8)) != nil
    }

    @Test("`tidy(at:)` removes the words of a deleted entry from the database's file")
    func deleted() async throws {
        let store = try EntryStore(folder: path)
        try await store.submit([1], filename: "other.mp4")
        let entry = try await store.submit([2], filename: "\(Self.word).mp4")
        try await store.submit([3], filename: "another.mp4")
        #expect(try await isInDatabase(store))
        #expect(try await store.delete(entry.id))
        #expect(try await isInDatabase(store), "FTS5 keeps the words of deleted rows until it merges")
        try await store.tidy(at: .sample)
        #expect(try await !isInDatabase(store))
        #expect(try await store.entries(EntryQuery(text: "other")).entries.count == 2)
    }

    @Test("The first `tidy(at:)` after a start removes the words of entries that were deleted before the start")
    func earlierStart() async throws {
        try await deleteWithoutTidying()
        let store = try EntryStore(folder: path)
        #expect(try await isInDatabase(store))
        try await store.tidy(at: .sample)
        #expect(try await !isInDatabase(store))
    }

    private func deleteWithoutTidying() async throws {
        let store = try EntryStore(folder: path)
        let entry = try await store.submit([2], filename: "\(Self.word).mp4")
        #expect(try await store.delete(entry.id))
        store.close()
    }
}
