public import EntryIntake
internal import Foundation
internal import GRDB

/// Makes, lists and revokes the API keys of a data folder. Works while a service uses the folder; the service sees each
/// change at its next request.
public struct KeyRing: Sendable {
    private let database: OperatorDatabase

    /// Opens the keys of a data folder. A folder without a database gets one.
    ///
    /// - Parameter keyFile: path of the key file for digests, made when missing; nil means `clipcheck.keys` in the
    ///   folder.
    /// - Throws: `.storageFailed`, also when the database needs a migration or was written by a newer version; `.diskFull`.
    public init(folder path: String, keyFile: String? = nil) throws(IntakeError) {
        database = try OperatorDatabase(folder: path, keyFile: keyFile)
    }

    /// Makes a key. The returned token is its only copy: the database holds a digest of its secret.
    ///
    /// - Parameters:
    ///   - label: the person or system that the key is for.
    ///   - contest: id of the only contest that the key is valid for; nil means every contest.
    ///   - expires: time at which the key ends; nil means never.
    public func create(
        label: String, scopes: Set<Scope>, contest: String? = nil, expires: Moment? = nil,
        at moment: Moment = WallClock.system.now()
    ) throws(IntakeError) -> (key: APIKey, token: String) {
        let token = KeyToken()
        return try add(
            APIKey(
                prefix: token.prefix, principal: UUID().uuidString.lowercased(), label: label, scopes: scopes,
                contest: contest, createdAt: moment.text, expires: expires), token)
    }

    /// Makes a key with the rights and the principal of another key, so that the new key owns the entries of the other.
    /// The other key stays valid until it is revoked.
    ///
    /// - Throws: `.keyUnknown`.
    public func rotate(
        _ prefix: String, expires: Moment? = nil, at moment: Moment = WallClock.system.now()
    ) throws(IntakeError) -> (key: APIKey, token: String) {
        guard var key = try keys().first(where: { $0.prefix == prefix }) else { throw .keyPrefixUnknown(prefix) }
        let token = KeyToken()
        (key.prefix, key.createdAt, key.expires, key.revokedAt) = (token.prefix, moment.text, expires, nil)
        return try add(key, token)
    }

    /// All keys, revoked ones included, the oldest first.
    public func keys() throws(IntakeError) -> [APIKey] {
        try database.read { db in try KeyRow.order(sql: "rowid").fetchAll(db).map(\.key) }
    }

    /// Revokes a key permanently, from the next request on; false when the key was revoked before.
    ///
    /// - Throws: `.keyUnknown`.
    public func revoke(
        _ prefix: String, at moment: Moment = WallClock.system.now()
    ) throws(IntakeError) -> Bool {
        guard let key = try keys().first(where: { $0.prefix == prefix }) else { throw .keyPrefixUnknown(prefix) }
        guard key.revokedAt == nil else { return false }
        try database.write { db in
            try db.execute(
                sql: "UPDATE apiKey SET revokedAt = ? WHERE prefix = ?", arguments: [moment.text, prefix])
        }
        return true
    }

    private func add(_ key: APIKey, _ token: KeyToken) throws(IntakeError) -> (key: APIKey, token: String) {
        try database.write { db in try KeyRow(key, secret: token.secret, database.seal).insert(db) }
        return (key, token.text)
    }
}

extension IntakeError {
    /// The error for a prefix that no key has.
    fileprivate static func keyPrefixUnknown(_ prefix: String) -> IntakeError {
        IntakeError(
            .keyUnknown, zh: "没有编号为“\(prefix.prefix(20))”的密钥。全部密钥见 clipcheck keys list。",
            en: "There is no key \"\(prefix.prefix(20))\". See clipcheck keys list.")
    }
}
