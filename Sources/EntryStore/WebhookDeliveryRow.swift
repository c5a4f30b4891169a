internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `webhookDelivery`: an event for one target. Nothing personal, so that the row outlives its entry.
struct WebhookDeliveryRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "webhookDelivery"

    var number: Int64?
    var id: String
    var target: String
    var event: String
    var entry: String
    var contest: String
    var version: Int
    var verdict: String?
    var standing: String?
    var report: String?
    var occurredAt: String
    var traceparent: String?
    var state: String
    var attempts: Int
    var dueMilliseconds: Int64
    var lastStatus: Int?
    var lastFailure: String?

    init(_ delivery: WebhookDelivery) {
        (id, target, event) = (delivery.id, delivery.target, delivery.event.rawValue)
        (entry, contest, version) = (delivery.entry, delivery.contest, delivery.version)
        (verdict, standing, report) = (delivery.verdict?.rawValue, delivery.standing?.rawValue, delivery.report)
        traceparent = delivery.traceparent
        (occurredAt, state, attempts) = (delivery.occurredAt, delivery.state.rawValue, delivery.attempts)
        dueMilliseconds = delivery.dueMilliseconds
        (lastStatus, lastFailure) = (delivery.lastStatus, delivery.lastFailure?.rawValue)
    }

    /// The delivery; nil for an event or a state that a later release stored.
    var delivery: WebhookDelivery? {
        guard let event = WebhookEvent(rawValue: event), let state = WebhookDelivery.State(rawValue: state) else {
            return nil
        }
        var delivery = WebhookDelivery(
            id: id, target: target, event: event, entry: entry, contest: contest, version: version,
            verdict: verdict.flatMap(Verdict.init), standing: standing.flatMap(Standing.init(rawValue:)),
            report: report, occurredAt: Moment(milliseconds: dueMilliseconds, text: occurredAt),
            traceparent: traceparent)
        (delivery.state, delivery.attempts) = (state, attempts)
        (delivery.lastStatus, delivery.lastFailure) = (lastStatus, lastFailure.flatMap(WebhookFailure.init(rawValue:)))
        return delivery
    }

    /// Makes the deliveries of a change, one for each event and each target that takes it.
    ///
    /// - Returns: whether there are any.
    static func keep(_ change: EntryChange, before: Entry?, after: Entry, in db: Database) throws -> Bool {
        let targets = try WebhookTargetRow.active(in: db).map(\.target)
        guard !targets.isEmpty else { return false }
        var isAny = false
        for event in change.webhookEvents(before: before, after: after) {
            for target in targets where target.takes(event, ofContest: after.contest) {
                try WebhookDeliveryRow(
                    WebhookDelivery(id: newID(), target: target.id, event, of: after, by: change)
                ).insert(db)
                isAny = true
            }
        }
        return isAny
    }

    private static func newID() -> String { "msg_" + UUID().uuidString.lowercased().replacing("-", with: "") }
}

extension WebhookDeliveryRow {
    private static func isWaiting(at target: String) -> SQLExpression {
        Column("target") == target && Column("state") == WebhookDelivery.State.waiting.rawValue
    }

    /// The oldest deliveries to a target that are due.
    static func due(to target: String, at moment: Moment, most: Int, in db: Database) throws -> [WebhookDelivery] {
        let due = Column("dueMilliseconds")
        return try filter(isWaiting(at: target) && due <= moment.milliseconds).order(due).limit(most).fetchAll(db)
            .compactMap(\.delivery)
    }

    /// Time of the next delivery to a target after `moment`; nil when none waits.
    static func nextDue(to target: String, after moment: Moment, in db: Database) throws -> Int64? {
        let due = Column("dueMilliseconds")
        return try filter(isWaiting(at: target) && due > moment.milliseconds).order(due).limit(1).fetchOne(db)?
            .dueMilliseconds
    }

    /// Number of deliveries that wait, to all targets.
    static func waitingCount(in db: Database) throws -> Int {
        try filter(Column("state") == WebhookDelivery.State.waiting.rawValue).fetchCount(db)
    }

    /// Stores the result of an attempt, and disables the target that answered 410.
    static func record(_ result: WebhookResult, at moment: Moment, in db: Database) throws {
        try db.execute(
            sql: """
                UPDATE webhookDelivery SET state = ?, attempts = ?, dueMilliseconds = ?, lastStatus = ?, lastFailure = ?
                WHERE id = ?
                """,
            arguments: [
                result.state.rawValue, result.attempts, result.dueMilliseconds, result.status,
                result.failure?.rawValue, result.delivery,
            ])
        guard result.failure == .gone else { return }
        guard let row = try filter(Column("id") == result.delivery).fetchOne(db) else { return }
        try WebhookTargetRow.disable(row.target, at: moment, in: db)
    }

    /// Ends the deliveries to a target that wait.
    static func endWaiting(
        ofTarget target: String, as failure: WebhookFailure, at moment: Moment, in db: Database
    ) throws {
        try filter(isWaiting(at: target)).updateAll(
            db, Column("state").set(to: WebhookDelivery.State.dead.rawValue),
            Column("dueMilliseconds").set(to: moment.milliseconds), Column("lastFailure").set(to: failure.rawValue))
    }

    /// Makes a delivery wait for an attempt at `moment`, with all its attempts before it.
    static func retry(_ id: String, at moment: Moment, in db: Database) throws {
        try db.execute(
            sql: "UPDATE webhookDelivery SET state = ?, attempts = 0, dueMilliseconds = ? WHERE id = ?",
            arguments: [WebhookDelivery.State.waiting.rawValue, moment.milliseconds, id])
    }

    /// Makes the dead deliveries to a target wait for an attempt at `moment`; gives their count back.
    static func retryDead(ofTarget target: String, at moment: Moment, in db: Database) throws -> Int {
        try filter(Column("target") == target && Column("state") == WebhookDelivery.State.dead.rawValue).updateAll(
            db, Column("state").set(to: WebhookDelivery.State.waiting.rawValue), Column("attempts").set(to: 0),
            Column("dueMilliseconds").set(to: moment.milliseconds))
    }

    /// Removes delivered rows that are older than a week, and dead ones that are older than 30 days.
    static func tidy(at moment: Moment, in db: Database) throws {
        for (state, days) in [(WebhookDelivery.State.delivered, 7), (.dead, 30)] as [(WebhookDelivery.State, Int64)] {
            try db.execute(
                sql: "DELETE FROM webhookDelivery WHERE state = ? AND dueMilliseconds < ?",
                arguments: [state.rawValue, moment.milliseconds - days * 86_400_000])
        }
    }
}
