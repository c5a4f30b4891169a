/// `clipcheck.keys/1`: the public keys of a service, as `GET /v1/keys` answers them.
public struct PublicSigningKeys: Sendable, Hashable, Codable {
    /// The schema of the wire form.
    public static let schema = "clipcheck.keys/1"

    /// The schema that the text names.
    public var schema: String
    /// The keys, the current one first.
    public var keys: [PublicSigningKey]

    /// Lists keys.
    public init(_ keys: [PublicSigningKey]) {
        schema = Self.schema
        self.keys = keys
    }
}
