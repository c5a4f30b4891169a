public import ContestRules
public import EntryIntake
internal import GRDB
public import MediaFacts

extension EntryStore: CheckKeeping {
    /// The check that began with a report of an entry.
    public func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck? {
        try await read { db in
            guard let line = try EntryLine.of(entry, in: db) else { return nil }
            return try CheckRow.filter(Column("id") == id).filter(Column("entry") == line.number).fetchOne(db)?
                .check(ofEntry: line.id)
        }
    }

    /// The waiting check that was begun the fewest times, the oldest of them.
    public func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck? {
        try await read { db in
            let row = try CheckRow.filter(CheckRow.waiting).filter(!skipped.contains(Column("id")))
                .order(Column("attempts"), Column("number")).fetchOne(db)
            guard let row, let line = try EntryLine.filter(Column("number") == row.entry).fetchOne(db) else {
                return nil
            }
            return row.check(ofEntry: line.id)
        }
    }

    /// Notes how often a check was begun.
    public func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError) {
        try await write { db in
            _ = try CheckRow.filter(Column("id") == id).filter(CheckRow.waiting)
                .updateAll(db, Column("attempts").set(to: attempts))
        }
    }

    /// Ends a waiting check with the report that it came to, and its pictures, in one transaction.
    public func complete(
        _ check: String, with report: Report, showing stills: [Still]
    ) async throws(IntakeError) -> Bool {
        try await write { [seal] db in
            guard let row = try CheckRow.filter(Column("id") == check).filter(CheckRow.waiting).fetchOne(db),
                let line = try EntryLine.filter(Column("number") == row.entry).fetchOne(db)
            else { return false }
            try CheckRow.filter(Column("id") == check).updateAll(
                db, Column("state").set(to: ContentCheck.State.done.rawValue), Column("report").set(to: report.id))
            try db.execute(
                sql: "UPDATE entry SET verdict = ? WHERE number = ?",
                arguments: [report.verdict.rawValue, line.number])
            try ReportRow.keep(report, showing: stills, entry: line.number, in: db)
            try Self.refreshStandings(of: line.contest, [], entry: line.number, seal, in: db)
            return true
        }
    }

    /// The pictures of a report, in its order.
    public func stills(ofReport id: String) async throws(IntakeError) -> [Still] {
        try await read { db in
            try StillRow.filter(Column("report") == id).order(Column("number")).fetchAll(db).map(\.still)
        }
    }
}
