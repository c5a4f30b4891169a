public import EntryIntake
internal import GRDB

extension EntryStore: WebhookKeeping {
    /// The deliveries that are due, each found by index.
    public func dueDeliveries(
        at moment: Moment, most: Int, beyond running: Set<String>
    ) async throws(IntakeError) -> DueDeliveries {
        try await read { [seal] db in
            var answer = DueDeliveries()
            for row in try WebhookTargetRow.active(in: db) {
                let (target, secrets) = (row.target, row.secrets(at: moment, seal))
                let due = try WebhookDeliveryRow.due(to: row.id, at: moment, most: most + running.count, in: db)
                    .filter { !running.contains($0.id) }
                answer.due += due.prefix(most).map { DueDelivery($0, to: target, secrets: secrets) }
                let next = try WebhookDeliveryRow.nextDue(to: row.id, after: moment, in: db)
                answer.nextMilliseconds = [answer.nextMilliseconds, next].compactMap(\.self).min()
            }
            return answer
        }
    }

    /// Stores the results of attempts in one transaction.
    public func record(_ results: [WebhookResult], at moment: Moment) async throws(IntakeError) {
        try await write { db in
            for result in results { try WebhookDeliveryRow.record(result, at: moment, in: db) }
        }
    }
}
