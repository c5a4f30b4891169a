internal import ContestRules
internal import EntryIntake
internal import GRDB

/// One row of `entry` without the form: the columns of a list.
struct EntryLine: Codable, FetchableRecord, TableRecord {
    static let databaseTableName = "entry"
    static var databaseSelection: [any SQLSelectable] {
        [
            "number", "id", "contest", "createdAt", "mediaFilename", "mediaBytes", "mediaSHA256", "verdict", "standing",
            "title", "category", "region", "mustLookAgain", "pendingCheck",
        ].map { Column($0) }
    }

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

    /// The row of the entry `id`. SQLite reads a text no further than a NUL, so the id that it found is compared again.
    static func of(_ id: String, in db: Database) throws -> EntryLine? {
        try filter(Column("id") == id).fetchOne(db).flatMap { $0.id == id ? $0 : nil }
    }

    /// Entries that have media and no report, the oldest first, at most `limit`. Source: the partial index
    /// `entry_awaiting`.
    static func awaitingReport(_ limit: Int) -> SQLRequest<EntryLine> {
        selecting("WHERE verdict IS NULL AND mediaBytes IS NOT NULL ORDER BY number LIMIT ?", [limit])
    }

    /// The rows of a query, newest first, and one more than its limit.
    static func list(_ query: EntryQuery, before: Int64?) -> SQLRequest<EntryLine> {
        var (conditions, arguments): ([String], StatementArguments) = ([], [])
        for (column, value) in [
            ("contest", query.contest), ("verdict", query.verdict?.rawValue), ("standing", query.standing?.rawValue),
            ("category", query.category), ("region", query.region), ("day", query.day), ("owner", query.owner),
        ] {
            guard let value else { continue }
            conditions.append("entry.\(column) = ?")
            arguments += [value]
        }
        let words = query.text.flatMap(EntryTextRow.pattern)
        if let before {
            conditions.append("\(words == nil ? "entry.number" : "entryText.rowid") < ?")
            arguments += [before]
        }
        if let words {
            conditions.append("entryText MATCH ?")
            arguments += [words]
        }
        let source = words == nil ? "" : "JOIN entryText ON entryText.rowid = entry.number "
        let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
        let order = words == nil ? "entry.number" : "entryText.rowid"
        return selecting("\(source)\(filter) ORDER BY \(order) DESC LIMIT ?", arguments + [query.limit + 1])
    }

    private static func selecting(_ rest: String, _ arguments: StatementArguments = []) -> SQLRequest<EntryLine> {
        let columns = [
            "number", "id", "contest", "createdAt", "mediaFilename", "mediaBytes", "mediaSHA256", "verdict", "standing",
            "title", "category", "region", "mustLookAgain", "pendingCheck",
        ].map { "entry.\($0)" }.joined(separator: ", ")
        return SQLRequest(sql: "SELECT \(columns) FROM entry \(rest)", arguments: arguments)
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
