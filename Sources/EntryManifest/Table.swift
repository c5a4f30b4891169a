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

/// What a table may still take.
struct TableBudget {
    private var bytes = ManifestLimits.bytes
    private var cells = ManifestLimits.cells

    /// Takes a row.
    ///
    /// - Returns: false when that is more than may be.
    mutating func take(_ row: [String]) -> Bool {
        cells -= row.count
        bytes -= row.reduce(0) { $0 + $1.utf8.count }
        return cells >= 0 && bytes >= 0
    }
}

/// Gathers the bytes of one cell. Of a cell that is too long it keeps no more than tells so.
struct CellBytes {
    private var bytes: [UInt8] = []
    private let most: Int

    /// - Parameter unit: most bytes that a UTF-16 unit can take as it is written.
    init(perUnit unit: Int) { most = ManifestLimits.cellUnits * unit + 1 }

    var isEmpty: Bool { bytes.isEmpty }

    /// The text so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ byte: UInt8) { if bytes.count < most { bytes.append(byte) } }

    mutating func append(contentsOf piece: UnsafeBufferPointer<UInt8>) {
        bytes.append(contentsOf: piece.prefix(most - bytes.count))
    }

    /// Begins the next cell.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }
}

/// How texts of a table are compared.
enum ManifestText {
    /// `text` without white space at its ends.
    ///
    /// A text without any is the same text, in the same memory.
    static func trimmed(_ text: String) -> String {
        guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
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
