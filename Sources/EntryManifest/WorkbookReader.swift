/// Reads the first visible sheet of an Excel workbook.
///
/// Source: ISO/IEC 29500-1 (SpreadsheetML) and 29500-2 (packages).
struct WorkbookReader {
    private let archive: ZipArchive
    private let name: String

    /// Opens a package.
    init(_ bytes: [UInt8], name: String) throws(ManifestError) {
        guard let archive = ZipArchive(bytes, budget: ManifestLimits.bytes) else {
            throw .damaged(name, zh: "不是完整的压缩包", en: "it is no whole archive")
        }
        guard archive.partCount <= ManifestLimits.parts else { throw .tooLarge(name) }
        self.archive = archive
        self.name = name
    }

    /// The rows of the sheet.
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

    /// Reads a part, if it is there.
    ///
    /// - Returns: false when there is no such part.
    @discardableResult
    private func parse(_ part: String, _ handler: some PartHandler) throws(ManifestError) -> Bool {
        guard let reader = XMLReader(handler) else { throw .tooLarge(name) }
        do {
            try archive.unpack(part) { reader.read($0) }
        } catch {
            switch error {
            case .missing: return false
            case .encrypted: throw .formatUnknown(name)
            case .tooLarge: throw .tooLarge(name)
            case .damaged, .stopped:
                switch handler.refusal {
                case .tooLarge: throw .tooLarge(name)
                case .cellTooLong(let row): throw .cellTooLong(name, row: row)
                case nil: throw .damaged(name, zh: "“\(part)”内容错误", en: "\"\(part)\" is wrong")
                }
            }
        }
        guard reader.finish() else { throw .damaged(name, zh: "“\(part)”不完整", en: "\"\(part)\" is cut off") }
        return true
    }
}

/// Takes what stands in one part of a workbook.
protocol PartHandler: XMLHandler {
    /// Why it stopped, when there is more than may be.
    var refusal: PartRefusal? { get }
}

/// What there can be more of than may be.
enum PartRefusal {
    case tooLarge
    /// A cell is too long, in this row if that is known.
    case cellTooLong(row: Int?)
}

extension PartHandler {
    var refusal: PartRefusal? { nil }
    func end(_ name: String) -> Bool { true }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
