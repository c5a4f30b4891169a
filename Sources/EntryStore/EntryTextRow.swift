internal import ContestRules
internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of the full-text table `entryText`: all values that lists filter by. No value is personal.
///
/// - `grams`: the searchable text. Chinese has no blanks between words, so the text is kept as overlapping pairs of
///   characters ("诚信故事" as "诚信 信故 故事 事"), and a search is the phrase of its own pairs. The phrase matches exactly where
///   the text contains the search. A character for private use stands between two texts, so that no phrase matches
///   across them.
/// - `tags`: one word for each column with an exact filter. SQLite intersects the lists of several words by leaps, so
///   that a list with any combination of filters reads few rows; with one index of `entry` a column, a rare combination
///   of frequent values would read them all.
enum EntryTextRow {
    /// Most characters of each field, and of the file name, that are searchable.
    private static let mostCharacters = 2000

    /// Writes the text of an entry; replaces its earlier text.
    static func keep(_ row: EntryRow, in db: Database) throws {
        let texts = [row.mediaFilename].compactMap(\.self) + row.fields.sorted { $0.key < $1.key }.map(\.value)
        let line = EntryLine(row)
        try keep(texts, Filters(line, day: row.day, owner: row.owner), number: line.number, in: db)
    }

    /// Writes only the filter values of an entry whose form cannot be read, so that lists still filter it.
    static func keepWithoutText(_ number: Int64, in db: Database) throws {
        let row = try Row.fetchOne(db, sql: "SELECT * FROM entry WHERE number = ?", arguments: [number])
        guard let row, let line = try? EntryLine(row: row) else { return }
        try keep([], Filters(line, day: row["day"], owner: row["owner"]), number: number, in: db)
    }

    private static func keep(_ texts: [String], _ filters: Filters, number: Int64, in db: Database) throws {
        let grams = texts.map { pairs(of: $0.prefix(mostCharacters)) }.filter { !$0.isEmpty }.joined(
            separator: " \u{E000} ")
        try delete(number, in: db)
        try db.execute(
            sql: "INSERT INTO entryText (rowid, grams, tags) VALUES (?, ?, ?)",
            arguments: [number, grams, filters.words.joined(separator: " ")])
    }

    /// Removes the text of an entry.
    static func delete(_ number: Int64?, in db: Database) throws {
        try db.execute(sql: "DELETE FROM entryText WHERE rowid = ?", arguments: [number])
    }

    /// The FTS5 pattern that matches the entries of a query; nil when the query matches every entry.
    ///
    /// A search text without a letter or digit matches every entry.
    static func pattern(_ query: EntryQuery) -> String? {
        let parts = Filters(query).words.map { "tags : \"\($0)\"" } + [query.text.flatMap(pattern)].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " AND ")
    }

    private static func pattern(_ text: String) -> String? {
        let letters = normalised(text.prefix(100))
        guard letters.count != 1 else { return "grams : \"\(letters[0])\"*" }
        return letters.isEmpty ? nil : "grams : \"\(pairs(letters).joined(separator: " "))\""
    }

    private static func pairs(of text: Substring) -> String {
        let letters = normalised(text)
        guard let last = letters.last else { return "" }
        return (pairs(letters) + [String(last)]).joined(separator: " ")
    }

    private static func pairs(_ letters: [Character]) -> [String] {
        zip(letters, letters.dropFirst()).map { "\($0)\($1)" }
    }

    /// Letters and digits in lower case and half width; everything else is left out.
    private static func normalised(_ text: Substring) -> [Character] {
        text.precomposedStringWithCompatibilityMapping.lowercased().filter { $0.isLetter || $0.isNumber }.map(\.self)
    }

    /// The values that lists filter by exactly; nil for a value that the entry lacks or the query does not filter by.
    private struct Filters {
        /// Words of the column `tags`: the first letters of the filter, and the value in hexadecimal, which no
        /// tokenizer splits or folds.
        let words: [String]

        init(_ query: EntryQuery) {
            self.init(
                query.contest, query.verdict?.rawValue, query.standing?.rawValue, query.category, query.region,
                query.day,
                query.owner)
        }

        init(_ line: EntryLine, day: String?, owner: String?) {
            self.init(line.contest, line.verdict, line.standing, line.category, line.region, day, owner)
        }

        private init(
            _ contest: String?, _ verdict: String?, _ standing: String?, _ category: String?, _ region: String?,
            _ day: String?, _ owner: String?
        ) {
            let values = [
                ("co", contest), ("ve", verdict), ("st", standing), ("ca", category), ("re", region), ("da", day),
                ("ow", owner),
            ]
            words = values.compactMap { name, value in
                value.map { name + $0.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
            }
        }
    }
}
