import EntryIntake
import TestSupport
import Testing

@testable import EntryStore

@Suite("`MediaVaultFolder`", .timeLimit(.minutes(2)))
struct MediaVaultFolderTests {
    private let test: StoreInMemory
    private var store: EntryStore { test.store }

    init() throws { test = try StoreInMemory() }

    @Test("A promoted file is not swept before its last release, and is swept after it if no entry names the file")
    func hold() async throws {
        let received = try await store.received([1, 2, 3])
        let sum = sha256([1, 2, 3])
        try await store.vault.promote(received.staged)
        try await store.vault.promote(received.staged)
        try await store.sweep(sum)
        #expect(test.kept == [sum])
        await store.vault.release(received.staged, isNamed: false)
        try await store.sweep(sum)
        #expect(test.kept == [sum], "the second hold remains")
        await store.vault.release(received.staged, isNamed: false)
        try await store.sweep(sum)
        #expect(test.kept == [])
        #expect(test.incoming.count == 1, "an upload whose entry failed can be tried again")
    }

    @Test("`release` with `isNamed` removes the received file and keeps the file under its lasting name")
    func named() async throws {
        let entry = try await store.submit([1, 2, 3])
        #expect(test.incoming == [])
        #expect(test.kept == [sha256([1, 2, 3])])
        try await store.sweep(sha256([1, 2, 3]))
        #expect(try await store.holdsItsFile(entry.id, entry.media))
    }

    @Test(
        "No file of an entry is swept while other entries with the same bytes are added and deleted",
        arguments: [1, 2, 3])
    func comingAndGoing(kinds: Int) async throws {
        let contents = (0..<kinds).map { [UInt8](repeating: UInt8($0), count: 5000) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<16 {
                group.addTask {
                    for round in 0..<12 {
                        let (id, content) = ("\(task)-\(round)", contents[(task + round) % kinds])
                        let entry = try await store.submit(content, id: id)
                        #expect(try await store.holdsItsFile(id, entry.media), "\(id)")
                        #expect(try await store.delete(id))
                    }
                }
            }
            for content in contents {
                group.addTask { for _ in 0..<200 { try await store.sweep(sha256(content)) } }
            }
            try await group.waitForAll()
        }
        #expect(test.folder.files == [])
    }

    @Test("`open(_:)` gives nil for a digest that no file has")
    func missing() async throws {
        try await store.submit([1])
        #expect(try await store.vault.open(sha256([9])) == nil)
    }
}
