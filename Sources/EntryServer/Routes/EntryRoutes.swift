internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Hummingbird
internal import MediaFacts

/// `/v1/entries`: submits, shows, lists, changes, reviews and deletes entries.
struct EntryRoutes {
    let intake: Intake
    let receiver: UploadReceiver
    let meter: ServiceMeter

    func add(to table: RouteTable) {
        table.post("/v1/entries", .scope([.submit]), taking: ["contest"]) { try await submit($0, $1) }
        table.get("/v1/entries", .scope([.read, .submit]), taking: Self.filters) { _, context in try await list(context)
        }
        table.get("/v1/entries/:id", .entry(.read)) { _, context in try await show(context) }
        table.delete("/v1/entries/:id", .entry(.change)) { _, context in try await delete(context) }
        table.put("/v1/entries/:id/media", .entry(.change), taking: ["filename"]) { try await attach($0, $1) }
        table.put("/v1/entries/:id/fields", .entry(.change)) { try await correct($0, $1) }
        table.post("/v1/entries/:id/checks", .entry(.review)) { try await recheck($0, $1) }
        table.post("/v1/entries/:id/signoffs", .entry(.review)) { try await sign($0, $1) }
    }

    private static let filters: Set = [
        "contest", "verdict", "standing", "category", "region", "day", "text", "limit", "cursor",
    ]

    /// `POST /v1/entries`: a non-compliant video is still answered with 201. Only a failure to judge or store it is an
    /// error.
    private func submit(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let named = context.query["contest"]
        if let named {
            try context.principal.require(contest: named)
            _ = try intake.contests.contest(named)
        }
        _ = try request.idempotent(by: context.principal)
        if request.mediaType == "application/json" { return try await submitForm(request, context, named) }
        return try await receiver.withUpload(request, multipart: true, raw: false) { upload in
            let contest = try upload.requiredContest()
            guard let media = upload.media else { throw Problem.mediaExpected }
            let asked = try request.idempotent(
                by: context.principal, [contest, upload.filename, media.media.sha256], upload.fields)
            let answered = try await context.whileClientWaits(unless: asked != nil) {
                try await intake.submit(
                    contest: contest, fields: upload.fields, media: media, named: upload.filename,
                    by: context.principal, request: asked)
            }
            return created(answered, note: upload.filenameNote)
        }
    }

    private func submitForm(
        _ request: Request, _ context: ServiceContext, _ named: String?
    ) async throws -> Response {
        let form: EntryForm = try await receiver.json(from: request)
        guard let contest = named ?? form.contest else { throw Problem.contestMissing }
        let fields = form.fields ?? [:]
        return created(
            try await intake.submit(
                contest: contest, fields: fields, media: nil, named: nil, by: context.principal,
                request: try request.idempotent(by: context.principal, [contest], fields)))
    }

    private func attach(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try context.id()
        _ = try request.idempotent(by: context.principal)
        _ = try await intake.entry(id)
        return try await receiver.withUpload(request, multipart: false, raw: true) { upload in
            guard let media = upload.media else { throw Problem.mediaExpected }
            let asked = try request.idempotent(by: context.principal, [upload.filename, media.media.sha256])
            let answered = try await context.whileClientWaits(unless: asked != nil) {
                try await intake.attach(media, named: upload.filename, toEntry: id, request: asked)
            }
            return answer(answered, .ok, note: upload.filenameNote)
        }
    }

    /// `PUT /v1/entries/{id}/fields`: replaces the form. The entry keeps its time of receipt.
    private func correct(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try context.id()
        let fields = try await receiver.json(FieldsForm.self, from: request).fields
        return answer(
            try await intake.correct(
                fields, ofEntry: id, request: try request.idempotent(by: context.principal, [], fields)), .ok)
    }

    private func recheck(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try context.id()
        let asked = try request.idempotent(by: context.principal)
        let answered = try await context.whileClientWaits(unless: asked != nil) {
            try await intake.recheck(entry: id, request: asked)
        }
        return created(answered, at: answered.entry.checkAddress)
    }

    private func sign(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try context.id()
        let form: SignOffForm = try await receiver.json(from: request)
        let (who, why) = (form.who.trimmed, (form.why ?? "").trimmed)
        guard !who.isEmpty, who.count <= 100, why.count <= 2000 else { throw Problem.signerMissing }
        let asked = try request.idempotent(
            by: context.principal, [form.rule, form.field, form.answer.rawValue, who, why])
        return created(
            try await intake.sign(
                SignOff.Item(rule: form.rule, field: form.field), form.answer, by: who, because: why, entry: id,
                request: asked))
    }

    private func show(_ context: ServiceContext) async throws -> Response {
        let isForOrganiser = context.principal.seesContacts
        return Response.json(body(try await intake.entry(try context.id()), isForOrganiser: isForOrganiser))
    }

    private func delete(_ context: ServiceContext) async throws -> Response {
        try await intake.delete(entry: try context.id())
        return Response(status: .noContent)
    }

    private func list(_ context: ServiceContext) async throws -> Response {
        let query = context.query
        return Response.json(
            EntryListBody(
                try await intake.entries(
                    EntryQuery(
                        contest: query["contest"], verdict: try query.choice("verdict"),
                        standing: try query.choice("standing"), category: query["category"], region: query["region"],
                        day: try query.day, text: query["text"], limit: try query.number("limit", in: 1...200) ?? 50,
                        cursor: query["cursor"]), for: context.principal)))
    }

    /// Answers 201 to a request that created something.
    ///
    /// - Parameters:
    ///   - address: address of the new resource; nil means the entry's.
    ///   - note: a note to the client about the request; nil for none.
    private func created(
        _ answered: AnsweredEntry, at address: String? = nil, note: LocalizedText? = nil
    ) -> Response {
        var response = answer(answered, .created, note: note)
        response.headers[.location] = address ?? "/v1/entries/\(answered.entry.id)"
        return response
    }

    /// Answers with the entry that a request changed.
    ///
    /// The answer to a repeated request is made from the entry as it was at the first one, so both answers are equal.
    /// The second has `Idempotency-Replayed`.
    private func answer(
        _ answered: AnsweredEntry, _ status: HTTPResponse.Status, note: LocalizedText? = nil
    ) -> Response {
        if !answered.isRepeated, let report = answered.entry.report { meter.count(report) }
        var response = Response.json(
            NotedBody(
                body: body(answered.entry, isForOrganiser: false), notes: [note].compactMap(\.self)), status: status)
        if answered.isRepeated { response.headers[.idempotencyReplayed] = "true" }
        return response
    }

    private func body(_ entry: Entry, isForOrganiser: Bool) -> EntryBody {
        EntryBody(entry, try? intake.contests.contest(entry.contest), isForOrganiser: isForOrganiser)
    }
}

extension RequestQuery {
    /// The parameter `day`, a date like 2024-03-01; nil when it is absent.
    ///
    /// - Throws: a problem when the value has another form.
    fileprivate var day: String? {
        get throws {
            guard let text = self["day"] else { return nil }
            guard text.wholeMatch(of: /[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])/) != nil else {
                throw Problem(
                    .badRequest, "day-invalid", zh: "day 应为日期，例如 2024-03-01。", en: "day is a date, like 2024-03-01.")
            }
            return text
        }
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension Problem {
    /// A sign-off has no name, or its name or reason is too long.
    fileprivate static let signerMissing = Problem(
        .unprocessableContent, "signer-missing", zh: "请在 who 中写明确认人（最多 100 字）；理由 why 最多 2000 字。",
        en: "Say in \"who\" who answers, in at most 100 characters; \"why\" takes at most 2000.")
}
