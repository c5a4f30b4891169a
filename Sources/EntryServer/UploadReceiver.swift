internal import EntryIntake
internal import Foundation
internal import Hummingbird
internal import MediaFacts
internal import TextDecoding

/// Receives request bodies into files on the disk, in constant memory, and removes the files that no entry keeps.
struct UploadReceiver: Sendable {
    private let intake: Intake
    private let timing: any WorkTiming
    private let mostBodyBytes: Int64
    /// Most text fields of one form, without the contest's id.
    let mostFields: Int

    /// Most bytes of all text fields of a form together, and of a JSON body.
    private static let mostFieldBytes = 1 << 20

    init(intake: Intake, timing: any WorkTiming, mostBodyBytes: Int64, mostFields: Int) {
        self.timing = timing
        self.mostFields = mostFields
        self.intake = intake
        self.mostBodyBytes = mostBodyBytes
    }

    /// Receives the body, passes its content to `work`, and removes the file afterwards unless an entry keeps it.
    ///
    /// - Parameters:
    ///   - multipart: whether a `multipart/form-data` body is accepted.
    ///   - raw: whether the body may be the file itself.
    /// - Throws: a problem for a body that is too large, malformed or of another media type; the errors of `work`.
    func withUpload<Value: Sendable>(
        _ request: Request, multipart: Bool, raw: Bool, _ work: (Upload) async throws -> Value
    ) async throws -> Value {
        let type = request.mediaType
        try refuseTooLong(request)
        if multipart, type == "multipart/form-data" {
            return try await receiveForm(request, work)
        }
        guard raw, type.isEmpty || type == "application/octet-stream" || type.hasPrefix("video/") else {
            throw Problem(
                .unsupportedMediaType, "media-type-unsupported",
                zh: raw
                    ? "请用 multipart/form-data 的 media 字段上传，或以 Content-Type: video/mp4（或 application/octet-stream）直接发送文件。"
                    : "请用 multipart/form-data 上传，文件放在 media 字段；没有视频时可发送 application/json。",
                en: raw
                    ? "Send the file as part \"media\" of multipart/form-data, or raw with Content-Type: video/mp4 or "
                        + "application/octet-stream."
                    : "Send multipart/form-data with the file as part \"media\", or application/json without one.")
        }
        return try await receiveRaw(request, work)
    }

    /// Reads a body of at most 1 MiB into memory.
    ///
    /// - Throws: a problem for a larger body.
    func collect(_ request: Request) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await piece in pieces(of: request) {
            guard body.count + piece.count <= Self.mostFieldBytes else { throw Problem.fieldsTooLarge }
            body += piece
        }
        return body
    }

    private func receiveRaw<Value: Sendable>(
        _ request: Request, _ work: (Upload) async throws -> Value
    ) async throws -> Value {
        let incoming = try await intake.beginUpload(announcing: request.contentLength)
        return try await discarding(incoming) {
            try await timing.measure(.receive) {
                for try await piece in pieces(of: request) { try await incoming.write(piece) }
            }
            var upload = Upload(contest: request.query("contest"), media: try await incoming.finish())
            let name = request.queryFilename
            (upload.filename, upload.filenameNote) = (reducedFilename(name?.text), name?.note)
            return try await work(upload)
        }
    }

    private func receiveForm<Value: Sendable>(
        _ request: Request, _ work: (Upload) async throws -> Value
    ) async throws -> Value {
        let boundary = try MultipartParser.boundary(fromContentType: request.headers[.contentType] ?? "")
        // Two parts are not counted as fields: the contest's id and the file.
        let limits = MultipartParser.Limits(parts: mostFields + 2)
        var parser = try MultipartParser(boundary: boundary, limits: limits)
        let incoming = try await intake.beginUpload(announcing: request.contentLength)
        return try await discarding(incoming) {
            var form = FormReader(
                contest: request.query("contest"), mostFields: mostFields, mostFieldBytes: Self.mostFieldBytes)
            try await timing.measure(.receive) {
                for try await piece in pieces(of: request) {
                    if form.isInFile, parser.isOnlyData(piece) {
                        try await incoming.write(piece)
                        continue
                    }
                    var media: [ArraySlice<UInt8>] = []
                    try parser.consume(Array(piece)) { event in
                        if let bytes = try form.take(event) { media.append(bytes) }
                    }
                    if form.hasNewMedia(), let contest = form.contest { _ = try intake.contests.contest(contest) }
                    for bytes in media { try await incoming.write(bytes) }
                }
            }
            try parser.finish()
            var upload = Upload(fields: form.fields, contest: form.contest, filename: form.filename)
            upload.filenameNote = form.filenameNote
            if form.hasMedia { upload.media = try await incoming.finish() }
            return try await work(upload)
        }
    }

    private func pieces(of request: Request) -> BodyPieces {
        BodyPieces(body: request.body, mostBytes: mostBodyBytes)
    }

    /// Runs `work`, and then discards the received file, whether `work` returned or threw. A file that an entry keeps
    /// is not affected.
    private func discarding<Value: Sendable>(
        _ incoming: any IncomingMedia, _ work: () async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await work()
            await incoming.discard()
            return value
        } catch {
            await incoming.discard()
            throw error
        }
    }

    private func refuseTooLong(_ request: Request) throws {
        guard request.headers[.contentLength] != nil else { return }
        guard let length = request.contentLength, length <= mostBodyBytes else {
            throw Problem.bodyTooLarge(mostBodyBytes)
        }
    }
}

extension Request {
    /// The media type of the body in lower case, without parameters; empty when the request has no `Content-Type`.
    var mediaType: String {
        (headers[.contentType] ?? "").prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The number of bytes that the client announced for the body; nil when the body is chunked or the value is no
    /// number.
    fileprivate var contentLength: Int64? { headers[.contentLength].flatMap { Int64($0) } }

    /// The query parameter `filename`, whose percent-encoded bytes need not be UTF-8; nil when it is absent or empty.
    fileprivate var queryFilename: DecodedName? {
        let raw = (uri.query ?? "").split(separator: "&").first { $0.hasPrefix("filename=") }?.dropFirst(9)
        let bytes = raw.flatMap { Array($0.utf8)[...].percentDecoded { _ in true } }
        guard let bytes, String(validating: bytes, as: UTF8.self) == nil else {
            return query("filename").map { DecodedName(text: $0) }
        }
        return DecodedName(bytes)
    }

    /// The value of a query parameter, percent-decoded; nil when it is absent or empty.
    func query(_ name: Substring) -> String? {
        uri.queryParameters[name].flatMap { $0.isEmpty ? nil : String($0) }
    }
}
