internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Hummingbird
internal import MediaFacts

/// `/v1/entries`: submitted works.
struct EntryRoutes {
    let intake: Intake
    let receiver: UploadReceiver
    let page: EntryServer.ReportPage
    let metrics: Metrics
    let keys: OrganiserKeys

    func add(to router: Router<ServiceContext>) {
        let entries = router.group("/v1/entries")
        entries.post { request, context in try await submit(request, context) }
        entries.get { request, _ in try await list(request) }
        entries.get(":id") { request, context in
            let isForOrganiser = try keys.admit(request)
            return Response.json(body(try await intake.entry(try context.id()), isForOrganiser: isForOrganiser))
        }
        entries.delete(":id") { _, context in
            try await intake.delete(entry: try context.id())
            return Response(status: .noContent)
        }
        entries.put(":id/media") { request, context in try await attach(request, context) }
        entries.get(":id/media") { _, context in try await media(of: try context.id()) }
        entries.get(":id/report") { request, context in
            guard let report = try await intake.entry(try context.id()).report else { throw IntakeError.mediaMissing }
            var response = try await answer(report, to: request)
            // Whoever looks at the page sees what comes of the closer look.
            if report.isPending, request.prefersHTML { response.headers[.refresh] = "5" }
            return response
        }
        entries.get(":id/reports") { _, context in
            Response.json(ReportListBody(try await intake.reports(of: try context.id())))
        }
        entries.get(":id/reports/:report") { request, context in
            let reports = try await intake.reports(of: try context.id())
            guard let report = reports.first(where: { $0.id == context.parameters.get("report")?.lowercased() }) else {
                throw Problem.reportUnknown
            }
            return try await answer(report, to: request)
        }
        entries.post(":id/checks") { request, context in try await recheck(request, context) }
        entries.post(":id/signoffs") { request, context in try await sign(request, context) }
    }

    /// A rejected video is still 201; only a failure to judge is an error.
    private func submit(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let key = try request.idempotencyKey
        if let contest = request.query("contest") { _ = try intake.contests.contest(contest) }
        if request.mediaType == "application/json" {
            let form = try await receiver.json(
                EntryForm.self, from: request, like: "{\"contest\": \"编号 id\", \"fields\": {\"字段 name\": \"值 value\"}}")
            guard let contest = request.query("contest") ?? form.contest else { throw Problem.contestMissing }
            let fields = form.fields ?? [:]
            return try await once(request, key, [contest], fields) { writer in
                try await intake.submit(contest: contest, fields: fields, media: nil, named: nil, answer: writer)
            }
        }
        return try await receiver.withUpload(request, multipart: true, raw: false) { upload in
            let contest = try upload.requiredContest()
            guard let media = upload.media else { throw Problem.mediaExpected }
            let asked = [contest, upload.filename, media.media.sha256]
            return try await once(request, key, asked, upload.fields, note: upload.filenameNote) { writer in
                try await context.whileClientWaits(unless: key != nil) {
                    try await intake.submit(
                        contest: contest, fields: upload.fields, media: media, named: upload.filename, answer: writer)
                }
            }
        }
    }

    private func attach(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (id, key) = (try context.id(), try request.idempotencyKey)
        _ = try await intake.entry(id)
        return try await receiver.withUpload(request, multipart: false, raw: true) { upload in
            guard let media = upload.media else { throw Problem.mediaExpected }
            return try await once(
                request, key, [upload.filename, media.media.sha256], note: upload.filenameNote, status: .ok
            ) { writer in
                try await context.whileClientWaits(unless: key != nil) {
                    try await intake.attach(media, named: upload.filename, toEntry: id, answer: writer)
                }
            }
        }
    }

    private func recheck(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (id, key) = (try context.id(), try request.idempotencyKey)
        return try await once(request, key, [], isCheck: true) { writer in
            try await context.whileClientWaits(unless: key != nil) {
                try await intake.recheck(entry: id, answer: writer)
            }
        }
    }

    private func sign(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (id, key) = (try context.id(), try request.idempotencyKey)
        let form = try await receiver.json(
            SignOffForm.self, from: request,
            like: "{\"rule\": \"originality\", \"answer\": \"approved\", \"who\": \"姓名 name\", \"why\": \"理由 reason\"}")
        let (who, why) = (form.who.trimmed, (form.why ?? "").trimmed)
        guard !who.isEmpty, who.count <= 100, why.count <= 2000 else { throw Problem.signerMissing }
        let item = SignOff.Item(rule: form.rule, field: form.field)
        let asked = [form.rule, form.field, form.answer.rawValue, who, why]
        return try await once(request, key, asked) { writer in
            try await intake.sign(item, form.answer, by: who, because: why, entry: id, recording: writer)
        }
    }

    /// Answers a request that creates something; one with a known `Idempotency-Key` as it was answered before.
    ///
    /// - Parameters:
    ///   - asked: what the request says beside its method and address, in an order of its own.
    ///   - note: what the answer tells the sender of the file's name; nil when all is well.
    ///   - isCheck: whether it creates a check, which `Location` then names; else the entry.
    private func once(
        _ request: Request, _ key: String?, _ asked: [String?], _ fields: [String: String] = [:],
        note: LocalizedText? = nil, status: HTTPResponse.Status = .created, isCheck: Bool = false,
        _ work: (@escaping StoredAnswer.Writer) async throws -> Entry
    ) async throws -> Response {
        let fingerprint = request.fingerprint(asked, fields)
        let write: StoredAnswer.Writer = { entry in
            StoredAnswer(
                key: key, fingerprint: fingerprint, status: status.code,
                location: status == .created ? isCheck ? entry.checkAddress : "/v1/entries/\(entry.id)" : nil,
                body: Array(
                    (try? WireJSON.data(
                        NotedBody(body: body(entry, isForOrganiser: false), notes: [note].compactMap(\.self))))
                        ?? .init()))
        }
        let answer = try await intake.once(key, fingerprint) {
            let entry = try await work(write)
            if let report = entry.report { metrics.count(report) }
            return write(entry)
        }
        return Response(answer)
    }

    private func body(_ entry: Entry, isForOrganiser: Bool) -> EntryBody {
        EntryBody(entry, try? intake.contests.contest(entry.contest), isForOrganiser: isForOrganiser)
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
    private func answer(_ report: Report, to request: Request) async throws -> Response {
        guard request.prefersHTML else {
            var response = Response.json(report)
            response.headers[.vary] = "Accept"
            return response
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .xContentTypeOptions: "nosniff", .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
                .vary: "Accept, Accept-Language",
            ],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: page(report, try await intake.stills(of: report), request.language))))
    }

    private func media(of id: String) async throws -> Response {
        let (file, entry) = try await intake.media(of: id)
        return MediaResponse.make(file, filename: entry.media?.filename)
    }
}

extension RequestContext {
    /// The `{id}` of the address; anything but a UUID names nothing.
    func id() throws -> String {
        guard let id = parameters.get("id")?.lowercased(),
            id.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/) != nil
        else { throw IntakeError.entryUnknown }
        return id
    }
}

extension Request {
    /// Whether `Accept` names HTML before JSON, as browsers do.
    var prefersHTML: Bool {
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

/// A person's answer.
private struct SignOffForm: Decodable {
    var rule: String
    var field: String?
    var answer: SignOff.Answer
    var who: String
    var why: String?
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension Problem {
    /// An answer that nobody stands for, or one that is a book.
    fileprivate static let signerMissing = Problem(
        .unprocessableContent, "signer-missing", zh: "请在 who 中写明确认人（最多 100 字）；理由 why 最多 2000 字。",
        en: "Say in \"who\" who answers, in at most 100 characters; \"why\" takes at most 2000.")

    /// A report that the entry does not have.
    static let reportUnknown = Problem(
        .notFound, "report-unknown", zh: "该作品没有这份报告。全部报告见 GET /v1/entries/{id}/reports。",
        en: "The entry has no such report. See GET /v1/entries/{id}/reports.")
}
