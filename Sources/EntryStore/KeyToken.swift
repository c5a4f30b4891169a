internal import Crypto

/// The token of an API key: `cc_`, the prefix of eight hexadecimal digits, `_`, and 256 random bits as 64 hexadecimal
/// digits.
struct KeyToken: Hashable {
    /// Identifies the key; not secret.
    let prefix: String
    /// The secret as 64 hexadecimal digits.
    let secret: String

    /// Makes a random token.
    init() {
        prefix = Self.randomHex(bits: 32)
        secret = Self.randomHex(bits: 256)
    }

    /// Reads a token; nil for a malformed text. The length is tested first, so a long text costs nothing.
    init?(_ text: String) {
        // Every request with a key is read here. A regular expression would be compiled anew each time.
        guard text.utf8.count == Self.length else { return nil }
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "cc", parts[1].utf8.count == 8,
            (parts[1] + parts[2]).utf8.allSatisfy("0123456789abcdef".utf8.contains)
        else { return nil }
        (prefix, secret) = (String(parts[1]), String(parts[2]))
    }

    /// The token as clients send it.
    var text: String { "cc_\(prefix)_\(secret)" }

    private static let length = 3 + 8 + 1 + 64

    private static func randomHex(bits: Int) -> String {
        SymmetricKey(size: .init(bitCount: bits)).withUnsafeBytes { bytes in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
