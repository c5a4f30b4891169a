import IntakeTestSupport
import TestSupport
import Testing

@testable import EntryStore

@Suite("`EntryStore` and the contract of a keeper")
struct StoreContractTests {
    @Test("`EntryStore` keeps the contract of a keeper, on the disk", arguments: KeeperContract.allCases)
    func onDisk(part: KeeperContract) async throws {
        let folder = try TemporaryFolder()
        let store = try EntryStore(folder: folder.path("data"))
        try await part.run(on: store, receivingIn: store.vault)
    }

    @Test("`EntryStore` keeps the contract of a keeper, in memory", arguments: KeeperContract.allCases)
    func inMemory(part: KeeperContract) async throws {
        let test = try StoreInMemory()
        try await part.run(on: test.store, receivingIn: test.store.vault)
    }
}
