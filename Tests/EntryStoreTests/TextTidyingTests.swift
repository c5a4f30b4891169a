import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

@Suite("Words of deleted entries")
struct TextTidyingTests {
    /// Characters that stand in the name of one entry's file and nowhere else.
    private static let word = "龘靐"

    private let folder: TemporaryFolder
    private var path: String { folder.path("data") }

    init() throws { folder = try TemporaryFolder() }

    /// Whether the word's second character, which no prefix compression of FTS5 takes away, is in the database's file.
    private func isInDatabase(_ store: EntryStore) async throws -> Bool {
        try await store.database.emptyJournal()
        let bytes = try Data(contentsOf: URL(filePath: path + "/clipcheck.sqlite"))
        return bytes.range(of: Data(Self.word.suffix(1).utf8)) != nil
    }

    @Test("The words of a deleted entry are gone from the database's file after the next tidying")
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

    @Test("Words that a deletion before the start left are gone after the first tidying")
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
