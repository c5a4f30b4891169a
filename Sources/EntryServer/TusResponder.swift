internal import HTTPTypes
internal import Hummingbird

/// Answers requests, and sees to what tus 1.0.0 asks of every request for an upload before and after its route: the
/// method that counts, the version, and that every answer names the version, whatever it is.
struct TusResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == ServiceContext {
    let inner: Inner

    func respond(to request: Request, context: ServiceContext) async throws -> Response {
        guard request.uri.path == "/v1/uploads" || request.uri.path.hasPrefix("/v1/uploads/") else {
            return try await inner.respond(to: request, context: context)
        }
        var response = try await answer(request, context)
        response.headers[.tusResumable] = TusHeaders.version
        return response
    }

    private func answer(_ request: Request, _ context: ServiceContext) async throws -> Response {
        var request = request
        if let override = request.headers[.methodOverride] {
            guard let method = HTTPRequest.Method(override), method.rawValue == override else {
                return TusHeaders.overrideInvalid.response(in: request.language)
            }
            var head = request.head
            head.method = method
            request = Request(head: head, body: request.body)
        }
        guard request.method == .options || request.headers[.tusResumable] == TusHeaders.version else {
            var response = TusHeaders.versionUnsupported.response(in: request.language)
            response.headers[.tusVersion] = TusHeaders.version
            return response
        }
        return try await inner.respond(to: request, context: context)
    }
}
