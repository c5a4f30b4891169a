/// Scheme, host and port of a web page or a service. Source: RFC 6454 §4.
public struct WebOrigin: Sendable, Hashable {
    /// `http` or `https`.
    public let scheme: String
    /// Host and port.
    let authority: Authority

    /// Reads `https://portal.example` or `http://10.0.0.5:8080`, with or without a slash at the end; nil for a text
    /// with a path, a user, or another scheme.
    public init?(_ text: String) {
        let parts = text.lowercased().split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "http" || parts[0] == "https" else { return nil }
        scheme = String(parts[0])
        let place = parts[1].hasSuffix("/") ? parts[1].dropLast() : parts[1]
        guard let authority = Authority(String(place), defaultPort: parts[0] == "https" ? 443 : 80) else { return nil }
        self.authority = authority
    }

    /// The origin as browsers write it, without the default port of its scheme.
    public var text: String {
        let isDefault = authority.port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(authority.host)\(isDefault ? "" : ":\(authority.port)")"
    }
}

/// Host and port, as the header field `Host` writes them.
struct Authority: Hashable {
    /// Name or address in lower case, without a dot at the end; an IPv6 address in brackets.
    let host: String
    /// The port, 1 to 65,535.
    let port: Int

    /// Reads `name`, `name:8080`, `192.0.2.1:80` or `[2001:db8::1]:80`; nil for anything else.
    init?(_ text: String, defaultPort: Int) {
        let text = text.lowercased()
        guard let match = text.wholeMatch(of: /(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::([0-9]{1,5}))?/) else { return nil }
        guard let port = match.2.map({ Int($0) }) ?? defaultPort, (1...65_535).contains(port) else { return nil }
        (host, self.port) = (match.1.hasSuffix(".") ? String(match.1.dropLast()) : String(match.1), port)
    }
}
