/// Reads separated values: RFC 4180, and what spreadsheets make of the rest.
///
/// Works on bytes, because a separator followed by a combining mark is one `Character`, but still separates. A quotation
/// mark within a field that does not begin with one is text, and so is what follows a closed one.
struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    /// Rows to read at most; more are an error unless `stopsAtLimit`.
    private let mostRows: Int
    private let stopsAtLimit: Bool
    private let name: String

    private var table = Table()
    private var number = 1
    private var cells: [String] = []
    private var field = CellBytes(perUnit: 3)
    private var budget = TableBudget()

    /// The separators that programs write, the usual one first.
    static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    private init(_ bytes: [UInt8], _ separator: UInt8, mostRows: Int, stopsAtLimit: Bool, name: String) {
        self.bytes = bytes
        self.separator = separator
        self.mostRows = mostRows
        self.stopsAtLimit = stopsAtLimit
        self.name = name
    }

    /// The table in `text`.
    static func table(_ text: [UInt8], separator: UInt8, name: String) throws(ManifestError) -> Table {
        var reader = CSVReader(text, separator, mostRows: ManifestLimits.rows, stopsAtLimit: false, name: name)
        try reader.read()
        return reader.table
    }

    /// The first rows of `text`; as many as can be read with this separator.
    static func start(_ text: [UInt8], separator: UInt8) -> Table {
        var reader = CSVReader(
            text, separator, mostRows: ManifestLimits.headerRows, stopsAtLimit: true, name: "")
        try? reader.read()
        return reader.table
    }

    private mutating func read() throws(ManifestError) {
        var position = 0
        while position < bytes.count {
            if stopsAtLimit, table.rows.count >= mostRows { return }
            position = try readField(position)
            guard position < bytes.count else { break }
            let end = bytes[position]
            position += 1
            if end == separator {
                try endField()
                // A separator at the very end has an empty field after it.
                if position == bytes.count { break }
                continue
            }
            if end == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
            try endRow()
        }
        if !field.isEmpty || !cells.isEmpty { try endRow() }
    }

    /// Reads a field into `field`.
    ///
    /// - Returns: where it ends: at a separator, a line break, or the end.
    private mutating func readField(_ start: Int) throws(ManifestError) -> Int {
        var position = start
        if bytes[position] == Self.quote {
            position += 1
            while true {
                guard position < bytes.count else { throw .quoteOpen(name, row: number) }
                let byte = bytes[position]
                position += 1
                if byte == Self.quote {
                    guard position < bytes.count, bytes[position] == Self.quote else { break }
                    position += 1
                }
                field.append(byte)
            }
        }
        while position < bytes.count, !endsField(bytes[position]) {
            field.append(bytes[position])
            position += 1
        }
        return position
    }

    private func endsField(_ byte: UInt8) -> Bool {
        byte == separator || byte == Self.carriageReturn || byte == Self.lineFeed
    }

    private mutating func endField() throws(ManifestError) {
        guard cells.count < ManifestLimits.columns || field.isEmpty else { throw .tooLarge(name) }
        let text = field.text
        guard ManifestLimits.admits(text) else { throw .cellTooLong(name, row: number) }
        if cells.count < ManifestLimits.columns { cells.append(text) }
        field.clear()
    }

    private mutating func endRow() throws(ManifestError) {
        try endField()
        if !cells.allSatisfy(ManifestText.isBlank) {
            guard table.rows.count < mostRows, budget.take(cells) else { throw .tooLarge(name) }
            table.rows.append(Table.Row(number: number, cells: cells))
        }
        number += 1
        cells.removeAll(keepingCapacity: true)
    }
}
