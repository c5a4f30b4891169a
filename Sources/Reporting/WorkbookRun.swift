internal import Foundation
public import MediaFacts

/// The results of a run as an Excel workbook: a sheet of the files, one of what was found, one of what it comes to.
///
/// Rows go out as they come, so that memory stays the same however many there are. The workbook appears under its name
/// only when `finish` has returned; until then, and after an error, what stood there before is untouched. Whoever lets go
/// of it unfinished leaves nothing behind. For one thread at a time.
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
    ///   - path: a file that is made, or replaced at the end.
    ///   - columns: fields of the works, in the order of their columns.
    ///   - temporaryFolder: where rows are kept until the end; nil for `TMPDIR` or `/tmp`.
    ///   - isPrivate: whether only this user may read a new workbook.
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

    /// Adds one file's rows; nothing once it is finished.
    public func add(_ checked: CheckedFile) {
        guard file.isOpen else { return }
        file.sheets[Place.entries].append(entries.row(checked))
        for row in findings.rows(checked) { file.sheets[Place.findings].append(row) }
    }

    /// Adds what the run comes to and gives the workbook its name. Nothing can be added after it.
    public func finish(_ result: RunSummary) throws(WorkbookError) {
        guard file.isOpen else { return try file.close() }
        file.sheets[Place.entries].addFilter(columns: entries.columns.count)
        file.sheets[Place.findings].addFilter(columns: findings.columns.count)
        let leftOut = file.sheets.reduce(0) { $0 + $1.leftOut }
        for row in summary.rows(result, leftOut: leftOut) { file.sheets[Place.summary].append(row) }
        try file.close()
    }
}
