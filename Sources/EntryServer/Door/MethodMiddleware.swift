internal import Hummingbird

/// Answers 405 with `Allow` when the address has routes, but none for the request's method. Source: RFC 9110 §15.5.6.
struct MethodMiddleware: RouterMiddleware {
    /// The routes of the service, filled in after the middleware is made.
    let routes: RouteList

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let methods = routes.all.filter { $0.matches(request.uri.path) }.flatMap(\.methods)
            guard !methods.isEmpty, !methods.contains(request.method) else { throw error }
            throw Problem.methodNotAllowed(methods)
        }
    }
}

extension Problem {
    fileprivate static func methodNotAllowed(_ methods: [HTTPRequest.Method]) -> Problem {
        let names = Set(methods.map(\.rawValue)).sorted().joined(separator: ", ")
        var problem = Problem(
            .methodNotAllowed, "method-not-allowed", zh: "这个地址只接受 \(names)。",
            en: "This address takes \(names) only.")
        problem.allow = names
        return problem
    }
}
