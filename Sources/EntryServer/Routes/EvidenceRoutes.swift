internal import ContestRules
internal import EntryIntake
internal import Hummingbird
internal import MediaFacts

/// `/v1/entries/{id}/checks/{check}` and `/v1/entries/{id}/evidence`: the progress of a content check, and the pictures
/// that show its findings.
struct EvidenceRoutes {
    let intake: Intake
    let timeline: EntryServer.TimelineFile

    /// Name of the time line of findings, as one piece of evidence.
    static let timelineName = "timeline.svg"

    /// Longest time of one stream of events. A stream ends after it even when the check is not done, so that no stream
    /// stays open for an absent client. Browsers reconnect by themselves.
    static let longestStream = Duration.seconds(8)

    func add(to table: RouteTable) {
        table.get("/v1/entries/:id/checks/:check", .entry(.read)) { try await check($0, $1) }
        table.get("/v1/entries/:id/evidence", .entry(.read), taking: ["report"]) { _, context in
            try await list(context)
        }
        table.get("/v1/entries/:id/evidence/:name", .entry(.read), taking: ["report"]) { try await show($0, $1) }
    }

    private func check(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (id, check) = (try context.id(), context.parameters.get("check")?.lowercased() ?? "")
        let progress = try await intake.check(check, ofEntry: id)
        guard request.prefersEvents else {
            var response = Response.json(CheckBody(progress))
            response.headers[.vary] = "Accept"
            return response
        }
        // A browser that received the last event reconnects by itself; 204 tells it to stop. Source: HTML, section 9.2.
        let hasReceivedEnd = request.headers[.lastEventID] == Self.lastEvent
        return hasReceivedEnd ? Response(status: .noContent) : events(about: check, ofEntry: id)
    }

    private func list(_ context: ServiceContext) async throws -> Response {
        let report = try await report(context)
        return Response.json(EvidenceListBody(report, entry: try context.id()))
    }

    private func show(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let report = try await report(context)
        let name = context.parameters.get("name") ?? ""
        if name == Self.timelineName {
            guard let file = timeline(report, request.language) else { throw Problem.evidenceUnknown }
            return answer(ByteBuffer(string: file), "image/svg+xml")
        }
        guard let still = try await intake.still(name, of: report) else { throw Problem.evidenceUnknown }
        return answer(ByteBuffer(bytes: still.jpeg), "image/jpeg")
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

    /// The report that the query parameter `report` names, or the newest one without it.
    private func report(_ context: ServiceContext) async throws -> Report {
        let id = context.query["report"]?.lowercased()
        guard let id else { return try await intake.newestReport(ofEntry: try context.id()) }
        return try await intake.report(id, ofEntry: try context.id())
    }

    /// Id of the last event about a check.
    private static let lastEvent = "done"

    /// Answers with server-sent events about a check: one for every change, at most one a second, until the check is
    /// done or `longestStream` is over.
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
                    // The check is no longer found when its entry was deleted; the stream then ends.
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

/// `clipcheck.check/1`: one check of an entry's media and its progress.
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
        try values.encode(check.verdict, forKey: .verdict)
    }
}

/// `clipcheck.evidence/1`: the pictures of a report with their addresses.
private struct EvidenceListBody: Encodable {
    private let schema = "clipcheck.evidence/1"
    private let report: String
    private let timeline: String?
    private let stills: [Line]

    private enum CodingKeys: String, CodingKey { case schema, report, timeline, stills }

    /// Encodes the body. Without a time line, `timeline` is `null`.
    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(schema, forKey: .schema)
        try values.encode(report, forKey: .report)
        try values.encode(timeline, forKey: .timeline)
        try values.encode(stills, forKey: .stills)
    }

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
    /// The report has no such picture, or the picture was not kept.
    fileprivate static let evidenceUnknown = Problem(
        .notFound, "evidence-unknown", zh: "报告中没有这张画面。全部画面见 GET /v1/entries/{id}/evidence。",
        en: "The report has no such picture. See GET /v1/entries/{id}/evidence.")
}
