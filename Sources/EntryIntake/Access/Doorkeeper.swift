/// Finds the principal that a request acts for, by its key.
public struct Doorkeeper: Sendable {
    private let keys: any KeyKeeping
    private let clock: WallClock

    /// Makes a doorkeeper that looks keys up in `keys`.
    public init(keys: any KeyKeeping, clock: WallClock = .system) {
        self.keys = keys
        self.clock = clock
    }

    /// The principal of a request.
    ///
    /// - Parameter token: the token that the request carries; nil when it carries none.
    /// - Throws: `.keyUnknown`, `.keyExpired`, `.keyRevoked`. A request with a wrong key is refused, not treated as
    ///   anonymous.
    public func principal(showing token: String?) async throws(IntakeError) -> Principal {
        guard let token else { return try await keys.hasKeys() ? .anonymous : .everybody }
        guard let key = try await keys.key(of: token) else { throw .keyUnknown }
        switch key.state(at: clock.now()) {
        case .valid: return Principal(id: key.principal, scopes: key.scopes, contest: key.contest)
        case .expired: throw .keyExpired
        case .revoked: throw .keyRevoked
        }
    }
}
