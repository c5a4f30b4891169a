public import EntryIntake
internal import Foundation
internal import GRDB

/// The webhook targets and deliveries of a data folder, for its operator. Works while a service uses the folder, which
/// sees each change within five seconds.
public struct WebhookRegistry: Sendable {
    private let database: OperatorDatabase

    /// Most targets of one folder.
    public static let mostTargets = 16

    /// Time for which the secrets before a rotation go on signing.
    public static let overlap = Duration.seconds(86_400)

    /// Opens the webhooks of a data folder. A folder without a database gets one.
    ///
    /// - Parameter keyFile: keys that secrets are sealed with; nil means `clipcheck.keys` in the folder.
    /// - Throws: `.storageFailed`, also when the database is of another version of the program.
    public init(folder path: String, keyFile: String? = nil) throws(IntakeError) {
        database = try OperatorDatabase(folder: path, keyFile: keyFile)
    }

    /// The webhooks of a store in memory, for tests.
    init(of store: EntryStore) { database = OperatorDatabase(of: store) }

    /// Adds a target. Events of changes that are committed from now on go to it. Its secret is shown once.
    ///
    /// - Parameters:
    ///   - url: a valid address; it is stored as given.
    ///   - contest: the only contest whose events are sent; nil for every contest.
    /// - Returns: nil when there are `mostTargets` already.
    public func add(
        url: String, contest: String? = nil, events: Set<WebhookEvent> = Set(WebhookEvent.allCases),
        allowsPrivate: Bool = false, at moment: Moment = WallClock.system.now()
    ) throws(IntakeError) -> (target: WebhookTarget, secret: WebhookSecret)? {
        let secret = WebhookSecret()
        let digits = UUID().uuidString.lowercased().prefix(8)
        let target = WebhookTarget(
            id: "wh_\(digits)", url: url, contest: contest, events: events, allowsPrivate: allowsPrivate,
            createdAt: moment.text)
        let isAdded = try database.write { db in
            guard try WebhookTargetRow.fetchCount(db) < Self.mostTargets else { return false }
            try WebhookTargetRow(target, secret: secret, database.seal).insert(db)
            return true
        }
        return isAdded ? (target, secret) : nil
    }

    /// Every target, the oldest first.
    public func targets() throws(IntakeError) -> [WebhookTarget] {
        try database.read { db in try WebhookTargetRow.order(sql: "number").fetchAll(db).map(\.target) }
    }

    /// Gives a target a new secret, which signs first. The old ones sign beside it for `overlap`.
    ///
    /// - Returns: nil when there is no such target.
    public func rotate(
        _ id: String, at moment: Moment = WallClock.system.now()
    ) throws(IntakeError) -> WebhookSecret? {
        let secret = WebhookSecret()
        return try database.write { db in
            guard var row = try WebhookTargetRow.of(id, in: db) else { return nil }
            try row.rotate(to: secret, at: moment, end: moment.advanced(by: Self.overlap), database.seal)
            try db.execute(
                sql: "UPDATE webhookTarget SET sealed = ?, sealedKey = ? WHERE id = ?",
                arguments: [row.sealed, row.sealedKey, id])
            return secret
        }
    }

    /// Sends to a target again that answered 410. False when there is no such target.
    public func enable(_ id: String) throws(IntakeError) -> Bool {
        try database.write { db in
            try WebhookTargetRow.enable(id, in: db)
            return db.changesCount == 1
        }
    }

    /// Removes a target with its secrets and deliveries, also those that wait. False when there is no such target.
    public func remove(_ id: String) throws(IntakeError) -> Bool {
        try database.write { db in try WebhookTargetRow.filter(Column("id") == id).deleteAll(db) == 1 }
    }

    /// The newest deliveries.
    ///
    /// - Parameter state: the only state that is listed; nil for every state.
    public func deliveries(
        _ state: WebhookDelivery.State? = nil, most: Int = 100
    ) throws(IntakeError) -> [WebhookDelivery] {
        try database.read { db in
            let rows =
                if let state {
                    WebhookDeliveryRow.filter(Column("state") == state.rawValue).order(Column("dueMilliseconds").desc)
                } else {
                    WebhookDeliveryRow.filter(Column("number") > 0).order(Column("number").desc)
                }
            return try rows.limit(most).fetchAll(db).compactMap(\.delivery)
        }
    }

    /// The answers to a request to send a delivery again.
    public enum Retried: Sendable, Hashable {
        /// The delivery waits for an attempt.
        case waiting
        /// There is no such delivery.
        case unknown
        /// The target answered 410 and is disabled.
        case disabled(target: String)
    }

    /// Lets a delivery be sent at once, whatever its state, with all its attempts before it.
    public func retry(_ id: String, at moment: Moment = WallClock.system.now()) throws(IntakeError) -> Retried {
        try database.write { db in
            guard let row = try WebhookDeliveryRow.filter(Column("id") == id).fetchOne(db) else { return .unknown }
            guard try WebhookTargetRow.of(row.target, in: db)?.target.disabledAt == nil else {
                return .disabled(target: row.target)
            }
            try WebhookDeliveryRow.retry(id, at: moment, in: db)
            return .waiting
        }
    }

    /// Lets every dead delivery be sent at once whose target is not disabled.
    ///
    /// - Returns: how many there are.
    public func retryAllDead(at moment: Moment = WallClock.system.now()) throws(IntakeError) -> Int {
        try database.write { db in
            var count = 0
            for target in try WebhookTargetRow.active(in: db) {
                count += try WebhookDeliveryRow.retryDead(ofTarget: target.id, at: moment, in: db)
            }
            return count
        }
    }
}
