internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB
internal import MediaFacts

/// One row of `still`: a still that a report names.
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

    /// Removes the stills of an entry's reports, except those of `report`; nil removes all of them.
    static func delete(ofEntry number: Int64, but report: String?, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM still WHERE report <> ? AND report IN (SELECT id FROM report WHERE entry = ?)",
            arguments: [report ?? "", number])
    }

    var still: Still { Still(atMilliseconds: atMilliseconds, width: width, height: height, jpeg: Array(jpeg)) }
}

/// One row of `contentCheck`: a content check that waits, is done, or was superseded.
struct CheckRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "contentCheck"

    /// Id of the pending report that the check completes.
    var id: String
    /// Number of the entry's row.
    var entry: Int64
    var createdAt: String
    var state: String
    var attempts: Int
    /// Id of the report that ended the check; nil before.
    var report: String?

    static let waiting = Column("state") == ContentCheck.State.waiting.rawValue

    /// The check, with the verdict of the report that ended it.
    func check(ofEntry entry: String, in db: Database) throws -> ContentCheck {
        let verdict = try report.flatMap { report in
            try String.fetchOne(db, sql: "SELECT verdict FROM report WHERE id = ?", arguments: [report])
        }
        return ContentCheck(
            id: id, entry: entry, createdAt: createdAt, state: ContentCheck.State(rawValue: state) ?? .superseded,
            attempts: attempts, report: report, verdict: verdict.flatMap(Verdict.init))
    }
}

extension CheckRow {
    /// Throws `.checkUnknown` when a check no longer waits: it is done, or a newer report superseded it.
    static func requireWaiting(_ id: String, in db: Database) throws {
        guard try filter(Column("id") == id).filter(waiting).fetchCount(db) == 1 else { throw IntakeError.checkUnknown }
    }

    /// Marks every waiting check of an entry as superseded, except the check `kept`.
    static func supersede(ofEntry number: Int64, but kept: String?, in db: Database) throws {
        try filter(Column("entry") == number).filter(waiting).filter(Column("id") != (kept ?? ""))
            .updateAll(db, Column("state").set(to: ContentCheck.State.superseded.rawValue))
    }

    /// Marks a check as done by `report`.
    static func end(_ id: String, with report: String, in db: Database) throws {
        try filter(Column("id") == id).updateAll(
            db, Column("state").set(to: ContentCheck.State.done.rawValue), Column("report").set(to: report))
    }
}
