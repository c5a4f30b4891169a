/// Collects the rows of a sheet.
final class SheetHandler: PartHandler {
    private(set) var table = Table()
    private(set) var refusal: PartRefusal?

    private let reader: CellReader
    private var number = 0
    private var cells: [String] = []
    private var column = -1
    private var kind = ""
    private var style = 0
    private var value = CellBytes(perUnit: TextReader.mostBytesPerUnit)
    private var isValue = false
    private var inline = TextReader()
    private var room = TableRoom()

    /// Most row numbers of a sheet. Source: Excel specifications and limits.
    private static let mostNumbers = 1_048_576

    init(_ reader: CellReader) { self.reader = reader }

    func start(_ name: String, _ attributes: XMLAttributes) -> Bool {
        switch name {
        case "row":
            let next = attributes["r"].flatMap(Int.init) ?? number + 1
            guard next > number, next <= Self.mostNumbers else { return false }
            number = next
            cells = []
            column = -1
        case "c":
            let next = attributes["r"].flatMap(Self.column) ?? column + 1
            guard next > column else { return false }
            column = next
            kind = attributes["t"] ?? "n"
            style = attributes["s"].flatMap(Int.init) ?? 0
            value.clear()
        case "v": isValue = true
        default: inline.start(name)
        }
        return true
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isValue { value.append(contentsOf: bytes) } else { inline.text(bytes) }
    }

    func end(_ name: String) -> Bool {
        switch name {
        case "v": isValue = false
        case "c": return endCell()
        case "row": return endRow()
        default: inline.end(name)
        }
        return true
    }

    private func endCell() -> Bool {
        let text = inline.take()
        let shown = reader.text(kind, style, value.text, inline: text)
        guard ManifestLimits.admits(shown) else { return stop(.cellTooLong(row: number)) }
        guard !ManifestText.isBlank(shown) else { return true }
        guard column < ManifestLimits.columns else { return stop(.tooLarge) }
        while cells.count < column { cells.append("") }
        cells.append(shown)
        return true
    }

    private func endRow() -> Bool {
        guard !cells.isEmpty else { return true }
        guard table.rows.count < ManifestLimits.rows, room.admit(cells) else { return stop(.tooLarge) }
        table.rows.append(Table.Row(number: number, cells: cells))
        return true
    }

    private func stop(_ refusal: PartRefusal) -> Bool {
        self.refusal = refusal
        return false
    }

    /// The column of a reference like `B5`, from 0; nil when `reference` does not begin with one to three capitals.
    static func column(_ reference: String) -> Int? {
        let letters = reference.utf8.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        guard (1...3).contains(letters.count) else { return nil }
        return letters.reduce(0) { $0 * 26 + Int($1 - UInt8(ascii: "A")) + 1 } - 1
    }
}
