internal import Synchronization

/// The routes, for a middleware that is made before they are added.
final class RouteList: Sendable {
    private let routes = Mutex<[Route]>([])

    /// The routes; none until `set`.
    var all: [Route] { routes.withLock { $0 } }

    /// Takes the routes, once.
    func set(_ list: [Route]) { routes.withLock { $0 = list } }
}
