internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `webhookTarget`: an address that events go to. Its secrets are under seal.
struct WebhookTargetRow: Codable, FetchableRecord, PersistableRecord {
    static let databaseTableName = "webhookTarget"

    var id: String
    var url: String
    var contest: String?
    /// Events, separated by spaces.
    var events: String
    var allowsPrivate: Bool
    var createdAt: String
    var disabledAt: String?
    /// `active` or `disabled`.
    var state: String
    /// `[Secret]` under seal, and the name of the key.
    var sealed: Data
    var sealedKey: String

    /// A secret, and the time after which it signs no more.
    private struct Secret: Codable {
        var secret: WebhookSecret
        /// Milliseconds since 1970-01-01T00:00Z; nil for the newest secret.
        var endMilliseconds: Int64?
    }

    private static let active = "active"
    private static let disabled = "disabled"

    init(_ target: WebhookTarget, secret: WebhookSecret, _ seal: ContactSeal) throws {
        (id, url, contest) = (target.id, target.url, target.contest)
        events = target.events.map(\.rawValue).sorted().joined(separator: " ")
        (allowsPrivate, createdAt, disabledAt) = (target.allowsPrivate, target.createdAt, target.disabledAt)
        state = target.disabledAt == nil ? Self.active : Self.disabled
        (sealed, sealedKey) = (Data(), "")
        try setSecrets([Secret(secret: secret)], seal)
    }

    /// The target.
    var target: WebhookTarget {
        WebhookTarget(
            id: id, url: url, contest: contest,
            events: Set(events.split(separator: " ").compactMap { WebhookEvent(rawValue: String($0)) }),
            allowsPrivate: allowsPrivate, createdAt: createdAt, disabledAt: disabledAt)
    }

    /// The secrets that sign at `moment`, the newest first; empty when the key file does not open them.
    func secrets(at moment: Moment, _ seal: ContactSeal) -> [WebhookSecret] {
        (opened(seal) ?? []).filter { ($0.endMilliseconds ?? .max) > moment.milliseconds }.map(\.secret)
    }

    /// Puts a new secret first. The others sign until `end`, or until their own end where that is earlier.
    mutating func rotate(to secret: WebhookSecret, at moment: Moment, end: Moment, _ seal: ContactSeal) throws {
        let old = (opened(seal) ?? []).compactMap { old -> Secret? in
            let last = min(old.endMilliseconds ?? .max, end.milliseconds)
            return last > moment.milliseconds ? Secret(secret: old.secret, endMilliseconds: last) : nil
        }
        try setSecrets([Secret(secret: secret)] + old, seal)
    }

    private func opened(_ seal: ContactSeal) -> [Secret]? {
        seal.open([Secret].self, .init(bytes: sealed, key: sealedKey), for: owner)
    }

    private mutating func setSecrets(_ secrets: [Secret], _ seal: ContactSeal) throws {
        let closed = try seal.seal(secrets, for: owner)
        (sealed, sealedKey) = (closed.bytes, closed.key)
    }

    private var owner: String { "webhook \(id)" }
}

extension WebhookTargetRow {
    /// The targets that are sent to.
    static func active(in db: Database) throws -> [WebhookTargetRow] {
        try filter(Column("state") == active).fetchAll(db)
    }

    /// The target with an id; nil when there is none.
    static func of(_ id: String, in db: Database) throws -> WebhookTargetRow? {
        try filter(Column("id") == id).fetchOne(db)
    }

    /// Sends no more to a target. Its deliveries that wait end as dead.
    static func disable(_ id: String, at moment: Moment, in db: Database) throws {
        try db.execute(
            sql: "UPDATE webhookTarget SET state = ?, disabledAt = ? WHERE id = ?",
            arguments: [disabled, moment.text, id])
        try WebhookDeliveryRow.endWaiting(ofTarget: id, as: .gone, at: moment, in: db)
    }

    /// Sends to a target again.
    static func enable(_ id: String, in db: Database) throws {
        try db.execute(
            sql: "UPDATE webhookTarget SET state = ?, disabledAt = NULL WHERE id = ?", arguments: [active, id])
    }
}
