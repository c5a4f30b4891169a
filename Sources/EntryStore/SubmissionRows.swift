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
    var version: Int

    init(_ signOff: SignOff, entry: Int64) {
        self.entry = entry
        createdAt = signOff.createdAt
        rule = signOff.item.rule
        field = signOff.item.field
        answer = signOff.answer.rawValue
        who = signOff.who
        why = signOff.why
        mediaSHA256 = signOff.mediaSHA256
        version = signOff.version
    }

    var signOff: SignOff? {
        SignOff.Answer(rawValue: answer).map { answer in
            SignOff(
                item: .init(rule: rule, field: field), answer: answer, who: who, why: why, createdAt: createdAt,
                mediaSHA256: mediaSHA256, version: version)
        }
    }
}

/// One row of `correction`: the fields that a correction changed, with their values before, under seal.
struct CorrectionRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "correction"

    var entry: Int64
    var createdAt: String
    var version: Int
    var fields: [String]  // JSON text
    var sealed: Data
    var sealedKey: String

    init(_ correction: FieldCorrection, entry: Int64, owner: String, _ seal: ContactSeal) throws {
        self.entry = entry
        createdAt = correction.createdAt
        version = correction.version
        fields = correction.fields
        let closed = try seal.seal(correction.before ?? [:], for: "correction \(owner)")
        (sealed, sealedKey) = (closed.bytes, closed.key)
    }

    func correction(owner: String, _ seal: ContactSeal) -> FieldCorrection {
        FieldCorrection(
            createdAt: createdAt, version: version, fields: fields,
            before: seal.open([String: String].self, .init(bytes: sealed, key: sealedKey), for: "correction \(owner)"))
    }
}

/// One row of `outbox`: an event about an entry that others may want to hear of. Nothing personal.
struct OutboxRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "outbox"

    var entry: String
    var event: String
    var createdMilliseconds: Int64

    /// The event of a change.
    ///
    /// - Parameter before: the entry before the change; nil for a new one.
    init(_ change: EntryChange, of entry: Entry, _ before: Entry? = nil) {
        let hasNewMedia = entry.media?.sha256 != before?.media?.sha256
        event =
            switch change.event {
            case .arrived where before == nil: "entry.created"
            case .arrived: hasNewMedia ? "entry.media-replaced" : "entry.corrected"
            case .mediaReplaced: "entry.media-replaced"
            case .checked, .completed: "report.completed"
            case .corrected: "entry.corrected"
            case .signed: "entry.signed-off"
            case .deleted: "entry.deleted"
            }
        self.entry = entry.id
        createdMilliseconds = change.at.milliseconds
    }
}

/// One row of `tombstone`: an entry that was deleted. Nothing personal.
struct TombstoneRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "tombstone"

    var id: String
    var contest: String
    var deletedAt: String

    /// Whether an entry with this id was deleted.
    static func names(_ id: String, in db: Database) throws -> Bool {
        try filter(Column("id") == id).fetchCount(db) > 0
    }
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
    /// `Metadata` under seal, and the name of the key.
    var sealed: Data
    var sealedKey: String
    var entry: String?
    var owner: String?

    /// The part of an upload that may hold contacts.
    private struct Metadata: Codable {
        var fields: [String: String] = [:]
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
        owner = upload.owner
        let metadata = Metadata(fields: upload.fields, filename: upload.filename, metadata: upload.metadata)
        let closed = try seal.seal(metadata, for: upload.id)
        (sealed, sealedKey) = (closed.bytes, closed.key)
    }

    /// Notes the entry that an upload became. Its metadata goes: the entry has it now, and masks it.
    static func link(_ id: String, to entry: String, _ seal: ContactSeal, in db: Database) throws {
        let nothing = try seal.seal(Metadata(), for: id)
        try db.execute(
            sql: "UPDATE upload SET entry = ?, sealed = ?, sealedKey = ? WHERE id = ?",
            arguments: [entry, nothing.bytes, nothing.key, id])
        // An upload that was removed meanwhile must not leave an entry that its client never hears of.
        guard db.changesCount == 1 else { throw IntakeError.uploadUnknown }
    }

    /// The upload.
    ///
    /// - Throws: `IntakeError.storageFailed` when the key to its metadata is not at hand.
    func upload(_ seal: ContactSeal) throws -> ResumableUpload {
        guard let metadata = seal.open(Metadata.self, .init(bytes: sealed, key: sealedKey), for: id) else {
            throw IntakeError.storageFailed("no key \(sealedKey) for an upload")
        }
        var upload = ResumableUpload(
            id: id, contest: contest, owner: owner, fields: metadata.fields, filename: metadata.filename,
            metadata: metadata.metadata, length: length,
            expires: Moment(milliseconds: expiresMilliseconds, text: expiresAt))
        upload.offset = offset
        if let receivedAt, let receivedMilliseconds {
            upload.received = Moment(milliseconds: receivedMilliseconds, text: receivedAt)
        }
        upload.entry = entry
        return upload
    }
}
