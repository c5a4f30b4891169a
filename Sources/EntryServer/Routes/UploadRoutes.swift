internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Hummingbird

/// `/v1/uploads`: uploads that go on after a broken line. Source: tus 1.0.0, the core protocol with creation,
/// creation-with-upload, checksum, expiration and termination.
struct UploadRoutes {
    let uploads: ResumableUploads
    let intake: Intake
    let mostMediaBytes: Int64
    let metrics: Metrics

    func add(to router: Router<ServiceContext>) {
        let collection = router.group("/v1/uploads")
        collection.on("", method: .options) { _, _ in options() }
        collection.on(":id", method: .options) { _, _ in options() }
        for method in [HTTPRequest.Method.post, .head, .patch, .delete] {
            if method == .post { collection.on("", method: method) { request, _ in await answer(request, nil) } }
            collection.on(":id", method: method) { request, context in await answer(request, try context.id()) }
        }
    }

    /// What the server can do. The one answer without `Tus-Resumable`'s demands on the request.
    private func options() -> Response {
        Response(
            status: .noContent,
            headers: [
                .tusResumable: TusHeaders.version, .tusVersion: TusHeaders.version,
                .tusMaxSize: "\(mostMediaBytes)",
                .tusExtension: "creation,creation-with-upload,checksum,expiration,termination",
                .tusChecksumAlgorithm: UploadChecksum.Algorithm.allCases.map(\.rawValue).joined(separator: ","),
            ])
    }

    /// Every answer says which protocol it speaks, a refusal too.
    private func answer(_ request: Request, _ id: String?) async -> Response {
        var response: Response
        do {
            response = try await dispatch(request, id)
        } catch {
            let problem = Problem(error)
            response = problem.response(in: request.language)
            if problem.code == TusHeaders.versionUnsupported.code { response.headers[.tusVersion] = TusHeaders.version }
        }
        response.headers[.tusResumable] = TusHeaders.version
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func dispatch(_ request: Request, _ id: String?) async throws -> Response {
        let method = request.headers[.methodOverride].flatMap { HTTPRequest.Method($0) } ?? request.method
        if method == .options { return options() }
        guard request.headers[.tusResumable] == TusHeaders.version else { throw TusHeaders.versionUnsupported }
        switch (method, id) {
        case (.post, nil): return try await create(request)
        case (.head, let id?): 
            var response = state(try await uploads.state(of: id), verdict: try await verdict(of: id))
            response.status = .ok
            return response
        case (.patch, let id?): return try await append(request, to: id)
        case (.delete, let id?):
            try await uploads.cancel(id)
            return Response(status: .noContent)
        default: throw HTTPError(.notFound)
        }
    }

    /// Creation, with the first bytes or without.
    private func create(_ request: Request) async throws -> Response {
        guard let length = try request.headers.number(.uploadLength) else { throw TusHeaders.lengthMissing }
        guard length <= mostMediaBytes else { throw Problem.bodyTooLarge(mostMediaBytes) }
        let metadata = request.headers[.uploadMetadata]
        var said = try TusHeaders.metadata(metadata ?? "")
        let contest = said.removeValue(forKey: "contest")
        let filename = said.removeValue(forKey: "filename")
        guard let contest else { throw Problem.contestMissing }
        let key = try request.idempotencyKey
        let plan = try uploads.plan(
            contest: contest, fields: said, filename: reducedFilename(filename), metadata: metadata, length: length)
        let fingerprint = request.fingerprint(["\(length)", metadata], [:])
        let kept = try await intake.once(key, fingerprint) {
            let answer = StoredAnswer(
                key: key, fingerprint: fingerprint, status: 201, location: "/v1/uploads/\(plan.id)", body: [])
            try await uploads.begin(plan, answering: answer)
            return answer
        }
        guard kept.location == "/v1/uploads/\(plan.id)", length == 0 || request.carriesBytes else {
            return created(plan, at: kept.location)
        }
        do {
            let upload = try await receive(request, into: plan.id, at: 0)
            return created(upload, at: kept.location)
        } catch {
            // Nobody was told of it.
            if key == nil { try? await uploads.cancel(plan.id) }
            throw error
        }
    }

    private func created(_ upload: ResumableUpload, at location: String?) -> Response {
        var response = state(upload, verdict: nil)
        response.status = .created
        response.headers[.location] = location
        return response
    }

    private func append(_ request: Request, to id: String) async throws -> Response {
        guard request.carriesBytes else { throw TusHeaders.contentTypeWrong }
        guard let offset = try request.headers.number(.uploadOffset) else { throw TusHeaders.offsetMissing }
        let upload = try await receive(request, into: id, at: offset)
        return state(upload, verdict: try await verdict(of: id))
    }

    private func receive(_ request: Request, into id: String, at offset: Int64) async throws -> ResumableUpload {
        let checksum = try TusHeaders.checksum(request.headers[.uploadChecksum])
        let pieces = BodyPieces(body: request.body, mostBytes: mostMediaBytes)
        return try await uploads.append(pieces, to: id, at: offset, checksum: checksum)
    }

    /// The verdict on what an upload has become; nil when it is not an entry yet.
    private func verdict(of id: String) async throws -> String? {
        guard let entry = try await uploads.state(of: id).entry else { return nil }
        return try await intake.entry(entry).report?.verdict.rawValue ?? "pending"
    }

    private func state(_ upload: ResumableUpload, verdict: String?) -> Response {
        var headers: HTTPFields = [
            .uploadOffset: "\(upload.offset)", .uploadLength: "\(upload.length)",
            .uploadExpires: TusHeaders.date(upload.expires),
        ]
        headers[.uploadMetadata] = upload.metadata
        if let entry = upload.entry { headers[.contentLocation] = "/v1/entries/\(entry)" }
        headers[.clipcheckVerdict] = verdict
        return Response(status: .noContent, headers: headers)
    }
}

extension Request {
    /// Whether the body is a piece of an upload.
    fileprivate var carriesBytes: Bool { mediaType == "application/offset+octet-stream" }
}
