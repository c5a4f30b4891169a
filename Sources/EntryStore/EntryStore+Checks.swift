public import EntryIntake
internal import GRDB
public import MediaFacts

extension EntryStore: CheckKeeping {
    /// The check that began with a report of an entry.
    public func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck? {
        try await read { db in
            guard let line = try EntryLine.of(entry, in: db) else { return nil }
            return try CheckRow.filter(Column("id") == id).filter(Column("entry") == line.number).fetchOne(db)?
                .check(ofEntry: line.id, in: db)
        }
    }

    /// The waiting check that was begun the fewest times, the oldest of them.
    public func nextCheck(beyond skipped: Set<String>) async throws(IntakeError) -> ContentCheck? {
        try await read { db in
            let rows = try CheckRow.filter(CheckRow.waiting).order(Column("attempts"), Column("number"))
                .limit(skipped.count + 1).fetchAll(db)
            guard let row = rows.first(where: { !skipped.contains($0.id) }),
                let line = try EntryLine.filter(Column("number") == row.entry).fetchOne(db)
            else { return nil }
            return try row.check(ofEntry: line.id, in: db)
        }
    }

    /// Records how often a check was begun.
    public func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError) {
        try await write { db in
            _ = try CheckRow.filter(Column("id") == id).filter(CheckRow.waiting)
                .updateAll(db, Column("attempts").set(to: attempts))
        }
    }

    /// The pictures of a report, in its order.
    public func stills(ofReport id: String) async throws(IntakeError) -> [Still] {
        try await read { db in
            try StillRow.filter(Column("report") == id).order(Column("number")).fetchAll(db).map(\.still)
        }
    }

    /// One picture of a report by its name.
    public func still(_ name: String, ofReport id: String) async throws(IntakeError) -> Still? {
        try await read { db in
            try StillRow.filter(Column("report") == id && Column("name") == name).fetchOne(db)?.still
        }
    }
}
