public import MediaFacts

/// The organiser's table of works: which file is whose work, and what its form says.
public struct Manifest: Sendable, Hashable {
    /// The works, in the order of the table.
    public var rows: [Row]
    /// What is wrong with single rows or columns.
    public var problems: [Problem]
    /// Titles of columns that mean nothing to the contest.
    public var ignoredColumns: [String]

    /// Makes a table.
    public init(rows: [Row], problems: [Problem] = [], ignoredColumns: [String] = []) {
        self.rows = rows
        self.problems = problems
        self.ignoredColumns = ignoredColumns
    }

    /// One work.
    public struct Row: Sendable, Hashable {
        /// Number of the row, as a spreadsheet shows it.
        public var number: Int
        /// Name of the file as it was written, perhaps with folders before it.
        public var file: String
        /// What was written, by the names of the form's fields; empty cells are left out.
        public var fields: [String: String]
        /// Category of the work; nil when none was written.
        public var category: String?
        /// Where the work comes from; nil when nothing was written.
        public var region: String?

        /// Makes a row.
        public init(
            number: Int, file: String, fields: [String: String] = [:], category: String? = nil, region: String? = nil
        ) {
            self.number = number
            self.file = file
            self.fields = fields
            self.category = category
            self.region = region
        }
    }

    /// Something that is wrong with the table, or between the table and the files.
    public struct Problem: Sendable, Hashable {
        /// What kind of thing.
        public var kind: Kind
        /// Number of the row; nil when it is about no single row.
        public var row: Int?
        /// The file; nil when it is about none.
        public var file: String?
        /// What is the matter and what to do.
        public var message: LocalizedText

        /// What can be wrong.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// Several columns for one thing.
            case columnRepeated = "column-repeated"
            /// A row that names no file.
            case nameMissing = "name-missing"
            /// Several rows that say the same of one file; of no consequence.
            case rowRepeated = "row-repeated"
            /// Several rows that say different things of one file.
            case rowsDiffer = "rows-differ"
            /// A row whose file was not found.
            case fileMissing = "file-missing"
            /// A file that no row names.
            case rowMissing = "row-missing"
            /// A row that could mean several files.
            case ambiguous
            /// Several rows that could mean one file.
            case claimed
        }

        /// Makes a problem.
        public init(_ kind: Kind, row: Int? = nil, file: String? = nil, zh: String, en: String) {
            self.kind = kind
            self.row = row
            self.file = file
            message = LocalizedText(zh: zh, en: en)
        }
    }
}
