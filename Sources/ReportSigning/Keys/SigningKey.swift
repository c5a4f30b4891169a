internal import ContestRules
internal import Crypto
internal import EntryIntake
internal import Foundation

/// A key of a key file: one that signs, or the public half of one that was replaced.
struct SigningKey: Sendable {
    /// The private key; nil when the key was replaced.
    let privateKey: Curve25519.Signing.PrivateKey?
    let publicKey: Curve25519.Signing.PublicKey
    /// When the key was made, RFC 3339 with offset.
    let createdAt: String

    /// Makes a new key.
    init(at moment: Moment) {
        let key = Curve25519.Signing.PrivateKey()
        (privateKey, publicKey, createdAt) = (key, key.publicKey, moment.text)
    }

    private init(_ publicKey: Curve25519.Signing.PublicKey, createdAt: String) {
        (privateKey, self.publicKey, self.createdAt) = (nil, publicKey, createdAt)
    }

    /// Reads a line of a key file; nil for anything else than `line` writes.
    init?(line: some StringProtocol) {
        let parts = line.split(separator: " ")
        guard parts.count == 3, Moment(rfc3339: String(parts[1])) != nil,
            let bytes = Data(base64Encoded: String(parts[2])), bytes.count == 32
        else { return nil }
        switch parts[0] {
        case "private":
            guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes) else { return nil }
            (privateKey, publicKey) = (key, key.publicKey)
        case "public":
            guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return nil }
            (privateKey, publicKey) = (nil, key)
        default: return nil
        }
        createdAt = String(parts[1])
    }

    /// The key's line of a key file: `private` or `public`, the time of its making, 32 bytes in Base64.
    var line: String {
        let (kind, bytes) =
            privateKey.map { ("private", $0.rawRepresentation) } ?? ("public", publicKey.rawRepresentation)
        return "\(kind) \(createdAt) \(bytes.base64EncodedString())"
    }

    /// The public half.
    var retired: SigningKey { SigningKey(publicKey, createdAt: createdAt) }

    /// The key as it is published.
    var published: PublicSigningKey {
        PublicSigningKey(
            id: VerifyingKey.id(of: publicKey.rawRepresentation), algorithm: ReportSignature.algorithm,
            publicKey: publicKey.rawRepresentation.base64EncodedString(), createdAt: createdAt,
            state: privateKey == nil ? .retired : .current)
    }
}
