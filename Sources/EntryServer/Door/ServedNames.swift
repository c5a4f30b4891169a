internal import NIOCore

/// Names under which clients may reach the service.
///
/// A page of another site reaches a local service under the name of that site, when its owner lets that name point to
/// this machine. Such a name is refused. No site can do that with an address in digits, so those are always allowed.
struct ServedNames: Sendable {
    private let names: Set<String>

    /// - Parameters:
    ///   - host: the address that the service listens on.
    ///   - urls: addresses under which a proxy or the name server makes the service known.
    init(host: String, publicURLs urls: [WebOrigin]) {
        names = Set(urls.map(\.authority.host) + [host.lowercased(), "localhost"])
    }

    /// Whether `host`, in lower case and without its port, is one of them.
    func contains(_ host: String) -> Bool {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return names.contains(host) || host.hasSuffix(".localhost")
            || (try? SocketAddress(ipAddress: bare, port: 0)) != nil
    }
}
