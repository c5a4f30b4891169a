/// The text of a table, row by row.
struct Table: Sendable, Hashable {
    /// The rows with text in them, in their order.
    var rows: [Row] = []

    /// One row.
    struct Row: Sendable, Hashable {
        /// Number of the row in a spreadsheet program, from 1.
        var number: Int
        /// Cells from the first column on. Columns behind the last cell are empty.
        var cells: [String]

        /// The text in a column without white space around it; empty for an empty cell.
        subscript(_ column: Int) -> String { column < cells.count ? ManifestText.trimmed(cells[column]) : "" }
    }
}

/// Counts the cells and the text of a table and refuses rows past `ManifestLimits`.
struct TableRoom {
    private var bytes = ManifestLimits.bytes
    private var cells = ManifestLimits.cells

    /// Counts one row.
    ///
    /// - Returns: `false` when the table is too large with this row.
    mutating func admit(_ row: [String]) -> Bool {
        cells -= row.count
        bytes -= row.reduce(0) { $0 + $1.utf8.count }
        return cells >= 0 && bytes >= 0
    }
}

/// Collects the bytes of one cell and drops the bytes beyond the first that makes the cell too long.
struct CellBytes {
    private var bytes: [UInt8] = []
    private let most: Int

    /// - Parameter unit: most bytes that the file needs for one UTF-16 unit of the cell.
    init(perUnit unit: Int) { most = ManifestLimits.cellUnits * unit + 1 }

    var isEmpty: Bool { bytes.isEmpty }

    /// The text so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ byte: UInt8) { if bytes.count < most { bytes.append(byte) } }

    mutating func append(contentsOf part: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: part.prefix(most - bytes.count))
    }

    /// Starts the next cell.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }
}

/// Comparison of texts of a table.
enum ManifestText {
    /// `text` without white space at its ends.
    ///
    /// A text without such white space is returned as it is and shares its memory.
    static func trimmed(_ text: String) -> String {
        guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
        let start = text.drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }

    /// Whether `text` holds only white space and control characters.
    static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.value < 0x20 }
    }

    /// `text` in half width, in lower case and composed. Two texts that differ only in those are equal when folded.
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
