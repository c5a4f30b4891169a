internal import HTTPTypes
internal import Hummingbird

/// Applies the demands of tus 1.0.0 on every request for an upload before and after its route: the overriding method, the
/// version of the request, and the version in every answer.
struct TusResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == ServiceContext {
    let inner: Inner

    /// The methods of tus, which a client may name where it or a proxy cannot send them. Any other one is refused, so that
    /// no client invents methods. Source: tus 1.0.0, X-HTTP-Method-Override.
    private static var overridingMethods: [HTTPRequest.Method] { [.patch, .delete, .head, .post, .options] }

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
            guard let method = Self.overridingMethods.first(where: { $0.rawValue == override }) else {
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
