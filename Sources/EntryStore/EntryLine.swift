internal import ContestRules
internal import EntryIntake
internal import GRDB

/// One row of `entry` without the form: the columns of a list.
struct EntryLine: Codable, FetchableRecord, TableRecord {
    static let databaseTableName = "entry"
    static let columns = [
        "number", "id", "contest", "createdAt", "mediaFilename", "mediaBytes", "mediaSHA256", "verdict", "standing",
        "title", "category", "region", "mustLookAgain", "pendingCheck",
    ]
    static var databaseSelection: [any SQLSelectable] { columns.map { Column($0) } }

    var number: Int64
    var id: String
    var contest: String
    var createdAt: String
    var mediaFilename: String?
    var mediaBytes: Int64?
    var mediaSHA256: String?
    var verdict: String?
    var standing: String
    var title: String?
    var category: String?
    var region: String?
    var mustLookAgain: Bool
    var pendingCheck: String?

    /// The row of the entry `id`; nil when there is none. SQLite ends a bound text at its first NUL, so the id of the
    /// row is compared again.
    static func of(_ id: String, in db: Database) throws -> EntryLine? {
        try filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? $0 : nil }
    }

    /// Entries that have media and no report, the oldest first, at most `limit`. Source: the partial index
    /// `entry_awaiting`.
    static func awaitingReport(_ limit: Int) -> SQLRequest<EntryLine> {
        selecting("WHERE verdict IS NULL AND mediaBytes IS NOT NULL ORDER BY number LIMIT ?", [limit])
    }

    /// The rows of a query, newest first: at most one more than its limit, which tells that another page follows. All
    /// filters are words of the full-text table.
    static func list(_ query: EntryQuery, before: Int64?) -> SQLRequest<EntryLine> {
        let last = before ?? .max
        guard let pattern = EntryTextRow.pattern(query) else {
            return selecting("WHERE number < ? ORDER BY number DESC LIMIT ?", [last, query.limit + 1])
        }
        // SQLite never reorders the tables of a CROSS JOIN.
        return selecting(
            """
            WHERE entryText MATCH ? AND entryText.rowid < ? ORDER BY entryText.rowid DESC LIMIT ?
            """, [pattern, last, query.limit + 1],
            from: "entryText CROSS JOIN entry ON entry.number = entryText.rowid")
    }

    private static func selecting(
        _ rest: String, _ arguments: StatementArguments, from tables: String = "entry"
    ) -> SQLRequest<EntryLine> {
        let columns = columns.map { "entry.\($0)" }.joined(separator: ", ")
        return SQLRequest(sql: "SELECT \(columns) FROM \(tables) \(rest)", arguments: arguments)
    }

    var media: MediaReference? {
        mediaBytes.map { MediaReference(filename: mediaFilename, bytes: $0, sha256: mediaSHA256) }
    }

    var summary: EntrySummary {
        EntrySummary(
            id: id, createdAt: createdAt, contest: contest, title: title, category: category, region: region,
            media: media, verdict: verdict.flatMap(Verdict.init), standing: Standing(rawValue: standing) ?? .open,
            mustLookAgain: mustLookAgain, check: pendingCheck)
    }
}

extension EntryLine {
    /// Takes the columns of a list from a whole row.
    init(_ row: EntryRow) {
        self.init(
            number: row.number ?? 0, id: row.id, contest: row.contest, createdAt: row.createdAt,
            mediaFilename: row.mediaFilename, mediaBytes: row.mediaBytes, mediaSHA256: row.mediaSHA256,
            verdict: row.verdict, standing: row.standing, title: row.title, category: row.category, region: row.region,
            mustLookAgain: row.mustLookAgain, pendingCheck: row.pendingCheck)
    }
}
