internal import ContestRules

/// Reads separated values by RFC 4180 and, beyond it, by the habits of spreadsheet programs.
///
/// The reader works on bytes: a separator followed by a combining mark is one `Character` but still separates. A quotation
/// mark inside of a field that does not begin with one is text. Characters after a closing quotation mark are text, too.
struct CSVReader {
    private let bytes: [UInt8]
    private let separator: UInt8
    /// Most rows to read. A further row is an error unless `stopsAtLimit` is set.
    private let mostRows: Int
    private let stopsAtLimit: Bool
    private let name: String
    private let meter: ReadingMeter

    private var table = Table()
    private var number = 1
    private var cells: [String] = []
    private var field = CellBytes(perUnit: 3)
    private var room = TableRoom()
    /// Whether the budget stopped the reader.
    private var isOverBudget = false

    /// The separators that spreadsheet programs write, the most common first.
    static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    private init(
        _ bytes: [UInt8], _ separator: UInt8, mostRows: Int, stopsAtLimit: Bool, name: String, meter: ReadingMeter
    ) {
        self.bytes = bytes
        self.separator = separator
        self.mostRows = mostRows
        self.stopsAtLimit = stopsAtLimit
        self.name = name
        self.meter = meter
    }

    /// The table in `text`.
    ///
    /// - Parameter meter: counts every field as one event.
    static func table(
        _ text: [UInt8], separator: UInt8, name: String, meter: ReadingMeter
    ) throws(ManifestError) -> Table {
        var reader = CSVReader(
            text, separator, mostRows: ManifestLimits.rows, stopsAtLimit: false, name: name, meter: meter)
        try reader.read()
        return reader.table
    }

    /// The first rows of `text`, up to the first mistake: with the wrong separator, a quotation mark can stay open.
    ///
    /// - Throws: only an error of `meter`'s budget.
    static func start(
        _ text: [UInt8], separator: UInt8, name: String, meter: ReadingMeter
    ) throws(ManifestError) -> Table {
        var reader = CSVReader(
            text, separator, mostRows: ManifestLimits.headerRows, stopsAtLimit: true, name: name, meter: meter)
        do { try reader.read() } catch { if reader.isOverBudget { throw error } }
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
                // A separator at the end of the text has an empty field behind it.
                if position == bytes.count { break }
                continue
            }
            if end == Self.carriageReturn, position < bytes.count, bytes[position] == Self.lineFeed { position += 1 }
            try endRow()
        }
        if !field.isEmpty || !cells.isEmpty { try endRow() }
    }

    /// Reads one field into `field`.
    ///
    /// - Returns: the position of the separator or line break behind the field, or of the end of the text.
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
        do { try meter.spendEvent() } catch {
            isOverBudget = true
            throw .overBudget(name, error, meter.budget)
        }
        guard cells.count < ManifestLimits.columns || field.isEmpty else { throw .tooLarge(name) }
        let text = field.text
        guard ManifestLimits.admits(text) else { throw .cellTooLong(name, row: number) }
        if cells.count < ManifestLimits.columns { cells.append(text) }
        field.clear()
    }

    private mutating func endRow() throws(ManifestError) {
        try endField()
        if !cells.allSatisfy(ManifestText.isBlank) {
            guard table.rows.count < mostRows, room.admit(cells) else { throw .tooLarge(name) }
            table.rows.append(Table.Row(number: number, cells: cells))
        }
        number += 1
        cells.removeAll(keepingCapacity: true)
    }
}
