internal import CXlsxWriter
internal import Foundation

/// The formats of a workbook's cells. libxlsxwriter owns the formats and frees them with the workbook.
struct WorkbookFormats {
    let title: UnsafeMutablePointer<lxw_format>?
    private let tones: [WorkbookCell.Tone: UnsafeMutablePointer<lxw_format>]
    private let figures: [WorkbookCell.Figures: UnsafeMutablePointer<lxw_format>]

    init(_ workbook: UnsafeMutablePointer<lxw_workbook>) {
        func format(_ set: (UnsafeMutablePointer<lxw_format>?) -> Void) -> UnsafeMutablePointer<lxw_format>? {
            let format = workbook_add_format(workbook)
            set(format)
            return format
        }
        title = format {
            format_set_bold($0)
            format_set_bg_color($0, 0xD9E1F2)
        }
        tones = Dictionary(
            uniqueKeysWithValues: WorkbookCell.Tone.allCases.compactMap { tone in
                format {
                    format_set_bg_color($0, tone.colours.background)
                    format_set_font_color($0, tone.colours.text)
                }.map { (tone, $0) }
            })
        figures = Dictionary(
            uniqueKeysWithValues: WorkbookCell.Figures.allCases.compactMap { figures in
                figures.pattern.flatMap { pattern in format { format_set_num_format($0, pattern) } }
                    .map { (figures, $0) }
            })
    }

    subscript(_ tone: WorkbookCell.Tone) -> UnsafeMutablePointer<lxw_format>? { tones[tone] }
    subscript(_ kind: WorkbookCell.Figures) -> UnsafeMutablePointer<lxw_format>? { figures[kind] }
}

extension WorkbookCell.Tone {
    /// Colours of background and text; each pair has a contrast ratio of 4.5 or more.
    fileprivate var colours: (background: lxw_color_t, text: lxw_color_t) {
        switch self {
        case .good: (0xC6EFCE, 0x006100)
        case .doubtful: (0xFFEB9C, 0x7F4F00)
        case .bad: (0xFFC7CE, 0x9C0006)
        case .advice: (0xDDEBF7, 0x1F4E78)
        case .failure: (0xD9D9D9, 0x404040)
        }
    }
}

extension WorkbookCell.Figures {
    fileprivate var pattern: String? {
        switch self {
        case .plain: nil
        case .thousandths: "0.000"
        case .grouped: "#,##0"
        }
    }
}

/// One sheet of a workbook, written row after row. Only the last row is in memory.
struct WorkbookSheet {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let formats: WorkbookFormats
    private var next: lxw_row_t = 0
    /// Number of rows that were not written because the sheet already had `mostRows` rows.
    private(set) var leftOut = 0

    /// Most rows of a sheet, the titles included. Source: Excel specifications and limits; `LXW_ROW_MAX` is the same.
    static let mostRows = 1_048_576

    init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, _ formats: WorkbookFormats) {
        self.sheet = sheet
        self.formats = formats
    }

    /// Sets the widths of the first columns, in columns of text.
    func setWidths(_ widths: [Int]) {
        for (index, width) in widths.enumerated() {
            worksheet_set_column(sheet, lxw_col_t(index), lxw_col_t(index), Double(width), nil)
        }
    }

    /// Sets the widths of the columns, writes their titles as the first row and keeps that row in view.
    mutating func begin(_ columns: [WorkbookColumn]) {
        setWidths(columns.map(\.width))
        append(columns.map { .title($0.title) })
        worksheet_freeze_panes(sheet, 1, 0)
    }

    /// Adds filters to the first `columns` columns, over all rows written so far.
    func addFilter(columns: Int) {
        worksheet_autofilter(sheet, 0, 0, max(next, 1) - 1, lxw_col_t(columns - 1))
    }

    /// Writes the next row, or counts it in `leftOut` when the sheet is full.
    mutating func append(_ cells: [WorkbookCell]) {
        guard next < Self.mostRows else {
            leftOut += 1
            return
        }
        for (index, cell) in cells.enumerated() { write(cell, lxw_col_t(index)) }
        next += 1
    }

    private func write(_ cell: WorkbookCell, _ column: lxw_col_t) {
        switch cell {
        case .empty: break
        case .text(let text): write(text, column, nil)
        case .coloured(let text, let tone): write(text, column, formats[tone])
        case .title(let text): write(text, column, formats.title)
        case .number(let number, let figures):
            // Excel cannot open a workbook with an infinite number or NaN.
            guard number.isFinite else { return }
            worksheet_write_number(sheet, next, column, number, formats[figures])
        }
    }

    private func write(_ text: String, _ column: lxw_col_t, _ format: UnsafeMutablePointer<lxw_format>?) {
        worksheet_write_string(sheet, next, column, WorkbookText.cell(text), format)
    }

    /// Writes the last row to the sheet's temporary file.
    ///
    /// - Returns: bytes of all rows in that file; nil when they could not all be written. libxlsxwriter itself does not
    ///   check.
    func flush() -> Int? {
        lxw_worksheet_write_single_row(sheet)
        guard let rows = sheet.pointee.optimize_tmpfile, fflush(rows) == 0, ferror(rows) == 0 else { return nil }
        let length = ftell(rows)
        return length < 0 ? nil : length
    }

    /// Closes the sheet's temporary file, for a workbook that will not be finished.
    func abandon() {
        if let rows = sheet.pointee.optimize_tmpfile { fclose(rows) }
        sheet.pointee.optimize_tmpfile = nil
    }
}
