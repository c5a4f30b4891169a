internal import Crypto
public import EntryIntake
internal import Foundation

/// A public key that the user trusts, and what is known of it.
public struct VerifyingKey: Sendable {
    /// Id of the key: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes.
    public let id: String
    /// When it was made and whether it still signs; nil when only the key's bytes are known.
    public let published: PublicSigningKey?
    private let key: Curve25519.Signing.PublicKey

    /// Reads 32 bytes in Base64; nil for anything else.
    public init?(base64 text: String) { self.init(base64: text, published: nil) }

    /// Takes a published key; nil when its bytes are no key, or its id is that of other bytes.
    public init?(_ published: PublicSigningKey) {
        self.init(base64: published.publicKey, published: published)
        guard id == published.id else { return nil }
    }

    private init?(base64 text: String, published: PublicSigningKey?) {
        guard let bytes = Data(base64Encoded: text), bytes.count == 32,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return nil }
        self.key = key
        self.published = published
        id = Self.id(of: bytes)
    }

    /// The keys that `GET /v1/keys` answered; nil when `text` is no such answer, or one of its keys is none.
    public static func keys(of text: [UInt8]) -> [VerifyingKey]? {
        guard (try? CanonicalJSON.value(of: text)) != nil,
            let list = try? JSONDecoder().decode(PublicSigningKeys.self, from: Data(text)),
            list.schema == PublicSigningKeys.schema
        else { return nil }
        let keys = list.keys.compactMap(VerifyingKey.init)
        return keys.count == list.keys.count ? keys : nil
    }

    /// Whether `signature`, 64 bytes in Base64, is the key's signature of `message`. Only one text of the 64 bytes counts.
    func isValid(_ signature: String, of message: [UInt8]) -> Bool {
        guard let bytes = Data(base64Encoded: signature), bytes.base64EncodedString() == signature else { return false }
        return key.isValidSignature(bytes, for: message)
    }

    /// The id of a public key's 32 bytes.
    static func id(of bytes: Data) -> String {
        SHA256.hash(data: bytes).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
