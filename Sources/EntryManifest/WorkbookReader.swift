internal import ContestRules

/// Reads the first visible sheet of an Excel workbook.
///
/// Source: ISO/IEC 29500-1 (SpreadsheetML) and 29500-2 (packages).
struct WorkbookReader {
    private let archive: ZipArchive
    private let meter: ReadingMeter
    private let name: String

    /// Opens a package.
    ///
    /// - Parameters:
    ///   - name: the file's name in messages.
    ///   - meter: counts the unpacked bytes, the XML events and the time of all parts together.
    init(_ bytes: [UInt8], name: String, meter: ReadingMeter) throws(ManifestError) {
        guard let archive = ZipArchive(bytes, meter: meter) else {
            throw .damaged(name, zh: "不是完整的压缩包", en: "it is no whole archive")
        }
        guard archive.partCount <= ManifestLimits.parts else { throw .tooLarge(name) }
        self.archive = archive
        self.meter = meter
        self.name = name
    }

    /// The rows of the first visible sheet.
    func table() throws(ManifestError) -> Table {
        guard archive.contains("[Content_Types].xml") else { throw .formatUnknown(name) }
        let package = RelationshipsHandler()
        try parse("_rels/.rels", package)
        let main = package.targets.first { $0.kind == "officeDocument" }?.path ?? "xl/workbook.xml"
        guard archive.contains(main), !main.hasSuffix(".bin") else { throw .formatUnknown(name) }

        let folder = main.lastIndex(of: "/").map { String(main[...$0]) } ?? ""
        let relationships = RelationshipsHandler(folder: folder)
        try parse(folder + "_rels/" + main.dropFirst(folder.count) + ".rels", relationships)
        let workbook = WorkbookHandler()
        guard try parse(main, workbook) else { throw broken }
        func parts(_ kind: String) -> [RelationshipsHandler.Target] {
            relationships.targets.filter { $0.kind == kind }
        }
        let sheets = Dictionary(parts("worksheet").map { ($0.id, $0.path) }) { first, _ in first }
        guard let sheet = workbook.visible.lazy.compactMap({ sheets[$0] }).first else { throw broken }

        let strings = StringsHandler()
        if let part = parts("sharedStrings").first { try parse(part.path, strings) }
        let styles = StylesHandler()
        if let part = parts("styles").first { try parse(part.path, styles) }
        let cells = SheetHandler(
            CellReader(strings: strings.strings, dateStyles: styles.dateStyles, countsFrom1904: workbook.countsFrom1904)
        )
        let isThere = try parse(sheet, cells)
        guard isThere else { throw broken }
        return cells.table
    }

    private var broken: ManifestError {
        .damaged(name, zh: "缺少工作表", en: "a sheet is missing")
    }

    /// Reads the part `part` of the package.
    ///
    /// - Returns: `false` when the package lacks the part.
    @discardableResult
    private func parse(_ part: String, _ handler: some PartHandler) throws(ManifestError) -> Bool {
        guard let reader = XMLReader(handler, meter: meter) else { throw .tooLarge(name) }
        do {
            try archive.unpack(part) { reader.read($0) }
        } catch {
            switch error {
            case .missing: return false
            case .encrypted: throw .formatUnknown(name)
            case .overBudget(let excess): throw .overBudget(name, excess, meter.budget)
            case .damaged, .stopped: throw refusal(part, reader, handler)
            }
        }
        guard reader.finish() else { throw refusal(part, reader, handler, isCutOff: true) }
        return true
    }

    /// The error for a part whose reading stopped.
    ///
    /// - Parameter isCutOff: whether the bytes of the part ended before its XML did.
    private func refusal(
        _ part: String, _ reader: XMLReader, _ handler: some PartHandler, isCutOff: Bool = false
    ) -> ManifestError {
        switch (reader.failure, handler.refusal) {
        case (.overBudget(let excess), _): .overBudget(name, excess, meter.budget)
        case (.tokenTooLong, _): .tokenTooLong(name, part: part)
        case (_, .tooLarge): .tooLarge(name)
        case (_, .cellTooLong(let row)): .cellTooLong(name, row: row)
        case (_, nil) where isCutOff: .damaged(name, zh: "“\(part)”不完整", en: "\"\(part)\" is cut off")
        case (_, nil): .damaged(name, zh: "“\(part)”内容错误", en: "\"\(part)\" is wrong")
        }
    }
}

/// Receives the content of one part of a workbook.
protocol PartHandler: XMLHandler {
    /// The limit that stopped the handler; nil when no limit did.
    var refusal: PartRefusal? { get }
}

/// A limit of `ManifestLimits` that a part crosses.
enum PartRefusal {
    case tooLarge
    /// A cell is too long; `row` is nil for a shared text, which has no row.
    case cellTooLong(row: Int?)
}

extension PartHandler {
    var refusal: PartRefusal? { nil }
    func end(_ name: String) -> Bool { true }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
