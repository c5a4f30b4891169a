internal import EntryIntake
internal import Foundation
internal import GRDB

/// One row of the full-text table `entryText`: the searchable text of an entry, none of it personal.
///
/// Chinese has no blanks between words, so the text is kept as overlapping pairs of characters ("诚信故事" as "诚信 信故
/// 故事 事"), and a search is the phrase of its own pairs. The phrase matches exactly where the text contains the search. A
/// character for private use stands between two texts, so that no phrase matches across them.
enum EntryTextRow {
    /// Most characters of an entry that are searchable.
    private static let mostCharacters = 2000

    /// Writes the text of an entry in place of what there was.
    static func keep(_ row: EntryRow, in db: Database) throws {
        guard let number = row.number else { return }
        let texts = [row.mediaFilename].compactMap(\.self) + row.fields.sorted { $0.key < $1.key }.map(\.value)
        let grams = texts.map { pairs(of: $0.prefix(mostCharacters)) }.filter { !$0.isEmpty }.joined(
            separator: " \u{E000} ")
        try delete(number, in: db)
        try db.execute(sql: "INSERT INTO entryText (rowid, grams) VALUES (?, ?)", arguments: [number, grams])
    }

    /// Removes the text of an entry.
    static func delete(_ number: Int64?, in db: Database) throws {
        try db.execute(sql: "DELETE FROM entryText WHERE rowid = ?", arguments: [number])
    }

    /// The pattern that finds a text; nil when there is nothing in it to search for, so that it lets every entry through.
    static func pattern(_ text: String) -> String? {
        let letters = normalised(text.prefix(100))
        guard letters.count != 1 else { return "\"\(letters[0])\"*" }
        return letters.isEmpty ? nil : "\"\(pairs(letters).joined(separator: " "))\""
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
}
