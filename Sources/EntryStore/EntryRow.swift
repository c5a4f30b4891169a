internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of `entry`: the entry itself, without its reports, sign-offs and corrections.
struct EntryRow: Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "entry"

    var number: Int64?
    var id: String
    var contest: String
    var createdAt: String
    var createdMilliseconds: Int64
    var fields: [String: String]  // JSON text
    var mediaFilename: String?
    var mediaBytes: Int64?
    var mediaSHA256: String?
    /// Number in the order in which entries got their present media; nil without media.
    var mediaOrder: Int64?
    /// Verdict of the newest report.
    var verdict: String?
    /// `Contacts` under seal, and the name of the key.
    var contacts: Data?
    var contactsKey: String?
    var receivedAt: String?
    var receivedMilliseconds: Int64?
    var standing: String
    var owner: String?
    var place: String?
    var version: Int
    var title: String?
    var category: String?
    var region: String?
    /// Day of receipt, or of submission without media, such as `2024-03-01`.
    var day: String?
    var mustLookAgain: Bool
    /// Id of the newest report if that report waits for a content check; nil otherwise.
    var pendingCheck: String?

    /// Makes the row of an entry after a change.
    ///
    /// - Parameters:
    ///   - old: the row before the change; nil for a new entry.
    ///   - rules: the contest, whose form names the fields that lists show; nil leaves these columns as they are.
    init(_ entry: Entry, over old: EntryRow?, rules: Contest?, at moment: Moment, _ seal: ContactSeal) throws {
        number = old?.number
        id = entry.id
        contest = entry.contest
        createdAt = entry.createdAt
        createdMilliseconds = old?.createdMilliseconds ?? moment.milliseconds
        fields = entry.fields
        mediaFilename = entry.media?.filename
        mediaBytes = entry.media?.bytes
        mediaSHA256 = entry.media?.sha256
        mediaOrder = old?.mediaOrder
        verdict = entry.report?.verdict.rawValue
        (contacts, contactsKey) = (old?.contacts, old?.contactsKey)
        receivedAt = entry.received?.text
        receivedMilliseconds = entry.received?.milliseconds
        standing = entry.standing.rawValue
        owner = entry.owner
        place = entry.place
        version = entry.version
        let listed = rules.map { ListedFields(entry.fields, in: $0) }
        title = listed == nil ? old?.title : listed?.title
        category = listed == nil ? old?.category : listed?.category
        region = listed == nil ? old?.region : listed?.region
        day = String((entry.received?.text ?? entry.createdAt).prefix(10))
        mustLookAgain = entry.mustLookAgain
        pendingCheck = entry.report.flatMap { $0.isPending ? $0.id : nil }
        if let contacts = entry.contacts { try set(contacts, seal) }
    }

    mutating func set(_ contacts: Contacts, _ seal: ContactSeal) throws {
        let sealed = contacts.isEmpty ? nil : try seal.seal(contacts, for: id)
        self.contacts = sealed?.bytes
        contactsKey = sealed?.key
    }

    /// The contacts; empty when the entry has none, nil when they cannot be opened.
    func contacts(_ seal: ContactSeal) -> Contacts? {
        guard let contacts, let contactsKey else { return Contacts() }
        return seal.open(Contacts.self, .init(bytes: contacts, key: contactsKey), for: id)
    }

    var received: Moment? {
        guard let receivedAt, let receivedMilliseconds else { return nil }
        return Moment(milliseconds: receivedMilliseconds, text: receivedAt)
    }

    mutating func didInsert(_ inserted: InsertionSuccess) { number = inserted.rowID }

    static func databaseJSONEncoder(for column: String) -> JSONEncoder { WireJSON.encoder() }

    var media: MediaReference? {
        mediaBytes.map { MediaReference(filename: mediaFilename, bytes: $0, sha256: mediaSHA256) }
    }
}

extension EntryRow {
    /// The row of the entry `id`; nil when there is none. SQLite ends a bound text at its first NUL, so the id of the
    /// row is compared again.
    static func of(_ id: String, in db: Database) throws -> EntryRow? {
        try filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? $0 : nil }
    }

    /// The row of the contest's entry that came from `place`; nil when there is none.
    static func of(place: String, contest: String, in db: Database) throws -> EntryRow? {
        try filter(Column("contest") == contest && Column("place") == place).fetchOne(db)
    }

    /// Of the contest's entries that hold these bytes now, the row of the one that got them first; nil when none does.
    static func firstHolder(of sum: String, contest: String, in db: Database) throws -> EntryRow? {
        try filter(Column("contest") == contest && Column("mediaSHA256") == sum).order(Column("mediaOrder")).fetchOne(
            db)
    }

    /// The value of `mediaOrder` for the next media.
    static func nextMediaOrder(in db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT IFNULL(MAX(mediaOrder), 0) + 1 FROM entry") ?? 1
    }

    /// Writes the columns that depend on the entry's reports and sign-offs and on other entries with the same bytes,
    /// and the row of the full-text table.
    mutating func setStanding(_ entry: Entry, in db: Database) throws {
        (standing, mustLookAgain) = (entry.standing.rawValue, entry.mustLookAgain)
        try db.execute(
            sql: "UPDATE entry SET standing = ?, mustLookAgain = ? WHERE number = ?",
            arguments: [standing, mustLookAgain, number])
        try EntryTextRow.keep(self, in: db)
    }
}

/// Counts other entries that hold the same bytes. Source: the index `entry_media`.
enum SameMediaRows {
    /// Most entries that are counted on each side of `mediaOrder`.
    private static let mostCounted = 1000

    /// The other entries of the same contest that hold the bytes of `row`; at most 20 of their ids.
    static func others(than row: EntryRow, _ number: Int64, in db: Database) throws -> SameMedia {
        guard let sum = row.mediaSHA256, let order = row.mediaOrder else { return SameMedia() }
        let same = "FROM entry WHERE contest = ? AND mediaSHA256 = ?"
        func count(_ side: String) throws -> Int {
            try Int.fetchOne(
                db, sql: "SELECT COUNT(*) FROM (SELECT 1 \(same) AND mediaOrder \(side) ? LIMIT \(mostCounted))",
                arguments: [row.contest, sum, order]) ?? 0
        }
        let ids = try String.fetchAll(
            db, sql: "SELECT id \(same) AND mediaOrder <> ? ORDER BY mediaOrder LIMIT 20",
            arguments: [row.contest, sum, order])
        return SameMedia(earlier: try count("<"), later: try count(">"), ids: ids)
    }
}
