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

    init(_ entry: Entry, at moment: Moment) {
        id = entry.id
        contest = entry.contest
        createdAt = entry.createdAt
        createdMilliseconds = moment.milliseconds
        fields = entry.fields
        set(entry.media, entry.report?.verdict)
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
        ["number", "id", "contest", "createdAt", "mediaFilename", "mediaBytes", "mediaSHA256", "verdict"].map {
            Column($0)
        }
    }

    var number: Int64
    var id: String
    var contest: String
    var createdAt: String
    var mediaFilename: String?
    var mediaBytes: Int64?
    var mediaSHA256: String?
    var verdict: String?

    static func of(_ id: String, in db: Database) throws -> EntryLine? {
        try filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? $0 : nil }
    }

    var media: MediaReference? {
        mediaBytes.map { MediaReference(filename: mediaFilename, bytes: $0, sha256: mediaSHA256) }
    }

    var summary: EntrySummary {
        EntrySummary(
            id: id, createdAt: createdAt, contest: contest, media: media, verdict: verdict.flatMap(Verdict.init))
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
