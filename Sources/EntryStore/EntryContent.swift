internal import ContestRules
internal import Foundation
internal import GRDB

/// The rows of all entries, decoded one by one: one row that cannot be decoded does not hide the others.
struct EntryContent {
    /// The decodable rows, the oldest entry first.
    private(set) var rows: [EntryRow] = []
    /// Ids of the entries whose row or reports cannot be decoded, the oldest first.
    private(set) var unreadable: [String] = []
    /// SHA-256 of every media file that a row names, decodable or not.
    private(set) var media: Set<String> = []

    /// Reads every row of `entry` and every document of `report`. Decodes one document at a time, so that the memory
    /// does not grow with the number of reports.
    init(_ db: Database) throws {
        let broken = try Self.entriesWithBrokenReports(db)
        let cursor = try Row.fetchCursor(db, sql: "SELECT * FROM entry ORDER BY number")
        while let row = try cursor.next() {
            let (id, sum) = (row["id"] as String, row["mediaSHA256"] as String?)
            if let sum { media.insert(sum) }
            let decoded = try? EntryRow(row: row)
            if let decoded { rows.append(decoded) }
            if decoded == nil || broken.contains(row["number"]) { unreadable.append(id) }
        }
    }

    /// Numbers of the entries with a report that cannot be decoded.
    private static func entriesWithBrokenReports(_ db: Database) throws -> Set<Int64> {
        var numbers: Set<Int64> = []
        let decoder = JSONDecoder()
        let cursor = try Row.fetchCursor(db, sql: "SELECT entry, document FROM report ORDER BY number")
        while let row = try cursor.next() {
            let document = Data((row["document"] as String).utf8)
            if (try? decoder.decode(Report.self, from: document)) == nil { numbers.insert(row["entry"]) }
        }
        return numbers
    }
}
