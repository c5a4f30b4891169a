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

/// What a request with an `Idempotency-Key` came to, as it was when it was carried out.
public enum KeptAnswer: Sendable, Hashable {
    /// The entry as it stood at the end of the request's transaction.
    case entry(Entry)
    /// Id of the upload that the request began.
    case upload(String)
}

/// An entry, and whether the request that asks for it was carried out before.
public struct AnsweredEntry: Sendable, Hashable {
    /// The entry as it stood when the request was carried out.
    public var entry: Entry
    /// Whether this answer repeats an earlier one.
    public var isRepeated: Bool

    /// Describes an answer.
    public init(_ entry: Entry, isRepeated: Bool = false) {
        self.entry = entry
        self.isRepeated = isRepeated
    }
}
