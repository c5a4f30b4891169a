internal import NIOCore

/// Host names under which clients may reach the service.
///
/// The owner of another site can let that site's name point to this machine (DNS rebinding), so that pages of the site
/// reach the service under that name. The service refuses such a name. A numeric address cannot be redirected like
/// this, so numeric addresses are always allowed.
struct ServedNames: Sendable {
    private let names: Set<String>

    /// Makes the list of names.
    ///
    /// - Parameters:
    ///   - host: the address that the service listens on.
    ///   - urls: origins under which a proxy or the name server makes the service known.
    init(host: String, publicURLs urls: [WebOrigin]) {
        names = Set(urls.map(\.authority.host) + [host.lowercased(), "localhost"])
    }

    /// Whether clients may use the name `host`, which is in lower case and without its port.
    func contains(_ host: String) -> Bool {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return names.contains(host) || host.hasSuffix(".localhost")
            || (try? SocketAddress(ipAddress: bare, port: 0)) != nil
    }
}
