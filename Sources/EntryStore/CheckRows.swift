internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

/// One row of `still`: a picture that a report names.
struct StillRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "still"

    var report: String
    var name: String
    var atMilliseconds: Int64
    var width: Int
    var height: Int
    var jpeg: Data

    init(_ still: Still, report: String) {
        self.report = report
        name = StillReference(still).name
        atMilliseconds = still.atMilliseconds
        width = still.width
        height = still.height
        jpeg = Data(still.jpeg)
    }

    /// Removes the pictures of an entry's reports, but of one.
    static func forget(ofEntry number: Int64, but report: String, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM still WHERE report <> ? AND report IN (SELECT id FROM report WHERE entry = ?)",
            arguments: [report, number])
    }

    var still: Still { Still(atMilliseconds: atMilliseconds, width: width, height: height, jpeg: Array(jpeg)) }
}

/// One row of `contentCheck`: what is, or was, to be looked at after a report.
struct CheckRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "contentCheck"

    /// Id of the report that it completes.
    var id: String
    /// Row of the entry.
    var entry: Int64
    var createdAt: String
    var state: String
    var attempts: Int
    /// Id of the report that it came to.
    var report: String?

    static let waiting = Column("state") == ContentCheck.State.waiting.rawValue

    func check(ofEntry entry: String) -> ContentCheck {
        ContentCheck(
            id: id, entry: entry, createdAt: createdAt, state: ContentCheck.State(rawValue: state) ?? .superseded,
            attempts: attempts, report: report)
    }
}

extension ReportRow {
    /// Keeps a report with its pictures. What the entry's older reports waited for, nobody waits for any more; a report
    /// that is pending waits in turn. Pictures of older reports go when this one has what takes their place.
    static func keep(
        _ report: Report, showing stills: [Still] = [], entry number: Int64, in db: Database
    ) throws {
        try ReportRow(report, entry: number).insert(db)
        for still in stills { try StillRow(still, report: report.id).insert(db, onConflict: .ignore) }
        try CheckRow.filter(Column("entry") == number).filter(CheckRow.waiting)
            .updateAll(db, Column("state").set(to: ContentCheck.State.superseded.rawValue))
        guard report.isPending else { return try StillRow.forget(ofEntry: number, but: report.id, in: db) }
        try CheckRow(
            id: report.id, entry: number, createdAt: report.createdAt, state: ContentCheck.State.waiting.rawValue,
            attempts: 0
        ).insert(db)
    }
}
