internal import Hummingbird

/// A route of the service: its address, and the right and the parameters that it takes.
struct Route: Hashable {
    /// The method. A route for `GET` answers `HEAD`, too.
    let method: HTTPRequest.Method
    /// The path in the router's notation, such as `/v1/entries/:id`.
    let path: String
    /// The right that the principal must have.
    let access: Access
    /// Names of the query parameters that the route accepts.
    let parameters: Set<String>

    /// The path as openapi.json and the metrics write it, such as `/v1/entries/{id}`.
    var pattern: String { path.replacing(/:([a-z]+)/) { "{\($0.1)}" } }

    /// Whether `path` is an address of this route; the method is not compared.
    func matches(_ path: String) -> Bool {
        let (own, asked) = (self.path.split(separator: "/"), path.split(separator: "/"))
        return own.count == asked.count && zip(own, asked).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }

    /// Methods that the route answers.
    var methods: [HTTPRequest.Method] { method == .get ? [.get, .head] : [method] }
}
