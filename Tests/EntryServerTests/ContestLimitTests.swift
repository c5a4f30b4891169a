import Hummingbird
import Testing

@Suite("Limits of a contest")
struct ContestLimitTests {
    @Test("`GET /v1/contests/{id}` says the limits of files, rate, uploads and fields")
    func limits() async throws {
        let service = try TestService(
            mostBytes: 5_000_000, leastBytesPerSecond: 2048, mostFields: 7, uploadLifetime: .seconds(60))
        let limits = try await service.send(.get, "/v1/contests/xian-2024").json["limits"]
        #expect(limits?.keys == ["largestFileBytes", "leastBytesPerSecond", "uploadLifetimeSeconds", "mostFields"])
        #expect(limits?["largestFileBytes"] == .number(5_000_000))
        #expect(limits?["leastBytesPerSecond"] == .number(2048))
        #expect(limits?["uploadLifetimeSeconds"] == .number(60))
        #expect(limits?["mostFields"] == .number(7))
        #expect(try await service.send(.get, "/v1/contests").json["contests"]?.elements.first?["limits"] == nil)
    }
}
