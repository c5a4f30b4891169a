internal import MediaFacts

/// Hosts of web addresses.
enum WebHost {
    /// The host in `authority`, in small letters: a name with a dot, an IPv4 address, or an IPv6 address in brackets.
    ///
    /// - Returns: nil when the authority has no such host, names a user or has an impossible port.
    static func read(_ authority: String) -> String? {
        guard authority.utf8.count <= 300 else { return nil }
        let pattern = /(\[[0-9A-Fa-f:.]{2,45}\]|[^:@\[\]]+)(?::([0-9]{1,5}))?/
        guard let parts = authority.wholeMatch(of: pattern)?.output else { return nil }
        if let port = parts.2.flatMap({ Int($0) }), !(1...65535).contains(port) { return nil }
        let name = parts.1.lowercased()
        if name.hasPrefix("[") {
            let address = String(name.dropFirst().dropLast())
            return isIPv6(address) ? address : nil
        }
        let host = name.hasSuffix(".") ? String(name.dropLast()) : name
        return isIPv4(host) || EmailAddress.isDomain(host[...]) ? host : nil
    }

    /// A host as a contest file lists it: a name with a dot, without scheme, port and path.
    static var listed: Notation<String> {
        let read = { (text: String) -> String? in
            let name = text.lowercased()
            return EmailAddress.isDomain(name[...]) ? name : nil
        }
        return Notation(
            shape: LocalizedText(
                zh: "网站的域名，如 bilibili.com（不写 https:// 和路径）",
                en: "the name of a site like bilibili.com, without https:// and path"), exactly: read)
    }

    private static func isIPv4(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.wholeMatch(of: /[0-9]{1,3}/) != nil && (Int(part) ?? 256) <= 255
            }
    }

    /// Source: RFC 4291, 2.2, without a zone.
    private static func isIPv6(_ text: String) -> Bool {
        let halves = text.split(separator: /::/, omittingEmptySubsequences: false)
        guard halves.count <= 2 else { return false }
        var count = 0
        for (index, half) in halves.enumerated() where !half.isEmpty {
            let groups = half.split(separator: ":", omittingEmptySubsequences: false)
            for (place, group) in groups.enumerated() {
                let isLast = index == halves.count - 1 && place == groups.count - 1
                if isLast, isIPv4(String(group)) {
                    count += 2
                } else if group.wholeMatch(of: /[0-9a-f]{1,4}/) != nil {
                    count += 1
                } else {
                    return false
                }
            }
        }
        return halves.count == 2 ? count < 8 : count == 8
    }
}
