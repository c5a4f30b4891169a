import ContestRules
import EntryIntake
import Hummingbird
import Testing

@Suite("/v1/contests")
struct ContestRoutesTests {
    @Test("`GET /v1/contests` lists every built-in contest with its rules and its digest")
    func list() async throws {
        let answer = try await TestService(contests: BuiltInContests.all).send(.get, "/v1/contests")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(try answer.json["schema"] == "clipcheck.contests/1")
        let contests = try answer.json["contests"]?.elements ?? []
        #expect(contests.map { $0["id"]?.string } == BuiltInContests.all.map(\.id))
        #expect(contests.map { $0["digest"]?.string } == BuiltInContests.all.map(\.digest))
        #expect(contests.map { $0["rules"]?.elements.count } == BuiltInContests.all.map(\.rules.count))
    }

    @Test(
        "`GET /v1/contests/{id}` gives a contest as the list does, and the limits of the service",
        arguments: BuiltInContests.all.map(\.id))
    func contest(id: String) async throws {
        let stopped = Moment(milliseconds: 1_709_254_800_000, text: "2024-03-01T09:00:00+08:00")
        let service = try TestService(clock: WallClock { stopped }, contests: BuiltInContests.all)
        let answer = try await service.send(.get, "/v1/contests/\(id)")
        #expect(answer.status == 200)
        let listed = try await service.send(.get, "/v1/contests").json["contests"]?.elements
        guard case .object(var members) = try answer.json else { throw NoObject() }
        #expect(members.removeValue(forKey: "limits") != nil)
        #expect(.object(members) == listed?.first { $0["id"]?.string == id })
    }

    /// The error for an answer that is no JSON object.
    private struct NoObject: Error {}

    @Test("`GET /v1/contests` quotes the clause of every rule, so that a portal can show it")
    func clauses() async throws {
        let service = try TestService(contests: BuiltInContests.all)
        let contest = try await service.send(.get, "/v1/contests/xian-2024").json
        let rules = contest["rules"]?.elements ?? []
        #expect(rules.first { $0["id"] == "aspect-ratio" }?["clause"] == "拍摄格式为9:16")
        for rule in rules { #expect(rule["clause"]?.string?.isEmpty == false, "\(rule)") }
    }

    @Test(
        "`GET /v1/contests/{id}` refuses an id that no contest has",
        arguments: ["xian-2042", "XIAN-2024", "..%2Fdata", "%00"])
    func unknown(id: String) async throws {
        try await TestService().send(.get, "/v1/contests/\(id)").expectProblem(404, "contest-unknown")
    }
}
