/// A signature over the canonical form of a JSON object without its member `signature`.
///
/// Source: RFC 8032 for Ed25519, RFC 8785 for the canonical form.
public struct ReportSignature: Sendable, Hashable, Codable {
    /// The only algorithm: `Ed25519`.
    public static let algorithm = "Ed25519"

    /// Name of the algorithm.
    public var algorithm: String
    /// Id of the key: the first 16 hexadecimal digits of the SHA-256 of the public key.
    public var key: String
    /// The 64 bytes of the signature in Base64.
    public var value: String

    /// Describes a signature by Ed25519.
    public init(key: String, value: String) {
        algorithm = Self.algorithm
        self.key = key
        self.value = value
    }
}
