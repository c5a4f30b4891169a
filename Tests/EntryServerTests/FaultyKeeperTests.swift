import EntryStore
import IntakeTestSupport
import TestSupport
import Testing

@Suite("The keeper that fails on demand")
struct FaultyKeeperTests {
    @Test("`FaultyKeeper` keeps the contract of a keeper while its fault is off", arguments: KeeperContract.allCases)
    func contract(part: KeeperContract) async throws {
        let folder = try TemporaryFolder()
        let store = try EntryStore(folder: folder.path("data"))
        try await part.run(
            on: FaultyKeeper(store: store, faults: nil), receivingIn: FaultyVault(vault: store.vault, faults: nil))
    }
}
