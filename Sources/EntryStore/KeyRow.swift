internal import Crypto
internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `apiKey`. The row holds a keyed digest of the secret; the digest's key is in the key file of contacts.
struct KeyRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "apiKey"

    var prefix: String
    var principal: String
    var digest: Data
    /// Name of the digest's key.
    var digestKey: String
    var label: String
    /// Scopes, separated by spaces.
    var scopes: String
    var contest: String?
    var createdAt: String
    var expiresAt: String?
    var revokedAt: String?

    init(_ key: APIKey, secret: String, _ seal: ContactSeal) {
        let closed = seal.keyedDigest(of: Data(secret.utf8), for: .apiKey)
        (digest, digestKey) = (closed.bytes, closed.key)
        (prefix, principal, label) = (key.prefix, key.principal, key.label)
        scopes = key.scopes.map(\.rawValue).sorted().joined(separator: " ")
        (contest, createdAt, expiresAt, revokedAt) = (key.contest, key.createdAt, key.expires?.text, key.revokedAt)
    }

    /// The API key of a token; nil when no key has its secret. The comparison takes the same time for every secret.
    static func key(of token: KeyToken, _ seal: ContactSeal, in db: Database) throws -> APIKey? {
        guard let row = try fetchOne(db, key: token.prefix),
            let digest = seal.keyedDigest(of: Data(token.secret.utf8), for: .apiKey, by: row.digestKey),
            SymmetricKey(data: digest) == SymmetricKey(data: row.digest)  // constant-time
        else { return nil }
        return row.key
    }

    var key: APIKey {
        APIKey(
            prefix: prefix, principal: principal, label: label,
            scopes: Set(scopes.split(separator: " ").compactMap { Scope(rawValue: String($0)) }), contest: contest,
            createdAt: createdAt, expires: expiresAt.flatMap(Moment.init(rfc3339:)), revokedAt: revokedAt)
    }
}
