/// An API key as the service stores it, without its secret.
public struct APIKey: Sendable, Hashable {
    /// First part of the token: eight hexadecimal digits that name the key to people.
    public var prefix: String
    /// Id of the principal. A key that replaces another key has the same principal.
    public var principal: String
    /// The person or system that the key was made for, in the operator's words.
    public var label: String
    /// Scopes of the key, which say what its holder may do.
    public var scopes: Set<Scope>
    /// Id of the only contest that the key may be used for; nil for every contest.
    public var contest: String?
    /// Time at which the key was made, RFC 3339 with offset.
    public var createdAt: String
    /// Time at which the key expires; nil when it does not expire.
    public var expires: Moment?
    /// Time at which the key was revoked, RFC 3339 with offset; nil for a key that is not revoked.
    public var revokedAt: String?

    /// Makes the record of a key.
    public init(
        prefix: String, principal: String, label: String, scopes: Set<Scope>, contest: String?, createdAt: String,
        expires: Moment?, revokedAt: String? = nil
    ) {
        self.prefix = prefix
        self.principal = principal
        self.label = label
        self.scopes = scopes
        self.contest = contest
        self.createdAt = createdAt
        self.expires = expires
        self.revokedAt = revokedAt
    }

    /// Whether a key is valid, and why not.
    public enum State: String, Sendable { case valid, expired, revoked }

    /// The state of the key at `moment`. A revoked key stays `revoked` after its expiry.
    public func state(at moment: Moment) -> State {
        if revokedAt != nil { return .revoked }
        return expires.map { $0.milliseconds <= moment.milliseconds } == true ? .expired : .valid
    }
}
