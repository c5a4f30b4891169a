import IntakeTestSupport
import Testing

@Suite("The double of a keeper")
struct KeeperDoubleTests {
    @Test("`KeeperDouble` fulfils the contract of a keeper", arguments: KeeperContract.allCases)
    func contract(part: KeeperContract) async throws {
        let keeper = try KeeperDouble()
        try await part.run(on: keeper, receivingIn: keeper)
    }
}
