internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `answer`: the entry, or the upload, that a request with an `Idempotency-Key` made.
///
/// The database alone reveals neither request nor entry: the row holds a keyed digest of the request, and the entry
/// under seal.
struct AnswerRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "answer"

    var principal: String
    var key: String
    /// HMAC-SHA-256 of the request's content, and the name of its key.
    var fingerprint: Data
    var fingerprintKey: String
    var createdMilliseconds: Int64
    /// Number of the entry's row, so that deleting the entry deletes the answer; nil for an upload.
    var entry: Int64?
    /// Id of the upload that the request began; nil for an entry.
    var upload: String?
    /// The entry at the end of the request's transaction, under seal, and the name of the key; nil for an upload.
    var sealed: Data?
    var sealedKey: String?

    private init(_ request: IdempotentRequest, _ seal: ContactSeal) {
        principal = request.principal
        key = request.key
        let digest = seal.keyedDigest(of: request.content, for: .idempotency)
        (fingerprint, fingerprintKey) = (digest.bytes, digest.key)
        createdMilliseconds = Self.now
    }

    /// Stores the entry that a request made or changed, as the answer to the request; does nothing without a request.
    static func keep(
        _ answer: Entry, for request: IdempotentRequest?, entry number: Int64, _ seal: ContactSeal,
        in db: Database
    ) throws {
        guard let request else { return }
        try makeRoom(for: request, seal, in: db)
        var row = AnswerRow(request, seal)
        let closed = try seal.seal(answer, for: row.owner)
        (row.entry, row.sealed, row.sealedKey) = (number, closed.bytes, closed.key)
        try row.insert(db)
    }

    /// Stores the id of the upload that a request began, as the answer to the request.
    static func keep(
        upload: String, for request: IdempotentRequest, _ seal: ContactSeal, in db: Database
    ) throws {
        try makeRoom(for: request, seal, in: db)
        var row = AnswerRow(request, seal)
        row.upload = upload
        try row.insert(db)
    }

    /// The kept answer; nil when there is none, when it is older than `lifetime`, or when the key file lacks its key.
    ///
    /// - Throws: `.keyReused` when the key was used for a request with another content.
    static func answer(to request: IdempotentRequest, _ seal: ContactSeal, in db: Database) throws -> KeptAnswer? {
        let found = try filter(Column("principal") == request.principal && Column("key") == request.key).fetchOne(db)
        guard let row = found, row.createdMilliseconds >= now - lifetime,
            let digest = seal.keyedDigest(of: request.content, for: .idempotency, by: row.fingerprintKey)
        else { return nil }
        guard digest == row.fingerprint else { throw IntakeError.keyReused }
        if let upload = row.upload { return .upload(upload) }
        guard let sealed = row.sealed, let key = row.sealedKey else { return nil }
        return seal.open(Entry.self, .init(bytes: sealed, key: key), for: row.owner).map(KeptAnswer.entry)
    }

    /// Removes all answers older than `lifetime`, and an answer to the same request key whose seal key is lost. The
    /// lost answer cannot be repeated, so it must not block the request.
    private static func makeRoom(
        for request: IdempotentRequest, _ seal: ContactSeal, in db: Database
    ) throws {
        try filter(Column("createdMilliseconds") < now - lifetime).deleteAll(db)
        let same = filter(Column("principal") == request.principal && Column("key") == request.key)
        if let row = try same.fetchOne(db), !seal.has(row.fingerprintKey) { try row.delete(db) }
    }

    /// Milliseconds since 1970 by the machine's clock, because an answer's lifetime must not depend on the service's
    /// clock.
    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    private static let lifetime = Int64(IdempotentRequest.lifetimeDays) * 86_400_000

    /// Owner of the sealed entry: an answer that is copied to the row of another principal or key does not open.
    private var owner: String { "answer \(principal) \(key)" }
}
