internal import Foundation

/// The address of a target, taken apart: what a request needs, and nothing that could be read in two ways.
public struct Endpoint: Sendable, Hashable {
    /// The address as it is requested, its scheme and host in lower case.
    public let url: String
    /// The host: a name, or an address without brackets.
    public let host: String
    /// Whether the connection is encrypted.
    public let isEncrypted: Bool

    /// Reads `https://host[:port][/path][?query]`, or `http://…`; nil for any other text, for an address with a user name
    /// or a fragment, for one with characters beyond ASCII, and for one of more than 2,000 characters.
    public init?(_ text: String) {
        guard text.utf8.count <= 2000, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }),
            var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.percentEncodedHost?.lowercased(), ["http", "https"].contains(scheme),
            parts.user == nil, parts.password == nil, parts.fragment == nil,
            parts.port.map({ (1...65_535).contains($0) }) ?? true
        else { return nil }
        let bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard !bare.isEmpty, bare.allSatisfy({ $0.isLetter || $0.isNumber || ".-_:".contains($0) }),
            bare.contains(":") == (host != bare) || IPAddress(bare) != nil
        else { return nil }
        (parts.scheme, parts.host) = (scheme, host)
        guard let url = parts.string else { return nil }
        (self.url, self.host, isEncrypted) = (url, bare, scheme == "https")
    }
}
