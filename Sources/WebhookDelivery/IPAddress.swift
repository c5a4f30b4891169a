internal import Foundation

/// An IP address as bytes: 4 for IPv4, 16 for IPv6, in network order.
public struct IPAddress: Sendable, Hashable {
    /// The bytes, in network order.
    public let bytes: [UInt8]

    /// Takes 4 or 16 bytes; nil for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads `192.0.2.1` or `2001:db8::1`, without brackets and zone; nil for any other text.
    ///
    /// Source: inet_pton(3), which takes no shortened or octal form of IPv4.
    public init?(_ text: String) {
        var (four, six) = (in_addr(), in6_addr())
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six) { Array($0) }
        } else {
            return nil
        }
    }

    /// The address as text, as inet_ntop(3) writes it.
    public var text: String {
        var buffer = [CChar](repeating: 0, count: 64)
        inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &buffer, socklen_t(buffer.count))
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the address lies in the network `prefix`/`length`.
    ///
    /// - Parameter length: bits that count.
    func isIn(_ prefix: [UInt8], _ length: Int) -> Bool {
        guard bytes.count == prefix.count else { return false }
        return (0..<bytes.count).allSatisfy { index in
            let bits = min(8, max(0, length - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            return bytes[index] & mask == prefix[index] & mask
        }
    }
}
