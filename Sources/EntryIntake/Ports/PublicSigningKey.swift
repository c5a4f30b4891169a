/// A public key that verifies reports.
public struct PublicSigningKey: Sendable, Hashable, Codable {
    /// Names the key: the first 16 hexadecimal digits of the SHA-256 of the 32 bytes of the public key.
    public var id: String
    /// Always `Ed25519`. Source: RFC 8032.
    public var algorithm: String
    /// The 32 bytes of the public key in Base64.
    public var publicKey: String
    /// When the key was made, RFC 3339 with offset.
    public var createdAt: String
    /// Whether the key signs now, or was replaced and only verifies.
    public var state: State

    /// Whether a key still signs.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// The key signs new reports.
        case current
        /// The key was replaced; the reports that it signed stay valid.
        case retired
    }

    /// Describes a key.
    public init(id: String, algorithm: String, publicKey: String, createdAt: String, state: State) {
        self.id = id
        self.algorithm = algorithm
        self.publicKey = publicKey
        self.createdAt = createdAt
        self.state = state
    }
}
