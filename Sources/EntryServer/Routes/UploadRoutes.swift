internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Hummingbird
internal import Logging

/// `/v1/uploads`: uploads that a client can resume after its connection broke. Source: tus 1.0.0, the core protocol
/// with creation, creation-with-upload, checksum, expiration and termination.
struct UploadRoutes {
    let uploads: ResumableUploads
    let intake: Intake
    let mostMediaBytes: Int64
    let mostFields: Int
    let meter: ServiceMeter
    /// The origin for the addresses of uploads; nil means the origin that the request was sent to.
    let publicURL: WebOrigin?

    func add(to table: RouteTable) {
        table.on(.options, "/v1/uploads", .anybody) { _, _ in options() }
        table.on(.options, "/v1/uploads/:id", .anybody) { _, _ in options() }
        table.post("/v1/uploads", .scope([.submit])) { try await create($0, $1) }
        table.on(.head, "/v1/uploads/:id", .upload) { _, context in
            let upload = try await uploads.state(of: try context.uploadID())
            return state(upload, status: .ok, verdict: try await verdict(on: upload))
        }
        table.on(.patch, "/v1/uploads/:id", .upload) { request, context in
            await append(request, to: try context.uploadID(), context)
        }
        table.delete("/v1/uploads/:id", .upload) { _, context in
            try await uploads.cancel(try context.uploadID())
            return Response(status: .noContent)
        }
    }

    /// Answers OPTIONS with the version, the extensions and the largest upload. Only OPTIONS may come without
    /// `Tus-Resumable`.
    private func options() -> Response {
        Response(
            status: .noContent,
            headers: [
                .tusVersion: TusHeaders.version, .tusMaxSize: "\(mostMediaBytes)",
                .tusExtension: "creation,creation-with-upload,checksum,expiration,termination",
                .tusChecksumAlgorithm: UploadChecksum.Algorithm.allCases.map(\.rawValue).joined(separator: ","),
            ])
    }

    /// `POST /v1/uploads`: creates an upload, and appends the body when the request carries one.
    private func create(_ request: Request, _ context: ServiceContext) async throws -> Response {
        guard request.headers[.uploadDeferLength] == nil, let length = try request.headers.number(.uploadLength) else {
            throw TusHeaders.lengthMissing
        }
        guard length <= mostMediaBytes else { throw Problem.bodyTooLarge(mostMediaBytes) }
        guard request.carriesBytes || !request.hasBody else { throw TusHeaders.contentTypeWrong }
        let metadata = request.headers[.uploadMetadata]
        var said = try TusHeaders.metadata(metadata ?? "")
        let contest = said.removeValue(forKey: "contest")
        let filename = said.removeValue(forKey: "filename")
        guard let contest else { throw Problem.contestMissing }
        guard said.count <= mostFields else { throw Problem.fieldsTooMany(mostFields) }
        let asked = try request.idempotent(by: context.principal, ["\(length)", metadata])
        let plan = try uploads.plan(
            contest: contest, by: context.principal, fields: said, filename: reducedFilename(filename),
            metadata: metadata, length: length)
        let (upload, isRepeated) = try await uploads.begin(plan, request: asked)
        if isRepeated { return try await created(upload, request, isRepeated: true) }
        guard length == 0 || request.carriesBytes else { return try await created(upload, request) }
        do {
            return try await created(try await receive(request, into: upload.id, at: 0), request)
        } catch {
            // Delete the upload: the client never learnt its address, so it could not resume it.
            if asked == nil { try? await uploads.cancel(upload.id) }
            throw error
        }
    }

    private func created(
        _ upload: ResumableUpload, _ request: Request, isRepeated: Bool = false
    ) async throws -> Response {
        var response = state(upload, status: .created, verdict: try await verdict(on: upload))
        // The address is absolute when the host is known, because some clients cannot resolve a relative one.
        let path = "/v1/uploads/\(upload.id)"
        let scheme = request.headers[.forwardedProto] == "https" ? "https" : "http"
        let base = publicURL?.text ?? request.head.authority.map { "\(scheme)://\($0)" }
        response.headers[.location] = (base ?? "") + path
        if isRepeated { response.headers[.idempotencyReplayed] = "true" }
        return response
    }

    /// `PATCH /v1/uploads/{id}`: appends the body. A refusal also has `Upload-Expires`, when the upload still exists.
    private func append(_ request: Request, to id: String, _ context: ServiceContext) async -> Response {
        do {
            guard request.carriesBytes else { throw TusHeaders.contentTypeWrong }
            guard let offset = try request.headers.number(.uploadOffset) else { throw TusHeaders.offsetMissing }
            let upload = try await receive(request, into: id, at: offset)
            return state(upload, status: .noContent, verdict: try await verdict(on: upload))
        } catch {
            context.logFailure(error, ["upload": "\(id)"])
            var response = Problem(error).response(to: request, id: context.identity.id)
            response.headers[.uploadExpires] = await uploads.expiry(of: id).map(TusHeaders.date)
            return response
        }
    }

    private func receive(_ request: Request, into id: String, at offset: Int64) async throws -> ResumableUpload {
        let checksum = try TusHeaders.checksum(request.headers[.uploadChecksum])
        let pieces = BodyPieces(body: request.body, mostBytes: mostMediaBytes)
        let upload = try await meter.measure(.receive) {
            try await uploads.append(pieces, to: id, at: offset, checksum: checksum)
        }
        if let entry = upload.entry, let report = try? await intake.entry(entry).report { meter.count(report) }
        return upload
    }

    /// The verdict on the entry that the upload has become, or `pending`; nil while the upload is no entry yet.
    private func verdict(on upload: ResumableUpload) async throws -> String? {
        guard let entry = upload.entry else { return nil }
        guard let report = try await intake.entry(entry).report else { return "pending" }
        // A content check that is still running cannot turn a non-compliant entry into a compliant one, so that verdict
        // is final.
        return report.isPending && report.verdict != .nonCompliant ? "pending" : report.verdict.rawValue
    }

    private func state(_ upload: ResumableUpload, status: HTTPResponse.Status, verdict: String?) -> Response {
        var headers: HTTPFields = [
            .uploadOffset: "\(upload.offset)", .uploadLength: "\(upload.length)",
            .uploadExpires: TusHeaders.date(upload.expires), .cacheControl: "no-store",
        ]
        headers[.uploadMetadata] = upload.metadata
        if let entry = upload.entry { headers[.contentLocation] = "/v1/entries/\(entry)" }
        headers[.clipcheckVerdict] = verdict
        return Response(status: status, headers: headers)
    }
}

extension Request {
    /// Whether the media type says that the body is bytes of an upload.
    fileprivate var carriesBytes: Bool { mediaType == "application/offset+octet-stream" }

    /// Whether the request has a body.
    fileprivate var hasBody: Bool {
        headers[.transferEncoding] != nil || headers[.contentLength].map { $0 != "0" } ?? false
    }
}
