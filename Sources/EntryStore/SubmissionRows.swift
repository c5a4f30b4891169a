internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `admission`: what the rules about a submission found at one time.
struct AdmissionRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "admission"

    var entry: Int64
    var createdAt: String
    var document: Admission  // JSON text

    init(_ admission: Admission, entry: Int64) {
        self.entry = entry
        createdAt = admission.createdAt
        document = admission
    }

    static func databaseJSONEncoder(for column: String) -> JSONEncoder { WireJSON.encoder() }
}

/// One row of `signOff`: what a person answered.
struct SignOffRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "signOff"

    var entry: Int64
    var createdAt: String
    var rule: String
    var field: String?
    var answer: String
    var who: String
    var why: String
    var mediaSHA256: String?

    init(_ signOff: SignOff, entry: Int64) {
        self.entry = entry
        createdAt = signOff.createdAt
        rule = signOff.item.rule
        field = signOff.item.field
        answer = signOff.answer.rawValue
        who = signOff.who
        why = signOff.why
        mediaSHA256 = signOff.mediaSHA256
    }

    var signOff: SignOff? {
        SignOff.Answer(rawValue: answer).map { answer in
            SignOff(
                item: .init(rule: rule, field: field), answer: answer, who: who, why: why, createdAt: createdAt,
                mediaSHA256: mediaSHA256)
        }
    }
}

/// One row of `answer`: what a request with an `Idempotency-Key` was answered.
struct AnswerRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "answer"

    var key: String
    var fingerprint: String
    var createdMilliseconds: Int64
    var status: Int
    var location: String?
    var body: Data
    var entry: Int64?

    /// Keeps an answer that has a key; older ones that have outlived their time go.
    static func keep(_ answer: StoredAnswer?, at milliseconds: Int64, entry: Int64?, in db: Database) throws {
        guard let answer, let key = answer.key else { return }
        let lifetime = Int64(StoredAnswer.lifetimeDays) * 86_400_000
        try filter(Column("createdMilliseconds") < milliseconds - lifetime).deleteAll(db)
        try AnswerRow(
            key: key, fingerprint: answer.fingerprint, createdMilliseconds: milliseconds, status: answer.status,
            location: answer.location, body: Data(answer.body), entry: entry
        ).insert(db)
    }

    var answer: StoredAnswer {
        StoredAnswer(key: key, fingerprint: fingerprint, status: status, location: location, body: Array(body))
    }
}

/// One row of `tombstone`: an entry that was deleted. Nothing personal.
struct TombstoneRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "tombstone"

    var id: String
    var contest: String
    var deletedAt: String
}

/// One row of `upload`: an upload in several requests.
struct UploadRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "upload"

    var id: String
    var contest: String
    var length: Int64
    var offset: Int64
    var expiresAt: String
    var expiresMilliseconds: Int64
    var receivedAt: String?
    var receivedMilliseconds: Int64?
    /// What the client said of it, under seal, and the name of the key.
    var sealed: Data
    var sealedKey: String
    var entry: String?

    /// What may hold contacts.
    private struct Said: Codable {
        var fields: [String: String]
        var filename: String?
        var metadata: String?
    }

    init(_ upload: ResumableUpload, _ seal: ContactSeal) throws {
        id = upload.id
        contest = upload.contest
        length = upload.length
        offset = upload.offset
        expiresAt = upload.expires.text
        expiresMilliseconds = upload.expires.milliseconds
        let said = Said(fields: upload.fields, filename: upload.filename, metadata: upload.metadata)
        let closed = try seal.seal(said, for: upload.id)
        (sealed, sealedKey) = (closed.bytes, closed.key)
    }

    /// The upload.
    ///
    /// - Throws: `IntakeError.storageFailed` when the key to what the client said is not at hand.
    func upload(_ seal: ContactSeal) throws -> ResumableUpload {
        guard let said = seal.open(Said.self, .init(bytes: sealed, key: sealedKey), for: id) else {
            throw IntakeError.storageFailed("no key \(sealedKey) for an upload")
        }
        var upload = ResumableUpload(
            id: id, contest: contest, fields: said.fields, filename: said.filename, metadata: said.metadata,
            length: length, expires: Moment(milliseconds: expiresMilliseconds, text: expiresAt))
        upload.offset = offset
        if let receivedAt, let receivedMilliseconds {
            upload.received = Moment(milliseconds: receivedMilliseconds, text: receivedAt)
        }
        upload.entry = entry
        return upload
    }
}
