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

    /// Removes the pictures of an entry's reports, but those of one report; without one, all of them.
    static func delete(ofEntry number: Int64, but report: String?, in db: Database) throws {
        try db.execute(
            sql: "DELETE FROM still WHERE report <> ? AND report IN (SELECT id FROM report WHERE entry = ?)",
            arguments: [report ?? "", number])
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

    /// The check, with the verdict of the report that it came to.
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
    /// Throws `.checkUnknown` when a check no longer waits: another report took its place, or it is done.
    static func requireWaiting(_ id: String, in db: Database) throws {
        guard try filter(Column("id") == id).filter(waiting).fetchCount(db) == 1 else { throw IntakeError.checkUnknown }
    }

    /// Ends every waiting check of an entry but one.
    static func supersede(ofEntry number: Int64, but kept: String?, in db: Database) throws {
        try filter(Column("entry") == number).filter(waiting).filter(Column("id") != (kept ?? ""))
            .updateAll(db, Column("state").set(to: ContentCheck.State.superseded.rawValue))
    }

    /// Ends a check with the report that it came to.
    static func end(_ id: String, with report: String, in db: Database) throws {
        try filter(Column("id") == id).updateAll(
            db, Column("state").set(to: ContentCheck.State.done.rawValue), Column("report").set(to: report))
    }
}
