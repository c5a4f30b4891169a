public import EntryIntake
internal import GRDB

extension EntryStore: KeyKeeping {
    /// The key of a token; nil when `token` is malformed or no key has its secret. Finds revoked keys as well.
    public func key(of token: String) async throws(IntakeError) -> APIKey? {
        guard let token = KeyToken(token) else { return nil }
        return try await read { [seal] db in try KeyRow.key(of: token, seal, in: db) }
    }

    /// Whether a key was ever made; a revoked key counts.
    public func hasKeys() async throws(IntakeError) -> Bool {
        try await read { db in try KeyRow.limit(1).fetchOne(db) != nil }
    }
}
