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
        // Every request is read here. A regular expression would be compiled anew each time, which takes 0.2 ms.
        let text = text.lowercased().utf8
        let host = text.first == UInt8(ascii: "[") ? Self.address(at: text[...]) : text.prefix(while: Self.isInName)
        guard let host, !host.isEmpty, let port = Self.port(text[host.endIndex...], or: defaultPort) else { return nil }
        self.host = String(Substring(host.last == UInt8(ascii: ".") ? host.dropLast() : host))
        self.port = port
    }

    /// An IPv6 address in brackets, at the start of `text`; nil when there is none.
    private static func address(at text: Substring.UTF8View) -> Substring.UTF8View? {
        let inside = text.dropFirst().prefix { $0.isLowercaseHexadecimal || $0 == .colon || $0 == UInt8(ascii: ".") }
        guard !inside.isEmpty, text[inside.endIndex...].first == UInt8(ascii: "]") else { return nil }
        return text[...inside.endIndex]
    }

    /// Whether a byte may stand in a name or in an IPv4 address.
    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// The port in what follows the host, a colon and one to five digits; `standard` when nothing follows.
    private static func port(_ rest: Substring.UTF8View, or standard: Int) -> Int? {
        guard let first = rest.first else { return (1...65_535).contains(standard) ? standard : nil }
        let digits = rest.dropFirst()
        guard first == .colon, (1...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(Substring(digits)), (1...65_535).contains(port)
        else { return nil }
        return port
    }
}
