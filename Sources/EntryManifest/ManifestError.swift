internal import ContestRules
public import MediaFacts

/// Why the organiser's table could not be read at all. A mistake in one row is a `Manifest.Problem` instead.
public struct ManifestError: Error, Sendable, Hashable {
    /// What went wrong.
    public var code: Code
    /// The failure and its remedy, with telephone numbers and e-mail addresses masked.
    public var message: LocalizedText
    /// The same message with nothing masked, for readers who may see contacts.
    public var unmasked: LocalizedText

    /// A kind of failure.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The table exceeds a limit on its size or on the cost of reading it.
        case tooLarge = "too-large"
        /// The text is in none of the encodings that `ManifestText.decoded` reads.
        case encodingUnknown = "encoding-unknown"
        /// The file is a spreadsheet that `WorkbookReader` does not read: `.xls`, encrypted, or another program's.
        case formatUnknown = "format-unknown"
        /// The workbook cannot be read to its end.
        case damaged
        /// A quotation mark in the CSV text is never closed.
        case quoteOpen = "quote-open"
        /// None of the first rows has a title for the column of file names.
        case wrongHeader = "wrong-header"
        /// The caller no longer wants the table.
        case cancelled
    }
}

/// The limits of one table. A contest has some thousands of works, so the limits only stop hostile or mistaken files. The
/// reader refuses a larger table whole and never drops a part of it silently.
enum ManifestLimits {
    /// What reading one table may cost.
    ///
    /// The bytes are those of the file and, separately, the unpacked bytes of all parts of a workbook. An event is a start
    /// or an end of an element or a part of a text in a workbook, or a field in CSV.
    static let budget = ReadingBudget(bytes: bytes, events: 16_000_000, time: .seconds(30))
    /// Most bytes: 64 MiB. The same number limits the text of all cells in UTF-8, where a shared text counts once for each
    /// of its cells.
    static let bytes = 64 << 20
    /// Longest tag, comment or processing instruction of a workbook: 1 MiB. Spreadsheet programs write less than 64 KiB.
    static let tokenBytes = 1 << 20
    /// Most cells, including empty cells to the left of others; also most shared texts.
    static let cells = 4_000_000
    /// Most UTF-16 units in one cell. Source: Excel specifications and limits.
    static let cellUnits = 32_767
    /// Most rows with text in them.
    static let rows = 100_000
    /// Most columns.
    static let columns = 200
    /// Number of rows, from the first with text on, that may be the header.
    static let headerRows = 10
    /// Most parts of a workbook's package; Excel writes a few dozen.
    static let parts = 10_000
    /// Most open elements inside of each other in one part; spreadsheet programs nest fewer than ten.
    static let depth = 64

    /// Whether `text` fits in one cell.
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

    /// The reading of the table went past `budget`.
    static func overBudget(_ name: String, _ excess: ReadingBudget.Excess, _ budget: ReadingBudget) -> ManifestError {
        switch excess {
        case .bytes: tooLarge(name)
        case .events:
            ManifestError(
                .tooLarge,
                zh: "表格“\(name)”内容太多：工作簿的标记和文字（CSV 的单元格）合计超过 \(budget.events) 个。"
                    + "请只保留需要的行和列，删除空单元格的格式后重新保存。",
                en: "The table \"\(name)\" holds too much: more than \(budget.events) tags and texts of a workbook, or "
                    + "fields of a CSV file. Keep only the rows and columns that are needed, remove the formats of empty "
                    + "cells, and save it again.")
        case .time:
            ManifestError(
                .tooLarge,
                zh: "读取表格“\(name)”用去的处理器时间超过 \(budget.time.components.seconds) 秒。请只保留需要的行和列，另存为 CSV 后重试。",
                en:
                    "Reading the table \"\(name)\" took more than \(budget.time.components.seconds) s of processor time. "
                    + "Keep only the rows and columns that are needed, save it as CSV and try again.")
        case .withdrawn:
            ManifestError(
                .cancelled, zh: "没有读完表格“\(name)”：检查被中止。",
                en: "The table \"\(name)\" was not read to its end: the run was interrupted.")
        }
    }

    /// A tag, comment or processing instruction in the part `part` is too long.
    static func tokenTooLong(_ name: String, part: String) -> ManifestError {
        ManifestError(
            .tooLarge,
            zh: "表格“\(name)”的“\(part)”中有一个标记超过 1 MiB，不是表格软件保存的文件。请用 Excel 或 WPS 打开后重新保存。",
            en:
                "One tag or comment in \"\(part)\" of the table \"\(name)\" is longer than 1 MiB; no spreadsheet program "
                + "writes that. Open the table in Excel or WPS and save it again.")
    }

    /// A cell is too long; `row` is its row, nil when the row is unknown.
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

    /// No title is one of `needed`.
    ///
    /// The cells in `found` can hold personal data. Each cell is masked first and cut afterwards, because half a telephone
    /// number is no longer recognised as one.
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
