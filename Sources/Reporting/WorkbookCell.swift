/// The content of one cell of a workbook.
enum WorkbookCell: Sendable, Hashable {
    /// Nothing.
    case empty
    /// Text, which Excel never runs as a formula, whatever it begins with.
    case text(String)
    /// Text on a background colour of the same meaning as the text.
    case coloured(String, Tone)
    /// A title of a column or of a part of a sheet.
    case title(String)
    /// A number.
    case number(Double, Figures = .plain)

    /// The meaning of a background colour.
    enum Tone: Sendable, Hashable, CaseIterable {
        case good, doubtful, bad, advice, failure
    }

    /// The number format of a cell.
    enum Figures: Sendable, Hashable, CaseIterable {
        /// Excel's format "General".
        case plain
        /// Three decimals.
        case thousandths
        /// A separator after each group of thousands.
        case grouped
    }

    /// A whole number.
    static func count(_ number: Int) -> WorkbookCell { .number(Double(number)) }

    /// Text; an empty cell for nil.
    static func optional(_ text: String?) -> WorkbookCell { text.map(WorkbookCell.text) ?? .empty }

    /// A number; an empty cell for nil.
    static func optional(_ number: Double?, _ figures: Figures = .plain) -> WorkbookCell {
        number.map { .number($0, figures) } ?? .empty
    }
}

/// A column of a sheet.
struct WorkbookColumn: Sendable, Hashable {
    /// The title of the column.
    var title: String
    /// Width in columns of text; a Chinese character takes two.
    var width: Int

    /// Makes a column. Where `width` is too small, the title and the filter's button beside it decide the width.
    init(_ title: String, _ width: Int) {
        self.title = title
        self.width = max(width, DisplayWidth.of(title) + 4)
    }
}
