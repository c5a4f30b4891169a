public import EntryIntake
internal import GRDB

extension EntryStore: KeyKeeping {
    /// The key that a token is of.
    public func key(of token: String) async throws(IntakeError) -> APIKey? {
        guard let token = KeyToken(token) else { return nil }
        return try await read { [seal] db in try KeyRow.key(of: token, seal, in: db) }
    }

    /// Whether a key was ever made.
    public func hasKeys() async throws(IntakeError) -> Bool {
        try await read { db in try KeyRow.limit(1).fetchOne(db) != nil }
    }
}
