import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

/// `EntryStore.answer(to:)`, and the answers that `apply(_:)` and `add(_:request:)` store.
@Suite("Kept answers")
struct AnswerTests {
    private static let content = Array(#"{"fields":{"phone":"13800138000","title":"守信"}}"#.utf8)
    private static let fields = ["phone": "13800138000", "title": "守信"]
    private let folder: TemporaryFolder
    private let store: EntryStore

    init() throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.url.path)
    }

    private static var now: Moment { WallClock.system.now() }

    private static func request(
        _ key: String, principal: String = "", content: [UInt8] = content
    ) -> IdempotentRequest {
        IdempotentRequest(principal: principal, key: key, content: content)
    }

    /// Submits a form, with or without an `Idempotency-Key`.
    @discardableResult
    private func submit(_ id: String, for request: IdempotentRequest?) async throws -> Entry {
        try await store.apply(
            EntryChange(
                entry: id, at: Self.now, .arrived(.init(fields: Self.fields, media: nil)), rules: try .withForm(),
                request: request))
    }

    private func run(_ sql: String) throws -> [String] { try SecondPath.run(sql, inFolder: folder.url.path) }

    /// Moves the times of all answers into the past.
    private func age(by days: Double) throws {
        _ = try run("UPDATE answer SET createdMilliseconds = createdMilliseconds - \(Int(days * 86_400_000))")
    }

    @Test("`answer(to:)` gives the entry as the request left it, contacts included, after later changes of the entry")
    func snapshot() async throws {
        let entry = try await submit("1", for: Self.request("k"))
        #expect(entry.contacts?.fields == ["phone": "13800138000"])
        let corrected = try await store.apply(
            EntryChange(entry: "1", at: Self.now, .corrected(["title": "守诺"]), rules: try .withForm()))
        #expect(corrected.fields == ["title": "守诺"])
        #expect(try await store.answer(to: Self.request("k")) == .entry(entry))
    }

    @Test("`answer(to:)` gives nil for another key and for another principal, and stores none without a key")
    func otherKeys() async throws {
        try await submit("1", for: Self.request("k"))
        try await submit("2", for: nil)
        for key in ["", "K", "k ", "%"] { #expect(try await store.answer(to: Self.request(key)) == nil, "\(key)") }
        #expect(try await store.answer(to: Self.request("k", principal: "portal")) == nil)
        #expect(try run("SELECT count(*) FROM answer") == ["1"])
    }

    @Test("Two principals may use the same `Idempotency-Key` for two entries, and each gets its own answer")
    func principals() async throws {
        let first = try await submit("1", for: Self.request("k", principal: "a"))
        let second = try await submit("2", for: Self.request("k", principal: "b"))
        #expect(try await store.answer(to: Self.request("k", principal: "a")) == .entry(first))
        #expect(try await store.answer(to: Self.request("k", principal: "b")) == .entry(second))
    }

    @Test("`answer(to:)` throws `keyReused` for the same key with other content", arguments: [[], [1], content + [32]])
    func reused(content: [UInt8]) async throws {
        try await submit("1", for: Self.request("k"))
        await expect(.keyReused) { try await store.answer(to: Self.request("k", content: content)) }
    }

    @Test(
        "`answer(to:)` gives a stored answer for seven days and nil after them",
        arguments: [(0, true), (6.99, true), (7.01, false), (400, false)])
    func lifetime(days: Double, isKnown: Bool) async throws {
        let entry = try await submit("1", for: Self.request("k"))
        try age(by: days)
        #expect(try await store.answer(to: Self.request("k")) == (isKnown ? .entry(entry) : nil))
    }

    @Test("An expired answer is replaced under its key, and is deleted when any other answer is stored")
    func replaced() async throws {
        try await submit("1", for: Self.request("k"))
        try await submit("2", for: Self.request("old"))
        try age(by: 7.01)
        let entry = try await submit("3", for: Self.request("k"))
        #expect(try await store.answer(to: Self.request("k")) == .entry(entry))
        #expect(try run("SELECT key FROM answer") == ["k"])
        #expect(try await store.list().count == 3)
    }

    @Test("An answer and its entry are stored together, or neither is stored")
    func together() async throws {
        let entry = try await submit("1", for: Self.request("k"))
        await expect(.storageFailed) { try await submit("2", for: Self.request("k")) }  // a key that is taken
        #expect(try await store.entry("2") == nil)
        #expect(try await store.answer(to: Self.request("k")) == .entry(entry))
        await expect(.storageFailed) { try await submit("1", for: Self.request("other")) }  // an id that is taken
        #expect(try await store.answer(to: Self.request("other")) == nil)
    }

    @Test("Deleting an entry deletes every stored answer that holds the entry, and no other answer")
    func deleted() async throws {
        try await submit("1", for: Self.request("k"))
        try await submit("2", for: Self.request("l"))
        let corrected = EntryChange(
            entry: "1", at: Self.now, .corrected(["title": "守诺"]), rules: try .withForm(), request: Self.request("m"))
        let entry = try await store.apply(corrected)
        #expect(try await store.answer(to: Self.request("m")) == .entry(entry))
        #expect(try await store.delete("1"))
        #expect(try run("SELECT key FROM answer") == ["l"])
        #expect(try await store.answer(to: Self.request("k")) == nil)
    }

    @Test("The answer to a request that begins an upload is the upload's id, and is deleted with the upload")
    func upload() async throws {
        let upload = ResumableUpload(
            id: "u", contest: "sample", fields: [:], filename: nil, metadata: nil, length: 3, expires: Self.now)
        try await store.add(upload, request: Self.request("k"))
        #expect(try await store.answer(to: Self.request("k")) == .upload("u"))
        await expect(.keyReused) { try await store.answer(to: Self.request("k", content: [])) }
        #expect(try await store.delete(upload: "u"))
        #expect(try await store.answer(to: Self.request("k")) == nil)
        #expect(try run("SELECT count(*) FROM answer") == ["0"])
    }

    @Test("An upload whose `Idempotency-Key` is taken is not begun, and leaves no file")
    func uploadWithTakenKey() async throws {
        try await submit("1", for: Self.request("k"))
        let upload = ResumableUpload(
            id: "u", contest: "sample", fields: [:], filename: nil, metadata: nil, length: 3, expires: Self.now)
        await expect(.storageFailed) { try await store.add(upload, request: Self.request("k")) }
        #expect(try await store.upload("u") == nil)
        #expect(folder.incoming == [])
    }

    @Test("No file of the data folder holds a request's SHA-256, its content, or a telephone number of the form")
    func nothingToGuess() async throws {
        let entry = try await submit("1", for: Self.request("k"))
        let digest = sha256(Self.content)
        let bytes = try #require(Data(hexadecimal: digest))
        let secrets = [Data(digest.utf8), bytes, Data(Self.content), Data("13800138000".utf8), Data("0013800".utf8)]
        for name in folder.files {
            let data = try Data(contentsOf: folder.url.appending(path: name))
            for secret in secrets { #expect(data.range(of: secret) == nil, "\(secret.count) bytes in \(name)") }
        }
        #expect(try await store.answer(to: Self.request("k")) == .entry(entry))
    }

    @Test(
        "A stored answer does not open after its row was given another key or principal",
        arguments: ["key", "principal"])
    func moved(column: String) async throws {
        try await submit("1", for: Self.request("k", principal: "k"))
        _ = try run("UPDATE answer SET \(column) = 'x'")
        let request = Self.request(column == "key" ? "x" : "k", principal: column == "key" ? "k" : "x")
        #expect(try await store.answer(to: request) == nil)
    }

    @Test("`answer(to:)` gives nil when the seal key is lost, and the request may then be repeated under its key")
    func lostKey() async throws {
        let data = folder.path("data")
        let keys = ["a", "b"].map { name in
            "\(name) \(Data(repeating: name == "a" ? 1 : 2, count: 32).base64EncodedString())\n"
        }
        for (number, key) in keys.enumerated() {
            let path = try folder.write(Data(key.utf8), to: "keys-\(number)")
            let store = try EntryStore(folder: data, keyFile: path)
            #expect(try await store.answer(to: Self.request("k")) == nil)
            let entry = try await store.apply(
                EntryChange(
                    entry: "\(number)", at: Self.now, .arrived(.init(fields: Self.fields, media: nil)),
                    rules: try .withForm(), request: Self.request("k")))
            #expect(try await store.answer(to: Self.request("k")) == .entry(entry))
        }
    }
}
