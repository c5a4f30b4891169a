internal import BlockingLanes
internal import Foundation

/// Looks up the addresses of a host. The sender asks at every attempt.
public protocol HostResolving: Sendable {
    /// Every address of `host`, the preferred one first; empty when it has none.
    ///
    /// - Parameter host: a name, or an address without brackets.
    func addresses(of host: String) async -> [IPAddress]
}

/// Looks hosts up with getaddrinfo(3), on threads of its own.
public struct HostResolver: HostResolving {
    private let lanes = BlockingLanes("resolve", count: 8)

    /// Makes a resolver; its threads start when there is work.
    public init() {}

    /// Every address of `host`, in the order of RFC 6724. Takes as long as the name servers do.
    public func addresses(of host: String) async -> [IPAddress] {
        await lanes.run { Self.lookUp(host) }
    }

    private static func lookUp(_ host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var found: [IPAddress] = []
        var next = first
        while let entry = next {
            if let address = address(in: entry.pointee), !found.contains(address) { found.append(address) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func address(in entry: addrinfo) -> IPAddress? {
        guard let socketAddress = entry.ai_addr else { return nil }
        let raw = UnsafeRawPointer(socketAddress)
        switch entry.ai_family {
        case AF_INET:
            var address = raw.loadUnaligned(as: sockaddr_in.self).sin_addr
            return IPAddress(bytes: withUnsafeBytes(of: &address) { Array($0) })
        case AF_INET6:
            var address = raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            return IPAddress(bytes: withUnsafeBytes(of: &address) { Array($0) })
        default:
            return nil
        }
    }
}
