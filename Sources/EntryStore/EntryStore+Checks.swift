public import EntryIntake
internal import GRDB
public import MediaFacts

extension EntryStore: CheckKeeping {
    /// The content check of the entry's pending report `id`; nil when there was none.
    public func check(_ id: String, ofEntry entry: String) async throws(IntakeError) -> ContentCheck? {
        try await read { db in
            guard let line = try EntryLine.of(entry, in: db) else { return nil }
            return try CheckRow.filter(Column("id") == id).filter(Column("entry") == line.number).fetchOne(db)?
                .check(ofEntry: line.id, in: db)
        }
    }

    /// Of the waiting checks that are not in `skipped`, the oldest with the fewest attempts; nil when there is none.
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

    /// Records the number of attempts of a waiting check; does nothing for any other check.
    public func setAttempts(_ attempts: Int, ofCheck id: String) async throws(IntakeError) {
        try await write { db in
            _ = try CheckRow.filter(Column("id") == id).filter(CheckRow.waiting)
                .updateAll(db, Column("attempts").set(to: attempts))
        }
    }

    /// The stills of a report, in the report's order.
    public func stills(ofReport id: String) async throws(IntakeError) -> [Still] {
        try await read { db in
            try StillRow.filter(Column("report") == id).order(Column("number")).fetchAll(db).map(\.still)
        }
    }

    /// One still of a report by its name; nil when there is none.
    public func still(_ name: String, ofReport id: String) async throws(IntakeError) -> Still? {
        try await read { db in
            try StillRow.filter(Column("report") == id && Column("name") == name).fetchOne(db)?.still
        }
    }
}
