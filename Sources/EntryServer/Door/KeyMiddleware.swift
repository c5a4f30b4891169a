internal import EntryIntake
internal import Hummingbird

/// Finds the principal of a request that carries a key. A wrong key is refused with 401 on every route, also on routes
/// that need none.
struct KeyMiddleware: RouterMiddleware {
    let doorkeeper: Doorkeeper

    func handle(
        _ request: Request, context: ServiceContext, next: (Request, ServiceContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let field = request.headers[.authorization] {
            guard let token = Self.bearerToken(field) else { throw IntakeError.keyUnknown }
            context.keyHolder = try await doorkeeper.principal(showing: token)
        }
        return try await next(request, context)
    }

    /// The token in an `Authorization` field like `Bearer cc_…`; nil for another scheme. Source: RFC 6750 §2.1.
    private static func bearerToken(_ field: String) -> String? {
        let parts = field.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == "bearer" ? String(parts[1]) : nil
    }
}
