internal import Synchronization

/// Holds the routes for a middleware that is made before the routes are added.
final class RouteList: Sendable {
    private let routes = Mutex<[Route]>([])

    /// The routes; empty before `set`.
    var all: [Route] { routes.withLock { $0 } }

    /// Whether a route has this address, with its parameters in braces, as in `/v1/entries/{id}`.
    func hasPattern(_ pattern: String) -> Bool { all.contains { $0.pattern == pattern } }

    /// Sets the routes.
    func set(_ list: [Route]) { routes.withLock { $0 = list } }
}
