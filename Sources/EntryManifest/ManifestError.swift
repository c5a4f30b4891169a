internal import ContestRules
public import MediaFacts

/// Why the organiser's table could not be read at all. What is wrong with one row is a `Manifest.Problem`.
public struct ManifestError: Error, Sendable, Hashable {
    /// What went wrong.
    public var code: Code
    /// What happened and what to do; telephone numbers and e-mail addresses in it are masked.
    public var message: LocalizedText
    /// The same with nothing masked, for those who may see it.
    public var unmasked: LocalizedText

    /// A kind of failure.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// Larger than a table of a contest can be, packed or unpacked.
        case tooLarge = "too-large"
        /// Text in no encoding that we know.
        case encodingUnknown = "encoding-unknown"
        /// A spreadsheet of another kind: old, encrypted, or another program's.
        case formatUnknown = "format-unknown"
        /// A workbook that cannot be read to its end.
        case damaged
        /// A quotation mark that is never closed.
        case quoteOpen = "quote-open"
        /// No row says which column names the files.
        case wrongHeader = "wrong-header"
    }
}

/// What a table may take. A contest has some thousands of works; this is for those who send something else. A table that
/// takes more is refused: nothing is cut off it without a word.
enum ManifestLimits {
    /// Most bytes, packed or unpacked: 64 MiB. As many for the text of all cells in UTF-8, where a text that cells share
    /// counts for each of them.
    static let bytes = 64 << 20
    /// Most cells, with the empty ones before others; most texts that cells can share.
    static let cells = 4_000_000
    /// Most UTF-16 units in a cell. Source: Excel specifications and limits.
    static let cellUnits = 32_767
    /// Most rows with something in them.
    static let rows = 100_000
    /// Most columns.
    static let columns = 200
    /// The header is looked for among as many rows.
    static let headerRows = 10
    /// Most parts of a workbook's package; Excel writes some dozens.
    static let parts = 10_000
    /// How deep elements of a workbook may lie in each other; those that say something lie less than ten deep.
    static let depth = 64

    /// Whether a cell may be as long as `text`.
    static func admits(_ text: String) -> Bool { text.utf8.count <= cellUnits || text.utf16.count <= cellUnits }
}

extension ManifestError {
    init(_ code: Code, zh: String, en: String) {
        self.code = code
        message = LocalizedText(zh: zh, en: en)
        unmasked = message
    }

    static func tooLarge(_ name: String) -> ManifestError {
        ManifestError(
            .tooLarge,
            zh: "表格“\(name)”太大：最多 64 MiB（解压后）、\(ManifestLimits.rows) 行、\(ManifestLimits.columns) 列、"
                + "\(ManifestLimits.cells) 个单元格。请只保留需要的行和列。",
            en: "The table \"\(name)\" is too large: at most 64 MiB unpacked, \(ManifestLimits.rows) rows, "
                + "\(ManifestLimits.columns) columns and \(ManifestLimits.cells) cells. Keep only the rows and columns "
                + "that are needed.")
    }

    /// A cell is too long; `row` is its row where it is known.
    static func cellTooLong(_ name: String, row: Int?) -> ManifestError {
        ManifestError(
            .tooLarge,
            zh: "表格“\(name)”\(row.map { "第 \($0) 行" } ?? "")有一个单元格超过 \(ManifestLimits.cellUnits) 个字符，"
                + "无法读取。请缩短；CSV 还请检查引号是否配对。",
            en: "A cell \(row.map { "in row \($0) " } ?? "")of the table \"\(name)\" has more than "
                + "\(ManifestLimits.cellUnits) characters. Shorten it; in CSV look for a quotation mark out of place, "
                + "too.")
    }

    static func encodingUnknown(_ name: String) -> ManifestError {
        ManifestError(
            .encodingUnknown, zh: "表格“\(name)”无法识别编码，请另存为 UTF-8 的 CSV 或 xlsx。",
            en: "The encoding of the table \"\(name)\" is not known. Save it as CSV in UTF-8, or as .xlsx.")
    }

    static func formatUnknown(_ name: String) -> ManifestError {
        ManifestError(
            .formatUnknown,
            zh: "表格“\(name)”是旧版（.xls）、加密或其他软件的格式，无法读取。请取消密码，另存为 .xlsx 或 CSV。",
            en: "The table \"\(name)\" is of an old kind (.xls), has a password, or comes from another program. Remove "
                + "the password and save it as .xlsx or CSV.")
    }

    static func damaged(_ name: String, zh: String, en: String) -> ManifestError {
        ManifestError(
            .damaged, zh: "表格“\(name)”已损坏，无法读取：\(zh)。请用 Excel 或 WPS 打开后重新保存。",
            en: "The table \"\(name)\" is damaged and cannot be read: \(en). Open it in Excel or WPS and save it again."
        )
    }

    static func quoteOpen(_ name: String, row: Int) -> ManifestError {
        ManifestError(
            .quoteOpen, zh: "表格“\(name)”第 \(row) 行有一个引号没有配对，其后的内容无法分列。请补上引号，或另存为 .xlsx。",
            en: "A quotation mark in row \(row) of the table \"\(name)\" is never closed. Close it, or save as .xlsx.")
    }

    /// No title is one of `needed`. What was `found` instead may be anybody's, so it is masked cell by cell, and only
    /// then cut: what is left of a number that was cut is none any more.
    static func wrongHeader(_ name: String, found: [String], needed: [String]) -> ManifestError {
        var error = ManifestError(.wrongHeader, zh: "", en: "")
        error.message = noFiles(name, found: found.prefix(20).map { cut(masked($0)) }, needed: needed)
        error.unmasked = noFiles(name, found: found.prefix(20).map(cut), needed: needed)
        return error
    }

    private static func noFiles(_ name: String, found: [String], needed: [String]) -> LocalizedText {
        let shown = found.isEmpty ? ("无", "nothing") : (found.joined(separator: "、"), found.joined(separator: ", "))
        let accepted = (needed.joined(separator: "、"), needed.joined(separator: ", "))
        return LocalizedText(
            zh: "表格“\(name)”前 \(ManifestLimits.headerRows) 行中没有文件名一列。找到的列：\(shown.0)。"
                + "请加上标题为下列之一的一列：\(accepted.0)。",
            en: "No column of the table \"\(name)\" names the files (looked at the first "
                + "\(ManifestLimits.headerRows) rows). Found: \(shown.1). Needed: a column with one of the titles "
                + "\(accepted.1).")
    }

    private static func masked(_ cell: String) -> String {
        cell.unicodeScalars.contains { "@＠﹫".unicodeScalars.contains($0) }
            ? PersonalText.masked(cell, as: .email) : PersonalText.maskingPhones(in: cell)
    }

    private static func cut(_ cell: String) -> String { cell.count > 20 ? cell.prefix(20) + "…" : cell }
}
