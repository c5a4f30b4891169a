/// What stands in one cell of a workbook.
enum WorkbookCell: Sendable, Hashable {
    /// Nothing.
    case empty
    /// Text, never a formula, whatever it begins with.
    case text(String)
    /// Text on a colour that says the same.
    case coloured(String, Tone)
    /// A title of a column or of a part of a sheet.
    case title(String)
    /// A number.
    case number(Double, Figures = .plain)

    /// What a colour says.
    enum Tone: Sendable, Hashable, CaseIterable {
        case good, doubtful, bad, advice, failure
    }

    /// How a number is shown.
    enum Figures: Sendable, Hashable, CaseIterable {
        /// As it is.
        case plain
        /// With three decimals.
        case thousandths
        /// With separators between the thousands.
        case grouped
    }

    /// A whole number.
    static func count(_ number: Int) -> WorkbookCell { .number(Double(number)) }

    /// Text, or nothing where there is none.
    static func optional(_ text: String?) -> WorkbookCell { text.map(WorkbookCell.text) ?? .empty }

    /// A number, or nothing where there is none.
    static func optional(_ number: Double?, _ figures: Figures = .plain) -> WorkbookCell {
        number.map { .number($0, figures) } ?? .empty
    }
}

/// A column of a sheet.
struct WorkbookColumn: Sendable, Hashable {
    /// What stands above it.
    var title: String
    /// Its width in columns of text: a Chinese character takes two.
    var width: Int

    /// Widens the column to its title and the button of the filter beside it.
    init(_ title: String, _ width: Int) {
        self.title = title
        self.width = max(width, DisplayWidth.of(title) + 4)
    }
}
