/// Says which addresses a webhook target may have.
public struct AddressPolicy: Sendable, Hashable {
    /// Whether addresses of this machine and of private networks are allowed.
    public var allowsPrivate: Bool

    /// Makes a policy.
    public init(allowsPrivate: Bool) { self.allowsPrivate = allowsPrivate }

    /// The kinds of addresses.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Can be reached from the whole internet.
        case `public`
        /// This machine.
        case loopback
        /// A private network, a unique local address, or the shared space of providers.
        case `private`
        /// One link. The services that give cloud machines their credentials are there.
        case linkLocal = "link-local"
        /// Multicast and broadcast.
        case multicast
        /// `0.0.0.0/8` and `::`, which connect to this machine.
        case unspecified
        /// Documentation, benchmarks, tunnels, and everything that is not assigned.
        case reserved
    }

    /// Whether a connection to `address` may be made. Link-local, multicast, unspecified and reserved addresses are never
    /// allowed.
    public func allows(_ address: IPAddress) -> Bool {
        switch Self.kind(of: address) {
        case .public: true
        case .loopback, .private: allowsPrivate
        case .linkLocal, .multicast, .unspecified, .reserved: false
        }
    }

    /// The kind of an address. An IPv6 address that carries an IPv4 address is of the kind of that.
    ///
    /// Source: the registries of special-purpose addresses at IANA (RFC 6890), RFC 4291, RFC 6052.
    public static func kind(of address: IPAddress) -> Kind {
        if let inner = embedded(in: address) { return kind(of: inner) }
        let networks = address.bytes.count == 4 ? special4 : special6
        if let network = networks.first(where: { address.isIn($0.prefix, $0.length) }) { return network.kind }
        return address.bytes.count == 4 || address.isIn(globalUnicast, 3) ? .public : .reserved
    }

    /// The IPv4 address in an IPv4-mapped (`::ffff:0:0/96`) or NAT64 (`64:ff9b::/96`) address; nil in any other.
    private static func embedded(in address: IPAddress) -> IPAddress? {
        guard address.isIn(mapped, 96) || address.isIn(translated, 96) else { return nil }
        return IPAddress(bytes: Array(address.bytes.suffix(4)))
    }

    private static let mapped = six(0, 0, 0, 0, 0, 0xFFFF)
    private static let translated = six(0x64, 0xFF9B)
    private static let globalUnicast = six(0x2000)

    private typealias Network = (prefix: [UInt8], length: Int, kind: Kind)

    private static let special4: [Network] = [
        ([0, 0, 0, 0], 8, .unspecified), ([127, 0, 0, 0], 8, .loopback), ([169, 254, 0, 0], 16, .linkLocal),
        ([10, 0, 0, 0], 8, .private), ([172, 16, 0, 0], 12, .private), ([192, 168, 0, 0], 16, .private),
        ([100, 64, 0, 0], 10, .private), ([224, 0, 0, 0], 4, .multicast), ([255, 255, 255, 255], 32, .multicast),
        ([192, 0, 0, 0], 24, .reserved), ([192, 0, 2, 0], 24, .reserved), ([192, 88, 99, 0], 24, .reserved),
        ([198, 18, 0, 0], 15, .reserved), ([198, 51, 100, 0], 24, .reserved), ([203, 0, 113, 0], 24, .reserved),
        ([240, 0, 0, 0], 4, .reserved),
    ]

    private static let special6: [Network] = [
        (six(), 128, .unspecified), (six(0, 0, 0, 0, 0, 0, 0, 1), 128, .loopback), (six(0xFE80), 10, .linkLocal),
        (six(0xFC00), 7, .private), (six(0xFF00), 8, .multicast), (six(0x2001), 23, .reserved),
        (six(0x2001, 0xDB8), 32, .reserved), (six(0x2002), 16, .reserved), (six(0x3FFF), 20, .reserved),
    ]

    /// 16 bytes from the first groups of an IPv6 address.
    private static func six(_ groups: UInt16...) -> [UInt8] {
        let bytes = groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        return bytes + [UInt8](repeating: 0, count: 16 - bytes.count)
    }
}
