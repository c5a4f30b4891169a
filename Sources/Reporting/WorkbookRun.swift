internal import Foundation
public import MediaFacts

/// The results of a run as an Excel workbook with three sheets: the files, the findings, and the summary.
///
/// Rows are written as they arrive, so memory does not grow with their number. The workbook appears at its path only
/// when `finish` has returned; until then, and after an error, the file that was there before is unchanged. An instance
/// that is freed without `finish` removes its temporary files. Use an instance from one thread at a time.
public final class WorkbookRun {
    private let file: WorkbookFile
    private let entries: WorkbookEntries
    private let findings: WorkbookFindings
    private let summary: WorkbookSummary

    private enum Place {
        static let entries = 0
        static let findings = 1
        static let summary = 2
    }

    /// Begins a workbook.
    ///
    /// - Parameters:
    ///   - path: the file to make, or to replace in `finish`.
    ///   - columns: form fields that have a column, in the order of the columns.
    ///   - temporaryFolder: a folder for the rows until `finish`; nil for `TMPDIR`, or `/tmp` when that is not set.
    ///   - isPrivate: whether only this user may read a new workbook.
    /// - Throws: `WorkbookError` when `path` or `temporaryFolder` cannot be written.
    public init(
        path: String, language: Language, columns: [RunColumn], temporaryFolder: String? = nil, isPrivate: Bool = false
    ) throws(WorkbookError) {
        let words = Words(language)
        entries = WorkbookEntries(words: words, fields: columns)
        findings = WorkbookFindings(words: words)
        summary = WorkbookSummary(words: words)
        let variable = ProcessInfo.processInfo.environment["TMPDIR", default: ""]
        file = try WorkbookFile(
            path: path, temporaryFolder: temporaryFolder ?? (variable.isEmpty ? "/tmp" : variable), isPrivate: isPrivate
        )
        for name in [entries.name, findings.name, summary.name] { try file.addSheet(name) }
        file.sheets[Place.entries].begin(entries.columns)
        file.sheets[Place.findings].begin(findings.columns)
        file.sheets[Place.summary].setWidths(summary.widths)
    }

    /// Adds the rows of one file; does nothing after `finish`.
    public func add(_ checked: CheckedFile) {
        guard file.isOpen else { return }
        file.sheets[Place.entries].append(entries.row(checked))
        for row in findings.rows(checked) { file.sheets[Place.findings].append(row) }
    }

    /// Adds the summary of the run and puts the workbook at its path. A second call throws.
    public func finish(_ result: RunSummary) throws(WorkbookError) {
        guard file.isOpen else { return try file.close() }
        file.sheets[Place.entries].addFilter(columns: entries.columns.count)
        file.sheets[Place.findings].addFilter(columns: findings.columns.count)
        let leftOut = file.sheets.reduce(0) { $0 + $1.leftOut }
        for row in summary.rows(result, leftOut: leftOut) { file.sheets[Place.summary].append(row) }
        try file.close()
    }
}
