internal import Hummingbird

/// One route of the service.
struct Route: Hashable {
    /// The method; a route for `GET` answers `HEAD`, too.
    let method: HTTPRequest.Method
    /// The path as the router takes it: `/v1/entries/:id`.
    let path: String
    /// What the principal must be allowed.
    let access: Access
    /// Names of the query parameters that it takes.
    let parameters: Set<String>

    /// Whether `path` is an address of this route, whatever the method.
    func matches(_ path: String) -> Bool {
        let (own, asked) = (self.path.split(separator: "/"), path.split(separator: "/"))
        return own.count == asked.count && zip(own, asked).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }

    /// Methods that the route answers.
    var methods: [HTTPRequest.Method] { method == .get ? [.get, .head] : [method] }
}
