internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import Hummingbird
internal import MediaFacts

/// An error that is answered as `application/problem+json`. Source: RFC 9457.
struct Problem: Error {
    /// The HTTP status of the answer.
    var status: HTTPResponse.Status
    /// Stable word that the member `type` ends with.
    var code: String
    /// What happened, and what the client should do.
    var message: LocalizedText
    /// Seconds after which the client may try again, for `Retry-After`; nil for no advice.
    var retryAfter: Int?
    /// Methods that the address accepts, for `Allow` of a 405; nil for any other status.
    var allow: String?

    init(_ status: HTTPResponse.Status, _ code: String, zh: String, en: String, retryAfter: Int? = nil) {
        self.status = status
        self.code = code
        message = LocalizedText(zh: zh, en: en)
        self.retryAfter = retryAfter
    }

    /// The problem of any error that a handler throws. No other place maps errors to statuses.
    init(_ error: any Error) {
        switch error {
        case let error as Problem: self = error
        case let error as IntakeError:
            let error = Self.ownFiles.contains(error.code) ? IntakeError.storageFailed(error.code.rawValue) : error
            self.init(Self.status(of: error.code), error.code.rawValue, zh: error.message.zh, en: error.message.en)
            if status == .tooManyRequests { retryAfter = 10 }
            if status == .serviceUnavailable { retryAfter = 30 }
            if error.code == .reportPending { retryAfter = 5 }
        case let error as MultipartError:
            let status: HTTPResponse.Status = error.code == .notMultipart ? .unsupportedMediaType : .badRequest
            self.init(status, "multipart-\(error.code.rawValue)", zh: error.message.zh, en: error.message.en)
        case let error as HTTPError where error.status == .notFound:
            self.init(
                .notFound, "route-unknown", zh: "没有这个地址。接口说明见 /openapi.json。",
                en: "There is no such address. See /openapi.json.")
        case let error as HTTPError where error.status.kind == .clientError:
            self.init(error.status, "request-invalid", zh: "请求无效。", en: error.body ?? "The request is not valid.")
        case is CancellationError: self.init(IntakeError.cancelled)
        default:
            self.init(
                .internalServerError, "internal", zh: "服务器内部错误，已记录。请稍后重试。",
                en: "An internal error, which was logged. Try again later.")
        }
    }

    private static let ownFiles: Set<IntakeError.Code> = [.fileMissing, .fileNotPermitted, .fileNotRegular]

    private static func status(of code: IntakeError.Code) -> HTTPResponse.Status {
        switch code {
        case .contestUnknown, .itemUnknown, .keyReused, .fieldUnknown: .unprocessableContent
        case .entryUnknown, .mediaMissing, .uploadUnknown, .checkUnknown, .reportUnknown: .notFound
        case .entryDeleted, .uploadExpired: .gone
        case .cursorInvalid: .badRequest
        case .keyMissing, .keyUnknown, .keyExpired, .keyRevoked: .unauthorized
        case .scopeMissing, .contestForbidden, .ownerRequired: .forbidden
        case .mediaReplaced, .offsetMismatch, .uploadTakenOver, .reportPending: .conflict
        // Source: tus 1.0, Checksum.
        case .checksumMismatch: .init(code: 460, reasonPhrase: "Checksum Mismatch")
        case .uploadOverrun: .contentTooLarge
        case .queueFull, .tooManyUploads: .tooManyRequests
        case .mediaTooLarge: .contentTooLarge
        case .diskFull, .insufficientStorage: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .storageFailed, .cancelled, .noWorker: .serviceUnavailable
        // Over HTTP, a missing file is one of the service's own. Only on the command line does the caller name files.
        case .fileMissing, .fileNotPermitted, .fileNotRegular, .fileChanged: .serviceUnavailable
        }
    }

    /// Makes the answer to a request, with `detail` in its language.
    ///
    /// - Parameter id: id of the request, by which the operator finds its lines in the log.
    func response(to request: Request, id: String) -> Response {
        let language = request.language
        let body = Body(
            type: "urn:clipcheck:problem:\(code)", title: status.reasonPhrase, status: status.code,
            detail: message[language], message: message, requestId: id)
        var response = Response.json(body, status: status)
        response.headers[.contentType] = "application/problem+json"
        response.headers[.contentLanguage] = language.rawValue
        if status == .unauthorized { response.headers[.wwwAuthenticate] = "Bearer" }
        response.headers[.allow] = allow
        if let retryAfter { response.headers[.retryAfter] = "\(retryAfter)" }
        return response
    }

    private struct Body: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var message: LocalizedText
        var requestId: String
    }
}

extension Response {
    /// Answers with `value` as JSON that no cache may store; 500 when it cannot be encoded.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        guard let data = try? WireJSON.data(value) else { return Response(status: .internalServerError) }
        return Response(
            status: status,
            headers: [.contentType: "application/json", .xContentTypeOptions: "nosniff", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }
}

extension Request {
    /// The language of messages: English when the first language in `Accept-Language` is English, otherwise Chinese.
    var language: Language {
        let first = headers[.acceptLanguage]?.split(separator: ",").first ?? ""
        return first.drop { $0 == " " }.lowercased().hasPrefix("en") ? .english : .chinese
    }
}
