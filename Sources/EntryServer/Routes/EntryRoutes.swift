internal import ContestRules
internal import EntryIntake
internal import Hummingbird
internal import MediaFacts

/// `/v1/entries`: submitted works.
struct EntryRoutes {
    let intake: Intake
    let receiver: UploadReceiver
    let page: EntryServer.ReportPage
    let metrics: Metrics

    func add(to router: Router<ServiceContext>) {
        let entries = router.group("/v1/entries")
        entries.post { request, context in try await submit(request, context) }
        entries.get { request, _ in try await list(request) }
        entries.get(":id") { _, context in Response.json(EntryBody(try await intake.entry(try context.entryID()))) }
        entries.delete(":id") { _, context in
            try await intake.delete(entry: try context.entryID())
            return Response(status: .noContent)
        }
        entries.put(":id/media") { request, context in try await attach(request, context) }
        entries.get(":id/media") { _, context in try await media(of: try context.entryID()) }
        entries.get(":id/report") { request, context in
            try await report(of: try context.entryID(), for: request)
        }
        entries.post(":id/checks") { _, context in
            let id = try context.entryID()
            let entry = try await context.whileClientWaits { try await intake.recheck(entry: id) }
            return created(entry, at: "/v1/entries/\(entry.id)/report")
        }
    }

    /// A rejected video is still 201; only a failure to judge is an error.
    private func submit(_ request: Request, _ context: ServiceContext) async throws -> Response {
        if let contest = request.query("contest") { _ = try intake.contests.contest(contest) }
        if request.mediaType == "application/json" {
            let form = try await receiver.json(EntryForm.self, from: request)
            guard let contest = request.query("contest") ?? form.contest else { throw Problem.contestMissing }
            return created(
                try await intake.submit(contest: contest, fields: form.fields ?? [:], media: nil, named: nil))
        }
        return try await receiver.withUpload(request, multipart: true, raw: false) { upload in
            let contest = try upload.requiredContest()
            guard let media = upload.media else { throw Problem.mediaExpected }
            return created(
                try await context.whileClientWaits {
                    try await intake.submit(
                        contest: contest, fields: upload.fields, media: media, named: upload.filename)
                })
        }
    }

    private func attach(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try context.entryID()
        _ = try await intake.entry(id)
        return try await receiver.withUpload(request, multipart: false, raw: true) { upload in
            guard let media = upload.media else { throw Problem.mediaExpected }
            let entry = try await context.whileClientWaits {
                try await intake.attach(media, named: upload.filename, toEntry: id)
            }
            count(entry)
            return Response.json(EntryBody(entry))
        }
    }

    private func list(_ request: Request) async throws -> Response {
        let verdict = try request.query("verdict").map { text in
            guard let verdict = Verdict(rawValue: text) else {
                throw Problem(
                    .badRequest, "verdict-unknown", zh: "verdict 应为 compliant、needs-review 或 non-compliant。",
                    en: "verdict is compliant, needs-review or non-compliant.")
            }
            return verdict
        }
        let limit = try request.query("limit").map { text in
            guard let limit = Int(text), (1...200).contains(limit) else {
                throw Problem(.badRequest, "limit-invalid", zh: "limit 应为 1 到 200。", en: "limit is 1 to 200.")
            }
            return limit
        }
        let query = EntryQuery(
            contest: request.query("contest"), verdict: verdict, limit: limit ?? 50, cursor: request.query("cursor"))
        return Response.json(EntryListBody(try await intake.entries(query)))
    }

    /// JSON, or HTML for whoever accepts that and names it first.
    private func report(of id: String, for request: Request) async throws -> Response {
        guard let report = try await intake.entry(id).report else { throw IntakeError.mediaMissing }
        guard request.prefersHTML else {
            var response = Response.json(report)
            response.headers[.vary] = "Accept"
            return response
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'",
                .vary: "Accept, Accept-Language",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page(report, request.language))))
    }

    private func media(of id: String) async throws -> Response {
        let (file, entry) = try await intake.media(of: id)
        return MediaResponse.make(file, filename: entry.media?.filename)
    }

    private func count(_ entry: Entry) {
        if let report = entry.report { metrics.count(report) }
    }

    private func created(_ entry: Entry, at location: String? = nil) -> Response {
        count(entry)
        var response = Response.json(EntryBody(entry), status: .created)
        response.headers[.location] = location ?? "/v1/entries/\(entry.id)"
        return response
    }
}

extension RequestContext {
    /// The `{id}` of the address; anything but a UUID names no entry.
    fileprivate func entryID() throws -> String {
        guard let id = parameters.get("id")?.lowercased(),
            id.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil
        else { throw IntakeError.entryUnknown }
        return id
    }
}

extension Request {
    /// Whether `Accept` names HTML before JSON, as browsers do.
    fileprivate var prefersHTML: Bool {
        let types = (headers[.accept] ?? "").lowercased().split(separator: ",").map { $0.prefix { $0 != ";" } }
        let first = types.first { $0.contains("text/html") || $0.contains("json") }
        return first?.contains("text/html") ?? false
    }
}

/// A form without media.
private struct EntryForm: Decodable {
    var contest: String?
    var fields: [String: String]?
}
