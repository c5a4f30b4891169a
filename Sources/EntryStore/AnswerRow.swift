internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `answer`: the entry, or the upload, that a request with an `Idempotency-Key` made.
///
/// Nothing in it can be read or guessed from the database alone: the request is kept as a keyed digest, the entry under
/// seal.
struct AnswerRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "answer"

    var principal: String
    var key: String
    /// HMAC-SHA-256 of the request's content, and the name of the key that it was made with.
    var fingerprint: Data
    var fingerprintKey: String
    var createdMilliseconds: Int64
    /// Row of the entry, so that the answer goes when the entry does; nil for an upload.
    var entry: Int64?
    /// Id of the upload that the request began; nil for an entry.
    var upload: String?
    /// The entry as it stood then, under seal, and the name of the key; nil for an upload.
    var sealed: Data?
    var sealedKey: String?

    private init(_ request: IdempotentRequest, _ seal: ContactSeal) {
        principal = request.principal
        key = request.key
        let digest = seal.keyedDigest(of: request.content, for: .idempotency)
        (fingerprint, fingerprintKey) = (digest.bytes, digest.key)
        createdMilliseconds = Self.now
    }

    /// Keeps the entry that a request came to; without a request nothing.
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

    /// Keeps the upload that a request began.
    static func keep(
        upload: String, for request: IdempotentRequest, _ seal: ContactSeal, in db: Database
    ) throws {
        try makeRoom(for: request, seal, in: db)
        var row = AnswerRow(request, seal)
        row.upload = upload
        try row.insert(db)
    }

    /// The kept answer; nil when there is none, its time is over, or its key is not at hand.
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

    /// Removes answers whose time is over, and an answer to the same key that nothing at hand can open: nobody can be given
    /// it, so it must not keep the request from being carried out.
    private static func makeRoom(
        for request: IdempotentRequest, _ seal: ContactSeal, in db: Database
    ) throws {
        try filter(Column("createdMilliseconds") < now - lifetime).deleteAll(db)
        let same = filter(Column("principal") == request.principal && Column("key") == request.key)
        if let row = try same.fetchOne(db), !seal.has(row.fingerprintKey) { try row.delete(db) }
    }

    /// The time by the machine's clock: a key is remembered for as long whatever clock the service runs by.
    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    private static let lifetime = Int64(IdempotentRequest.lifetimeDays) * 86_400_000

    /// What the seal is bound to: an answer that is moved to another row does not open.
    private var owner: String { "answer \(principal) \(key)" }
}
