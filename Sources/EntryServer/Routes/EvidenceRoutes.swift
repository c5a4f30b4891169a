internal import ContestRules
internal import EntryIntake
internal import Hummingbird
internal import MediaFacts

/// What comes of looking at an entry's picture and sound: how far that is, and the pictures that show what was found.
struct EvidenceRoutes {
    let intake: Intake
    let timeline: EntryServer.TimelineFile

    /// Name of the time line among the evidence.
    static let timelineName = "timeline.svg"

    /// A stream of events ends after this long, done or not, so that none outlives its reader; who wants more asks again,
    /// as browsers do by themselves.
    private static let longestStream = Duration.seconds(8)

    func add(to router: Router<ServiceContext>) {
        let entries = router.group("/v1/entries")
        entries.get(":id/checks/:check") { request, context in
            let (id, check) = (try context.id(), context.parameters.get("check")?.lowercased() ?? "")
            let progress = try await intake.check(check, ofEntry: id)
            // Who was told the end and asks again, as browsers do, is told to stop. Source: HTML, section 9.2.
            if request.prefersEvents, request.headers[.lastEventID] == Self.lastEvent {
                return Response(status: .noContent)
            }
            guard request.prefersEvents else {
                var response = Response.json(CheckBody(progress))
                response.headers[.vary] = "Accept"
                return response
            }
            return events(about: check, ofEntry: id)
        }
        entries.get(":id/evidence") { request, context in
            let report = try await report(on: try context.id(), request.query("report")?.lowercased())
            return Response.json(EvidenceListBody(report, entry: try context.id()))
        }
        entries.get(":id/evidence/:name") { request, context in
            let report = try await report(on: try context.id(), request.query("report")?.lowercased())
            let name = context.parameters.get("name")
            if name == Self.timelineName {
                guard let file = timeline(report, request.language) else { throw Problem.evidenceUnknown }
                return answer(ByteBuffer(string: file), "image/svg+xml")
            }
            guard let still = try await intake.stills(of: report).first(where: { StillReference($0).name == name })
            else { throw Problem.evidenceUnknown }
            return answer(ByteBuffer(bytes: still.jpeg), "image/jpeg")
        }
    }

    private func answer(_ bytes: ByteBuffer, _ type: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'", .vary: "Accept-Language",
            ],
            body: ResponseBody(byteBuffer: bytes))
    }

    /// The report that is asked for; the newest when none is.
    private func report(on entry: String, _ id: String?) async throws -> Report {
        guard let id else {
            guard let newest = try await intake.entry(entry).report else { throw IntakeError.mediaMissing }
            return newest
        }
        guard let report = try await intake.reports(of: entry).first(where: { $0.id == id }) else {
            throw Problem.reportUnknown
        }
        return report
    }

    /// Id of the event that is the last of a check.
    private static let lastEvent = "done"

    /// Events about a check, one for every change and at most one a second, until it is done.
    ///
    /// Source: HTML, section 9.2 (server-sent events).
    private func events(about check: String, ofEntry entry: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
                .vary: "Accept",
            ],
            body: ResponseBody { writer in
                let end = ContinuousClock.now + Self.longestStream
                var (last, isOver): (CheckProgress?, Bool) = (nil, false)
                try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
                while !isOver, ContinuousClock.now < end {
                    // An entry that is deleted meanwhile has nothing more to tell.
                    guard let progress = try? await intake.check(check, ofEntry: entry) else { break }
                    isOver = progress.check.state == .done || progress.check.state == .superseded
                    if progress != last { try await writer.write(event(progress, isOver: isOver)) }
                    last = progress
                    if !isOver { try await Task.sleep(for: .seconds(1)) }
                }
                try await writer.finish(nil)
            })
    }

    private func event(_ progress: CheckProgress, isOver: Bool) -> ByteBuffer {
        let json = (try? WireJSON.data(CheckBody(progress))).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        let lines = json.split(separator: "\n").map { "data: \($0)\n" }.joined()
        let name = isOver ? "event: done\nid: \(Self.lastEvent)" : "event: progress"
        return ByteBuffer(string: "\(name)\n\(lines)\n")
    }
}

extension Request {
    /// Whether `Accept` asks for server-sent events.
    fileprivate var prefersEvents: Bool { (headers[.accept] ?? "").lowercased().contains("text/event-stream") }
}

/// `clipcheck.check/1`: a check of an entry's media.
private struct CheckBody: Encodable {
    let progress: CheckProgress

    init(_ progress: CheckProgress) { self.progress = progress }

    private enum CodingKeys: String, CodingKey {
        case schema, id, entry, createdAt, state, attempts, atMilliseconds, ofMilliseconds, report, verdict
    }

    func encode(to encoder: any Encoder) throws {
        let check = progress.check
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode("clipcheck.check/1", forKey: .schema)
        try values.encode(check.id, forKey: .id)
        try values.encode(check.entry, forKey: .entry)
        try values.encode(check.createdAt, forKey: .createdAt)
        try values.encode(check.state, forKey: .state)
        try values.encode(check.attempts, forKey: .attempts)
        try values.encode(progress.decoded?.wholeMilliseconds, forKey: .atMilliseconds)
        try values.encode(progress.length?.wholeMilliseconds, forKey: .ofMilliseconds)
        try values.encode(check.report.map { "/v1/entries/\(check.entry)/reports/\($0)" }, forKey: .report)
        try values.encode(progress.verdict, forKey: .verdict)
    }
}

/// The pictures of a report, and where they are.
private struct EvidenceListBody: Encodable {
    private let schema = "clipcheck.evidence/1"
    private let report: String
    private let timeline: String?
    private let stills: [Line]

    init(_ report: Report, entry: String) {
        self.report = report.id
        let holder = "/v1/entries/\(entry)/evidence"
        let query = "?report=\(report.id)"
        timeline = report.depth > .quick ? "\(holder)/\(EvidenceRoutes.timelineName)\(query)" : nil
        stills = report.stills.map {
            Line(
                name: $0.name, address: "\(holder)/\($0.name)\(query)", atMilliseconds: $0.atMilliseconds,
                width: $0.width, height: $0.height)
        }
    }

    private struct Line: Encodable {
        var name: String
        var address: String
        var atMilliseconds: Int64
        var width: Int
        var height: Int
    }
}

extension Problem {
    /// A picture that the report does not name, or that was not kept.
    fileprivate static let evidenceUnknown = Problem(
        .notFound, "evidence-unknown", zh: "报告中没有这张画面。全部画面见 GET /v1/entries/{id}/evidence。",
        en: "The report has no such picture. See GET /v1/entries/{id}/evidence.")
}
