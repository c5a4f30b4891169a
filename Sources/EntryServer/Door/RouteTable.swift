internal import EntryIntake
internal import Hummingbird

/// The table of every route with its demands. A handler runs only when the principal has the right that the table
/// names, and when the table names every query parameter of the request.
final class RouteTable {
    /// Answers a request whose principal and query have been checked.
    typealias Handler = @Sendable (Request, ServiceContext) async throws -> Response

    /// The routes added so far.
    private(set) var routes: [Route] = []
    private let router: Router<ServiceContext>
    private let gate: Gate

    init(router: Router<ServiceContext>, gate: Gate) {
        self.router = router
        self.gate = gate
    }

    /// Adds a route.
    ///
    /// - Parameters:
    ///   - access: the right that the principal must have.
    ///   - parameters: names of the query parameters that the route accepts.
    func on(
        _ method: HTTPRequest.Method, _ path: String, _ access: Access, taking parameters: Set<String> = [],
        use handler: @escaping Handler
    ) {
        routes.append(Route(method: method, path: path, access: access, parameters: parameters))
        router.on(RouterPath(path), method: method) { [gate] request, context in
            var context = context
            context.principal = try await gate.admit(context, access)
            context.query = try RequestQuery(request, allowing: parameters)
            return try await handler(request, context)
        }
    }

    /// Adds a route for `GET`.
    func get(
        _ path: String, _ access: Access, taking parameters: Set<String> = [], use handler: @escaping Handler
    ) { on(.get, path, access, taking: parameters, use: handler) }

    /// Adds a route for `POST`.
    func post(
        _ path: String, _ access: Access, taking parameters: Set<String> = [], use handler: @escaping Handler
    ) { on(.post, path, access, taking: parameters, use: handler) }

    /// Adds a route for `PUT`.
    func put(
        _ path: String, _ access: Access, taking parameters: Set<String> = [], use handler: @escaping Handler
    ) { on(.put, path, access, taking: parameters, use: handler) }

    /// Adds a route for `DELETE`.
    func delete(
        _ path: String, _ access: Access, taking parameters: Set<String> = [], use handler: @escaping Handler
    ) { on(.delete, path, access, taking: parameters, use: handler) }
}
