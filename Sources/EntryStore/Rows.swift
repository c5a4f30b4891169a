internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `entry`.
struct EntryRow: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "entry"

    var number: Int64?
    var id: String
    var contest: String
    var createdAt: String
    var createdMilliseconds: Int64
    var fields: [String: String]  // JSON text
    var mediaFilename: String?
    var mediaBytes: Int64?
    var mediaSHA256: String?
    /// Verdict of the newest report.
    var verdict: String?
    /// `Contacts` under seal, and the name of the key.
    var contacts: Data?
    var contactsKey: String?
    var receivedAt: String?
    var receivedMilliseconds: Int64?
    var standing: String

    init(_ entry: Entry, at moment: Moment, _ seal: ContactSeal) throws {
        id = entry.id
        contest = entry.contest
        createdAt = entry.createdAt
        createdMilliseconds = moment.milliseconds
        fields = entry.fields
        standing = entry.standing.rawValue
        set(entry.media, entry.report?.verdict)
        set(received: entry.received)
        try set(entry.contacts ?? Contacts(), seal)
    }

    mutating func set(received: Moment?) {
        receivedAt = received?.text
        receivedMilliseconds = received?.milliseconds
    }

    mutating func set(_ contacts: Contacts, _ seal: ContactSeal) throws {
        let sealed = contacts.isEmpty ? nil : try seal.seal(contacts, for: id)
        self.contacts = sealed?.bytes
        contactsKey = sealed?.key
    }

    /// What was sealed; nil when its key is not at hand.
    func contacts(_ seal: ContactSeal) -> Contacts? {
        guard let contacts, let contactsKey else { return Contacts() }
        return seal.open(Contacts.self, .init(bytes: contacts, key: contactsKey), for: id)
    }

    var received: Moment? {
        guard let receivedAt, let receivedMilliseconds else { return nil }
        return Moment(milliseconds: receivedMilliseconds, text: receivedAt)
    }

    mutating func set(_ media: MediaReference?, _ verdict: Verdict?) {
        mediaFilename = media?.filename
        mediaBytes = media?.bytes
        mediaSHA256 = media?.sha256
        self.verdict = verdict?.rawValue
    }

    mutating func didInsert(_ inserted: InsertionSuccess) { number = inserted.rowID }

    static func databaseJSONEncoder(for column: String) -> JSONEncoder { WireJSON.encoder() }

    var media: MediaReference? {
        mediaBytes.map { MediaReference(filename: mediaFilename, bytes: $0, sha256: mediaSHA256) }
    }
}

extension EntryRow {
    /// The row of the entry `id`. SQLite reads a text no further than a NUL, so what it found is looked at again.
    static func of(_ id: String, in db: Database) throws -> EntryRow? {
        try filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? $0 : nil }
    }
}

/// One row of `entry` without the form.
struct EntryLine: Codable, FetchableRecord, TableRecord {
    static let databaseTableName = "entry"
    static var databaseSelection: [any SQLSelectable] {
        [
            "number", "id", "contest", "createdAt", "mediaFilename", "mediaBytes", "mediaSHA256", "verdict", "standing",
        ].map { Column($0) }
    }

    var number: Int64
    var id: String
    var contest: String
    var createdAt: String
    var mediaFilename: String?
    var mediaBytes: Int64?
    var mediaSHA256: String?
    var verdict: String?
    var standing: String

    static func of(_ id: String, in db: Database) throws -> EntryLine? {
        try filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? $0 : nil }
    }

    var media: MediaReference? {
        mediaBytes.map { MediaReference(filename: mediaFilename, bytes: $0, sha256: mediaSHA256) }
    }

    var summary: EntrySummary {
        EntrySummary(
            id: id, createdAt: createdAt, contest: contest, media: media, verdict: verdict.flatMap(Verdict.init),
            standing: Standing(rawValue: standing) ?? .open)
    }
}

/// One row of `report`: the report as JSON, beside the columns that are searched.
struct ReportRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "report"

    var id: String
    var entry: Int64
    var createdAt: String
    var contest: String
    var contestRevision: Int
    var contestDigest: String
    var verdict: String
    var schema: String
    var document: Report  // JSON text

    init(_ report: Report, entry: Int64) {
        id = report.id
        self.entry = entry
        createdAt = report.createdAt
        contest = report.contest.id
        contestRevision = report.contest.revision
        contestDigest = report.contest.digest
        verdict = report.verdict.rawValue
        schema = Report.schema
        document = report
    }

    static func databaseJSONEncoder(for column: String) -> JSONEncoder { WireJSON.encoder() }
}
