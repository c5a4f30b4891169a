internal import HTTPTypes
internal import Hummingbird

/// Applies the rules of tus 1.0.0 that hold for every request under `/v1/uploads`: `X-HTTP-Method-Override` replaces
/// the method, `Tus-Resumable` must name version 1.0.0 except on OPTIONS, and every answer names the version.
struct TusResponder<Inner: HTTPResponder>: HTTPResponder where Inner.Context == ServiceContext {
    let inner: Inner

    /// Methods that `X-HTTP-Method-Override` may name, for clients and proxies that cannot send them. Any other method
    /// is refused with 400. Source: tus 1.0.0, X-HTTP-Method-Override.
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
                return TusHeaders.overrideInvalid.response(to: request, id: context.identity.id)
            }
            var head = request.head
            head.method = method
            request = Request(head: head, body: request.body)
        }
        guard request.method == .options || request.headers[.tusResumable] == TusHeaders.version else {
            var response = TusHeaders.versionUnsupported.response(to: request, id: context.identity.id)
            response.headers[.tusVersion] = TusHeaders.version
            return response
        }
        return try await inner.respond(to: request, context: context)
    }
}
