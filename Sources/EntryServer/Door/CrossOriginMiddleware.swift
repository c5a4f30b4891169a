internal import HTTPTypes
internal import Hummingbird

/// Lets pages of the allowed origins use the service: answers CORS preflights, and names in every answer the fields
/// that a script may read. Source: Fetch standard, "CORS protocol"; tus 1.0.0.
struct CrossOriginMiddleware: RouterMiddleware {
    let allowed: AllowedOrigins

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        guard !allowed.isEmpty else { return try await next(request, context) }
        guard let text = request.headers[.origin], let origin = WebOrigin(text), allowed.contains(origin) else {
            var response = try await next(request, context)
            response.headers[.vary] = Self.adding("Origin", to: response.headers[.vary])
            return response
        }
        var response: Response
        if request.method == .options, request.headers[.accessControlRequestMethod] != nil {
            response = Response(status: .noContent, headers: Self.preflight)
        } else {
            response = try await next(request, context)
            response.headers[.accessControlExposeHeaders] = Self.exposed.map(\.canonicalName).joined(separator: ", ")
        }
        response.headers[.accessControlAllowOrigin] = text
        response.headers[.vary] = Self.adding("Origin", to: response.headers[.vary])
        return response
    }

    private static func adding(_ name: String, to vary: String?) -> String { vary.map { "\($0), \(name)" } ?? name }

    private static var preflight: HTTPFields {
        [
            .accessControlAllowMethods: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
            .accessControlAllowHeaders: sent.map(\.canonicalName).joined(separator: ", "),
            .accessControlMaxAge: "86400",
        ]
    }

    /// Header fields that a script may send, those of tus-js-client among them.
    private static var sent: [HTTPField.Name] {
        [
            .authorization, .contentType, .accept, .acceptLanguage, .idempotencyKey, .range, .ifRange, .ifNoneMatch,
            .lastEventID, .tusResumable, .uploadLength, .uploadOffset, .uploadMetadata, .uploadChecksum,
            .uploadDeferLength, .methodOverride, .requestedWith, .requestID, .traceparent,
        ]
    }

    /// Header fields of an answer that a script may read.
    private static var exposed: [HTTPField.Name] {
        [
            .location, .contentLocation, .retryAfter, .allow, .wwwAuthenticate, .eTag, .contentRange, .acceptRanges,
            .contentDisposition, .contentLanguage, .idempotencyReplayed, .clipcheckVerdict, .tusResumable, .tusVersion,
            .tusExtension, .tusMaxSize, .tusChecksumAlgorithm, .uploadOffset, .uploadLength, .uploadExpires,
            .uploadMetadata, .requestID, .traceparent,
        ]
    }
}
