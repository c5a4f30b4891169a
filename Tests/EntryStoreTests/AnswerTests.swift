import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

@Suite("An answer kept under a key")
struct AnswerTests {
    private let folder: TemporaryFolder
    private let store: EntryStore

    init() throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.url.path)
    }

    private static func answer(_ key: String? = "k", _ body: String = "{}") -> StoredAnswer {
        StoredAnswer(key: key, fingerprint: "f", status: 201, location: "/v1/entries/1", body: Array(body.utf8))
    }

    private static var now: Moment { WallClock.system.now() }

    private func add(_ id: String, _ answer: StoredAnswer?) async throws {
        let entry = Entry(id: id, createdAt: "", contest: "sample", fields: [:])
        try await store.add(entry, at: Self.now, taking: nil, showing: [], answering: answer)
    }

    private func run(_ sql: String) throws -> [String] { try SecondPath.run(sql, inFolder: folder.url.path) }

    /// Makes all answers older than they are.
    private func age(by days: Double) throws {
        _ = try run("UPDATE answer SET createdMilliseconds = createdMilliseconds - \(Int(days * 86_400_000))")
    }

    @Test("is given back as it was, under its own key only")
    func kept() async throws {
        try await add("1", Self.answer("k"))
        try await add("2", Self.answer("K", "other"))
        try await add("3", Self.answer(nil))
        #expect(try await store.answer(to: "k") == Self.answer("k"))
        #expect(try await store.answer(to: "K") == Self.answer("K", "other"))
        for key in ["", "k ", "%"] { #expect(try await store.answer(to: key) == nil, "\(key)") }
        #expect(try run("SELECT count(*) FROM answer") == ["2"], "without a key nothing is kept")
    }

    @Test(
        "is remembered for seven days and no longer", arguments: [(0, true), (6.99, true), (7.01, false), (400, false)])
    func lifetime(days: Double, isKnown: Bool) async throws {
        try await add("1", Self.answer())
        try age(by: days)
        #expect(try await store.answer(to: "k") == (isKnown ? Self.answer() : nil))
    }

    @Test("makes way for a new one under its key, and for others, once its time is over")
    func replaced() async throws {
        try await add("1", Self.answer("k"))
        try await add("2", Self.answer("old"))
        try age(by: 7.01)
        try await add("3", Self.answer("k", "new"))
        #expect(try await store.answer(to: "k") == Self.answer("k", "new"))
        #expect(try run("SELECT key FROM answer") == ["k"], "what is too old is not kept for ever")
        #expect(try await store.list().count == 3)
    }

    @Test("is kept together with its entry, or neither is")
    func together() async throws {
        try await add("1", Self.answer("k", "first"))
        await expect(.storageFailed) { try await add("2", Self.answer("k", "second")) }  // a key that is taken
        #expect(try await store.entry("2") == nil)
        #expect(try await store.answer(to: "k") == Self.answer("k", "first"))
        await expect(.storageFailed) { try await add("1", Self.answer("other")) }  // an id that is taken
        #expect(try await store.answer(to: "other") == nil)
    }

    @Test("goes with its entry")
    func deleted() async throws {
        try await add("1", Self.answer("k"))
        try await add("2", Self.answer("l"))
        let signOff = SignOff(
            item: .init(rule: "originality"), answer: .approved, who: "李", why: "", createdAt: "", mediaSHA256: nil)
        #expect(try await store.add(signOff, toEntry: "1", answering: Self.answer("m")))
        #expect(try await store.answer(to: "m") != nil)
        #expect(try await store.delete("1"))
        #expect(try run("SELECT key FROM answer") == ["l"])
        #expect(try await store.answer(to: "k") == nil)
    }
}
