internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `admission`: the findings of the rules about a submission at one time.
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

/// One row of `signOff`: a person's answer on one item.
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

/// One row of `correction`: names of the fields that a correction changed, and their earlier values under seal.
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

/// One row of `outbox`: an event about an entry, for other systems. Holds nothing personal.
struct OutboxRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "outbox"

    var entry: String
    var event: String
    var createdMilliseconds: Int64

    /// Makes the event of a change.
    ///
    /// - Parameter before: the entry before the change; nil for a new entry.
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

/// One row of `tombstone`: an entry that was deleted. Holds nothing personal.
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

/// One row of `upload`: an upload in several requests, with the offset of its last commit.
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

    /// The values of an upload that may hold contacts.
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

    /// Links an upload to the entry that it became. Empties the upload's metadata: the entry has it now, and masks it.
    ///
    /// - Throws: `.uploadUnknown` when the upload was removed.
    static func link(_ id: String, to entry: String, _ seal: ContactSeal, in db: Database) throws {
        let nothing = try seal.seal(Metadata(), for: id)
        try db.execute(
            sql: "UPDATE upload SET entry = ?, sealed = ?, sealedKey = ? WHERE id = ?",
            arguments: [entry, nothing.bytes, nothing.key, id])
        // The upload was removed during the request: its client would never learn of the entry.
        guard db.changesCount == 1 else { throw IntakeError.uploadUnknown }
    }

    /// The upload with its metadata.
    ///
    /// - Throws: `IntakeError.storageFailed` when the metadata cannot be opened.
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
