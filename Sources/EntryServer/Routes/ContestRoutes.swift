internal import ContestRules
internal import EntryIntake
internal import Hummingbird

/// `/v1/contests`: the contests with their rules, so that a portal can show them and check entries beforehand.
struct ContestRoutes {
    let intake: Intake
    let limits: ContestLimits

    func add(to table: RouteTable) {
        table.get("/v1/contests", .anybody) { _, _ in Response.json(ContestList(intake.contests.all, at: intake.now)) }
        table.get("/v1/contests/:id", .anybody) { _, context in
            let id = try context.parameters.require("id")
            guard let contest = intake.contests.all.first(where: { $0.id == id }) else {
                var problem = Problem(IntakeError.contestUnknown(String(id.prefix(64))))
                problem.status = .notFound
                throw problem
            }
            return Response.json(ContestBody(contest, at: intake.now, limits: limits))
        }
    }
}

/// Limits of the service, which a portal can show to its users before they send anything.
struct ContestLimits: Encodable {
    /// Largest file in bytes.
    var largestFileBytes: Int64
    /// Least rate of sending and reading, in bytes a second; 0 means none.
    var leastBytesPerSecond: Int
    /// Seconds for which an unfinished upload is kept after its last bytes.
    var uploadLifetimeSeconds: Int64
    /// Most fields of a form.
    var mostFields: Int
}

private struct ContestList: Encodable {
    let schema = "clipcheck.contests/1"
    var contests: [ContestBody]

    init(_ contests: [Contest], at moment: Moment) { self.contests = contests.map { ContestBody($0, at: moment) } }
}

/// A contest with its digest, the state of its submission window, and the limits of the service.
private struct ContestBody: Encodable {
    var contest: Contest
    var state: Contest.WindowState?
    var limits: ContestLimits?

    /// Makes the body.
    ///
    /// - Parameters:
    ///   - moment: the time at which the state of the window is taken.
    ///   - limits: nil leaves them out, as in a list.
    init(_ contest: Contest, at moment: Moment, limits: ContestLimits? = nil) {
        self.contest = contest
        self.limits = limits
        state = contest.window?.state(at: moment.milliseconds)
    }

    private enum CodingKeys: String, CodingKey { case digest, windowState, limits }

    func encode(to encoder: any Encoder) throws {
        try contest.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(contest.digest, forKey: .digest)
        try values.encode(state.map(StateBody.init), forKey: .windowState)
        try values.encodeIfPresent(limits, forKey: .limits)
    }

    /// The state of the submission window, and the seconds until it opens or closes; nil for a change that does not
    /// come.
    private struct StateBody: Encodable {
        var state: String
        var isOpen: Bool
        var secondsUntilOpen: Int64?
        var secondsUntilClosed: Int64?

        private enum CodingKeys: String, CodingKey { case state, isOpen, secondsUntilOpen, secondsUntilClosed }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(state, forKey: .state)
            try values.encode(isOpen, forKey: .isOpen)
            try values.encode(secondsUntilOpen, forKey: .secondsUntilOpen)
            try values.encode(secondsUntilClosed, forKey: .secondsUntilClosed)
        }

        init(_ state: Contest.WindowState) {
            switch state {
            case .notYetOpen(let seconds): (self.state, isOpen, secondsUntilOpen) = ("not-yet-open", false, seconds)
            case .open(let seconds): (self.state, isOpen, secondsUntilClosed) = ("open", true, seconds)
            case .closed: (self.state, isOpen) = ("closed", false)
            }
        }
    }
}
