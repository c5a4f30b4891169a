/// An API key as it is kept: without its secret.
public struct APIKey: Sendable, Hashable {
    /// First part of the token, by which people name the key: eight hexadecimal digits.
    public var prefix: String
    /// Id of the principal. A key that replaces another one has the same.
    public var principal: String
    /// Whom it was made for, in the operator's words.
    public var label: String
    /// What its holder may do.
    public var scopes: Set<Scope>
    /// Id of the only contest that it is for; nil for every contest.
    public var contest: String?
    /// When it was made, RFC 3339 with offset.
    public var createdAt: String
    /// When it ends; nil for never.
    public var expires: Moment?
    /// When it was revoked, RFC 3339 with offset; nil while it was not.
    public var revokedAt: String?

    /// Describes a key.
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

    /// Whether it can be used at a moment.
    public enum State: String, Sendable { case valid, expired, revoked }

    /// Whether it can be used at `moment`. A revoked key stays revoked when it expires.
    public func state(at moment: Moment) -> State {
        if revokedAt != nil { return .revoked }
        return expires.map { $0.milliseconds <= moment.milliseconds } == true ? .expired : .valid
    }
}
