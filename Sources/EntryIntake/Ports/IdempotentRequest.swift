/// A request that carries an `Idempotency-Key`.
///
/// Source: the IETF's draft "The Idempotency-Key HTTP Header Field", §2.
public struct IdempotentRequest: Sendable, Hashable {
    /// Id of the principal that sends the request; empty without a key. Two principals may use the same `key`.
    public var principal: String
    /// Value of the `Idempotency-Key`.
    public var key: String
    /// The content of the request in a canonical form. The keeper stores only a keyed digest of it, because it may
    /// contain contacts.
    public var content: [UInt8]

    /// Makes the description of a request.
    public init(principal: String, key: String, content: [UInt8]) {
        self.principal = principal
        self.key = key
        self.content = content
    }

    /// Number of days for which a key and its answer are stored.
    public static let lifetimeDays = 7
}
