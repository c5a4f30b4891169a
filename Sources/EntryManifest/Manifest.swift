public import MediaFacts

/// The organiser's table of works: the file of each work and the fields of its form.
public struct Manifest: Sendable, Hashable {
    /// The works, in the order of the table.
    public var rows: [Row]
    /// Mistakes in single rows or columns.
    public var problems: [Problem]
    /// Titles of columns that the contest does not know.
    public var ignoredColumns: [String]

    /// Creates a table; without `problems` it counts as faultless.
    public init(rows: [Row], problems: [Problem] = [], ignoredColumns: [String] = []) {
        self.rows = rows
        self.problems = problems
        self.ignoredColumns = ignoredColumns
    }

    /// One work.
    public struct Row: Sendable, Hashable {
        /// Number of the row in a spreadsheet program, from 1.
        public var number: Int
        /// Name of the file as written, with or without folders before it.
        public var file: String
        /// Values by the names of the form's fields. Empty cells are left out.
        public var fields: [String: String]
        /// Category of the work; nil for an empty cell.
        public var category: String?
        /// Region that sends the work; nil for an empty cell.
        public var region: String?
        /// Unit that sends the work; nil for an empty cell, and where no quota of the contest counts by unit.
        public var unit: String?
        /// Entrant of the work; nil for an empty cell, and where no quota of the contest counts by entrant.
        public var entrant: String?
        /// Names of further files as written, by the names of the contest's roles and attachments. Empty cells are left out.
        public var parts: [String: String]

        /// Creates a row; `number` counts from 1.
        public init(
            number: Int, file: String, fields: [String: String] = [:], category: String? = nil, region: String? = nil,
            unit: String? = nil, entrant: String? = nil, parts: [String: String] = [:]
        ) {
            self.number = number
            self.file = file
            self.fields = fields
            self.category = category
            self.region = region
            self.unit = unit
            self.entrant = entrant
            self.parts = parts
        }
    }

    /// A mistake in the table, or a difference between the table and the files.
    public struct Problem: Sendable, Hashable {
        /// The kind of mistake.
        public var kind: Kind
        /// Number of the row; nil when the problem concerns no single row.
        public var row: Int?
        /// The file; nil when the problem concerns no file.
        public var file: String?
        /// The problem and its remedy.
        public var message: LocalizedText

        /// The kinds of mistakes.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// Several columns hold the same value of a work.
            case columnRepeated = "column-repeated"
            /// A row names no file.
            case nameMissing = "name-missing"
            /// Two rows of one file have the same content; the second one changes nothing.
            case rowRepeated = "row-repeated"
            /// Two rows of one file have different content; the first one counts.
            case rowsDiffer = "rows-differ"
            /// The file of a row was not found.
            case fileMissing = "file-missing"
            /// No row names a file that is there.
            case rowMissing = "row-missing"
            /// A row can mean several files; no file is joined to it.
            case ambiguous
            /// Several rows can mean one file; at most one of them is joined.
            case claimed
        }

        /// Creates a problem whose message has both languages.
        public init(_ kind: Kind, row: Int? = nil, file: String? = nil, zh: String, en: String) {
            self.kind = kind
            self.row = row
            self.file = file
            message = LocalizedText(zh: zh, en: en)
        }
    }
}
