import Testing

@testable import WebhookDelivery

@Suite("`AddressPolicy`")
struct AddressPolicyTests {
    @Test(
        "`AddressPolicy.kind(of:)` names the kind at both ends of every special network",
        arguments: [
            ("0.0.0.0", .unspecified), ("0.255.255.255", .unspecified), ("1.0.0.0", .public), ("8.8.8.8", .public),
            ("9.255.255.255", .public), ("10.0.0.0", .private), ("10.255.255.255", .private), ("11.0.0.0", .public),
            ("100.63.255.255", .public), ("100.64.0.0", .private), ("100.127.255.255", .private),
            ("100.128.0.0", .public), ("126.255.255.255", .public), ("127.0.0.1", .loopback),
            ("127.255.255.255", .loopback), ("128.0.0.0", .public), ("169.253.255.255", .public),
            ("169.254.0.0", .linkLocal), ("169.254.169.254", .linkLocal), ("169.255.0.0", .public),
            ("172.15.255.255", .public), ("172.16.0.0", .private), ("172.31.255.255", .private),
            ("172.32.0.0", .public), ("192.0.0.0", .reserved), ("192.0.2.1", .reserved), ("192.0.3.0", .public),
            ("192.88.99.1", .reserved), ("192.167.255.255", .public), ("192.168.0.0", .private),
            ("192.168.255.255", .private), ("192.169.0.0", .public), ("198.17.255.255", .public),
            ("198.18.0.0", .reserved), ("198.19.255.255", .reserved), ("198.20.0.0", .public),
            ("198.51.100.7", .reserved), ("203.0.113.7", .reserved), ("223.255.255.255", .public),
            ("224.0.0.0", .multicast), ("239.255.255.255", .multicast), ("240.0.0.0", .reserved),
            ("255.255.255.254", .reserved), ("255.255.255.255", .multicast),
        ] as [(String, AddressPolicy.Kind)])
    func fourth(text: String, kind: AddressPolicy.Kind) throws {
        #expect(AddressPolicy.kind(of: try #require(IPAddress(text))) == kind)
    }

    @Test(
        "`AddressPolicy.kind(of:)` judges an IPv6 address by its network, or by the IPv4 address that it carries",
        arguments: [
            ("::", .unspecified), ("::1", .loopback), ("::2", .reserved), ("::127.0.0.1", .reserved),
            ("::ffff:127.0.0.1", .loopback), ("::ffff:10.1.2.3", .private), ("::ffff:169.254.169.254", .linkLocal),
            ("::ffff:8.8.8.8", .public), ("::ffff:0.0.0.0", .unspecified), ("64:ff9b::127.0.0.1", .loopback),
            ("64:ff9b::192.168.1.1", .private), ("64:ff9b::8.8.8.8", .public), ("64:ff9b:1::8.8.8.8", .reserved),
            ("100::1", .reserved), ("1fff::1", .reserved), ("2000::1", .public), ("2001::1", .reserved),
            ("2001:1ff:ffff::1", .reserved), ("2001:200::1", .public), ("2001:db8::1", .reserved),
            ("2002:7f00:1::1", .reserved), ("2400:3200::1", .public), ("2606:4700:4700::1111", .public),
            ("3fff::1", .reserved), ("3fff:1000::1", .public), ("4000::1", .reserved), ("fbff::1", .reserved),
            ("fc00::1", .private), ("fdff:ffff::1", .private), ("fe00::1", .reserved), ("fe80::1", .linkLocal),
            ("febf::1", .linkLocal), ("fec0::1", .reserved), ("ff02::1", .multicast),
        ] as [(String, AddressPolicy.Kind)])
    func sixth(text: String, kind: AddressPolicy.Kind) throws {
        #expect(AddressPolicy.kind(of: try #require(IPAddress(text))) == kind)
    }

    @Test(
        "`AddressPolicy` allows loopback and private addresses on request, and link-local ones never",
        arguments: [
            ("8.8.8.8", true, true), ("127.0.0.1", false, true), ("::1", false, true), ("10.0.0.1", false, true),
            ("100.64.0.1", false, true), ("fd00::1", false, true), ("169.254.169.254", false, false),
            ("fe80::1", false, false), ("224.0.0.1", false, false), ("0.0.0.0", false, false),
            ("203.0.113.1", false, false),
        ])
    func allowed(text: String, usually: Bool, onRequest: Bool) throws {
        let address = try #require(IPAddress(text))
        #expect(AddressPolicy(allowsPrivate: false).allows(address) == usually)
        #expect(AddressPolicy(allowsPrivate: true).allows(address) == onRequest)
    }

    @Test(
        "`IPAddress` reads whole addresses only",
        arguments: ["127.1", "0x7f.0.0.1", "2130706433", "fe80::1%eth0", "[::1]", ""])
    func noAddress(text: String) { #expect(IPAddress(text) == nil) }

    @Test("`IPAddress.text` is the address as inet_ntop(3) writes it", arguments: ["192.0.2.1", "2001:db8::1", "::"])
    func written(text: String) throws { #expect(try #require(IPAddress(text)).text == text) }

    @Test(
        "`HostResolver` answers with the addresses that other writings of 127.0.0.1 mean",
        arguments: ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "localhost"])
    func resolved(host: String) async throws {
        let found = await HostResolver().addresses(of: host)
        #expect(!found.isEmpty && found.allSatisfy { AddressPolicy.kind(of: $0) == .loopback }, "\(found.map(\.text))")
    }
}
