public import EntryIntake
internal import GRDB
internal import Synchronization

extension EntryStore {
    /// Removes the traces that deleted rows leave: their words in the full-text index, and their pages in the
    /// write-ahead log where the deletion could not empty it. Removes events of the outbox that are older than a week,
    /// and webhook deliveries that ended long ago (`WebhookDeliveryRow.tidy`).
    public func tidy(at moment: Moment) async throws(IntakeError) {
        try await mergeText()
        let oldest = moment.milliseconds - 7 * 86_400_000
        try await write { db in
            try db.execute(sql: "DELETE FROM outbox WHERE createdMilliseconds < ?", arguments: [oldest])
            try WebhookDeliveryRow.tidy(at: moment, in: db)
        }
        try? await database.emptyJournal()
    }

    /// Merges the segments of the full-text index when an event since the last call removed words. The first call after
    /// a start considers every event of the outbox. FTS5 only marks a deleted row; its words stay in their segment
    /// until the segment is merged.
    ///
    /// A merge takes about 0.3 s at 100,000 entries and blocks other writes (`StartBenchmark`).
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
