internal import Crypto

/// A token: `cc_`, the prefix of eight hexadecimal digits, `_`, and 256 random bits as 64 hexadecimal digits.
struct KeyToken: Hashable {
    /// Names the key; not secret.
    let prefix: String
    /// The secret, as it is written.
    let secret: String

    /// Makes a new token.
    init() {
        prefix = Self.randomHex(bits: 32)
        secret = Self.randomHex(bits: 256)
    }

    /// Reads a token; nil for anything that none could be, whatever its length.
    init?(_ text: String) {
        guard text.utf8.count == Self.length, let match = text.wholeMatch(of: /cc_([0-9a-f]{8})_([0-9a-f]{64})/) else {
            return nil
        }
        (prefix, secret) = (String(match.1), String(match.2))
    }

    /// The token as its holder sends it.
    var text: String { "cc_\(prefix)_\(secret)" }

    private static let length = 3 + 8 + 1 + 64

    private static func randomHex(bits: Int) -> String {
        SymmetricKey(size: .init(bitCount: bits)).withUnsafeBytes { bytes in
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
