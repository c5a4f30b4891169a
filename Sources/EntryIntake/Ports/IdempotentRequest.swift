/// A request that carries an `Idempotency-Key`.
///
/// Source: the IETF's draft "The Idempotency-Key HTTP Header Field", §2.
public struct IdempotentRequest: Sendable, Hashable {
    /// Id of the principal that sends it: two principals may use the same key. Empty for an anonymous one.
    public var principal: String
    /// The key.
    public var key: String
    /// Everything that the request asks for, in a canonical form. The keeper stores a keyed digest of it only, because it
    /// may hold contacts.
    public var content: [UInt8]

    /// Names a request.
    public init(principal: String, key: String, content: [UInt8]) {
        self.principal = principal
        self.key = key
        self.content = content
    }

    /// Days for which a key is remembered.
    public static let lifetimeDays = 7
}
