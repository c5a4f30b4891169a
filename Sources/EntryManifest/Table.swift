/// A table as it was written: rows of text.
struct Table: Sendable, Hashable {
    /// Rows in their order, those with nothing in them left out.
    var rows: [Row] = []

    /// One row.
    struct Row: Sendable, Hashable {
        /// Its number as a spreadsheet shows it, from 1.
        var number: Int
        /// Its cells from the first column on; later ones are empty.
        var cells: [String]

        /// The text in a column, without white space around it; empty where there is none.
        subscript(_ column: Int) -> String { column < cells.count ? ManifestText.trimmed(cells[column]) : "" }
    }
}

/// How texts of a table are compared.
enum ManifestText {
    /// `text` without white space at its ends.
    static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }

    /// Whether there is nothing to read in `text`.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.value < 0x20 }
    }

    /// `text` as it compares when width, case and composition of characters do not count.
    static func folded(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        for scalar in composed(text).unicodeScalars { folded.append(halfWidth(scalar)) }
        return String(folded).lowercased()
    }

    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000, 0xA0: " "
        default: scalar
        }
    }
}
