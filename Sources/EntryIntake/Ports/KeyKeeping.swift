/// Finds API keys. The port between `Doorkeeper` and the database.
public protocol KeyKeeping: Sendable {
    /// The key that a token belongs to; nil when no key has this secret. Expired and revoked keys are found, too.
    func key(of token: String) async throws(IntakeError) -> APIKey?

    /// Whether a key was ever made. A revoked key counts: revoking the last key must not open the service.
    func hasKeys() async throws(IntakeError) -> Bool
}
