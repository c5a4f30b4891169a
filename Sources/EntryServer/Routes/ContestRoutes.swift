internal import ContestRules
internal import EntryIntake
internal import Hummingbird

/// `/v1/contests`: the rules, so that a portal can show and pre-check them.
struct ContestRoutes {
    let contests: ContestCatalogue

    func add(to router: Router<ServiceContext>) {
        router.get("/v1/contests") { _, _ in Response.json(ContestList(contests: contests.all)) }
        router.get("/v1/contests/:id") { _, context in
            let id = try context.parameters.require("id")
            guard let contest = contests.all.first(where: { $0.id == id }) else {
                var problem = Problem(IntakeError.contestUnknown(String(id.prefix(64))))
                problem.status = .notFound
                throw problem
            }
            return Response.json(ContestBody(contest: contest))
        }
    }
}

private struct ContestList: Encodable {
    let schema = "clipcheck.contests/1"
    var contests: [ContestBody]

    init(contests: [Contest]) { self.contests = contests.map(ContestBody.init) }
}

/// A contest and its digest.
private struct ContestBody: Encodable {
    var contest: Contest

    private enum CodingKeys: String, CodingKey { case digest }

    func encode(to encoder: any Encoder) throws {
        try contest.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(contest.digest, forKey: .digest)
    }
}
