public import EntryIntake
internal import GRDB
internal import Synchronization

extension EntryStore {
    /// Removes every trace of deleted rows, also of those that a deletion could not remove at its time: their words from the
    /// full-text index, their pages from the journal. Removes events that are older than a week.
    public func tidy(at moment: Moment) async throws(IntakeError) {
        try await mergeText()
        let oldest = moment.milliseconds - 7 * 86_400_000
        try await write { db in
            try db.execute(sql: "DELETE FROM outbox WHERE createdMilliseconds < ?", arguments: [oldest])
        }
        try? await database.emptyJournal()
    }

    /// Merges the segments of the full-text index when a change took words away since the last merge, or since the start of
    /// the service. FTS5 only marks a deleted row; its words stay in their segment until that is merged.
    ///
    /// About 0.3 s at 100,000 entries, in which nothing else is written (`StartBenchmark`).
    private func mergeText() async throws(IntakeError) {
        let seen = textMergedAt.withLock { $0 }
        let (last, removals) = try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT max(number) AS last,
                    sum(event IN ('entry.deleted', 'entry.corrected', 'entry.media-replaced')) AS removals
                    FROM outbox WHERE number > ?
                    """, arguments: [seen])
            return (row?["last"] as Int64?, row?["removals"] as Int?)
        }
        guard let last else { return }
        if let removals, removals > 0 {
            try await write { db in try db.execute(sql: "INSERT INTO entryText (entryText) VALUES ('optimize')") }
        }
        textMergedAt.withLock { $0 = max($0, last) }
    }
}
