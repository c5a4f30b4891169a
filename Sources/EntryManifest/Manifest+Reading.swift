public import ContestRules
internal import MediaFacts

extension Manifest {
    /// Reads a table: `.xlsx`, or CSV with commas, semicolons or tabs, in UTF-8, UTF-16 with a byte order mark, or
    /// GB18030. The content decides which of them it is, not the file's name.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: the file's name in messages.
    ///   - contest: the contest whose form names the columns.
    ///   - isWithdrawn: whether the caller no longer wants the table; asked now and then while it is read.
    public static func read(
        _ bytes: [UInt8], named name: String, contest: Contest,
        until isWithdrawn: @escaping @Sendable () -> Bool = { false }
    ) throws(ManifestError) -> Manifest {
        try read(
            bytes, named: name, contest: contest, meter: ReadingMeter(ManifestLimits.budget, until: isWithdrawn))
    }

    /// Reads a table and counts the cost with `meter`.
    static func read(
        _ bytes: [UInt8], named name: String, contest: Contest, meter: ReadingMeter
    ) throws(ManifestError) -> Manifest {
        guard bytes.count <= meter.budget.bytes else { throw .tooLarge(name) }
        let parts = WorkPart.all(of: contest)
        let table = try table(bytes, name, contest: contest, parts: parts, meter: meter)
        let header = table.rows.prefix(ManifestLimits.headerRows).enumerated().lazy
            .map { (index: $0, columns: ManifestColumns($1, contest: contest, parts: parts)) }
            .first { $0.columns.namesFiles }
        guard let header else {
            let found = table.rows.first.map { row in row.cells.indices.map { row[$0] }.filter { !$0.isEmpty } }
            throw .wrongHeader(name, found: found ?? [], needed: ManifestColumns.neededTitles)
        }
        var reader = ManifestRowReader(header.columns)
        for row in table.rows.dropFirst(header.index + 1) { reader.add(row) }
        return Manifest(
            rows: reader.rows, problems: header.columns.problems + reader.problems,
            ignoredColumns: header.columns.ignored)
    }

    private static func table(
        _ bytes: [UInt8], _ name: String, contest: Contest, parts: [WorkPart], meter: ReadingMeter
    ) throws(ManifestError) -> Table {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return try WorkbookReader(bytes, name: name, meter: meter).table()
        }
        // The signature of a compound file: an `.xls` or an encrypted `.xlsx`.
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .formatUnknown(name) }
        guard let text = ManifestText.decoded(bytes).map({ Array($0.utf8) }) else { throw .encodingUnknown(name) }
        // The separator that gives the most known titles wins.
        var scores: [Int] = []
        for separator in CSVReader.separators {
            let rows = try CSVReader.start(text, separator: separator, name: name, meter: meter).rows
            scores.append(
                rows.map { ManifestColumns($0, contest: contest, parts: parts) }.filter(\.namesFiles).map(\.known).max()
                    ?? 0)
        }
        let best = scores.max() ?? 0
        let index = scores.firstIndex(of: best) ?? 0
        return try CSVReader.table(text, separator: CSVReader.separators[index], name: name, meter: meter)
    }
}

/// Turns the rows below the header into works and collects their problems.
private struct ManifestRowReader {
    private let columns: [ManifestColumns.Target: Int]
    private(set) var rows: [Manifest.Row] = []
    private(set) var problems: [Manifest.Problem] = []
    private var firstRows: [String: Int] = [:]

    init(_ columns: ManifestColumns) { self.columns = columns.columns }

    mutating func add(_ row: Table.Row) {
        guard let work = work(row) else {
            problems.append(
                Manifest.Problem(
                    .nameMissing, row: row.number, zh: "第 \(row.number) 行没有填写文件名，已跳过。请补上。",
                    en: "Row \(row.number) names no file and is left out. Fill it in."))
            return
        }
        let key = ManifestText.composed(ManifestPath(work.file).text)
        guard let index = firstRows[key] else {
            firstRows[key] = rows.count
            rows.append(work)
            return
        }
        problems.append(repeated(rows[index], work))
    }

    private func work(_ row: Table.Row) -> Manifest.Row? {
        func value(_ target: ManifestColumns.Target) -> String? {
            columns[target].map { row[$0] }.flatMap { ManifestText.isBlank($0) ? nil : $0 }
        }
        guard let file = value(.file) else { return nil }
        var fields: [String: String] = [:]
        for case (.field(let name), _) in columns { fields[name] = value(.field(name)) }
        var parts: [String: String] = [:]
        for case (.part(let name), _) in columns { parts[name] = value(.part(name)) }
        return Manifest.Row(
            number: row.number, file: file, fields: fields, category: value(.category), region: value(.region),
            unit: value(.unit), entrant: value(.entrant), parts: parts)
    }

    private func repeated(_ first: Manifest.Row, _ second: Manifest.Row) -> Manifest.Problem {
        let isSame =
            (first.fields, first.category, first.region, first.unit, first.entrant, first.parts)
            == (second.fields, second.category, second.region, second.unit, second.entrant, second.parts)
        let (one, other) = (first.number, second.number)
        return isSame
            ? Manifest.Problem(
                .rowRepeated, row: other, file: second.file, zh: "第 \(other) 行与第 \(one) 行内容相同，已合并。",
                en: "Row \(other) says the same as row \(one); they count as one.")
            : Manifest.Problem(
                .rowsDiffer, row: other, file: second.file,
                zh: "第 \(one) 行和第 \(other) 行是同一个文件，内容不一致，只采用第 \(one) 行。请核对后只保留一行。",
                en:
                    "Rows \(one) and \(other) name the same file and differ; row \(one) counts. Keep only the right one."
            )
    }
}
