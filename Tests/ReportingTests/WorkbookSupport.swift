import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import Reporting
import TestSupport
import Testing

/// A temporary folder that is removed with the instance.
final class WorkbookFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "clipcheck-workbook-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var files: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}

/// Reads workbooks with openpyxl, the library that scripts for Excel files commonly use.
enum OpenPyXL {
    /// Path of a Python with openpyxl, from `CLIPCHECK_PYTHON`; nil when that is not set.
    static let python = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]

    /// A listing of a workbook. Each sheet has one line with its frozen and filtered ranges, then one line for each
    /// cell: place, type (`s` text, `n` number, `f` formula), value, format, colour.
    private static let listing = """
        import json, openpyxl, sys
        for sheet in openpyxl.load_workbook(sys.argv[1]):
            print("#", sheet.title, sheet.dimensions, sheet.freeze_panes, sheet.auto_filter.ref)
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if cell.value is None and not cell.has_style:
                    continue
                words = [cell.coordinate, cell.data_type, json.dumps(cell.value, ensure_ascii=False)]
                if cell.number_format != "General":
                    words.append(cell.number_format)
                if cell.fill.patternType:
                    words.append(cell.fill.fgColor.rgb[2:])
                print(*words)
        """

    static func lines(_ path: String) async throws -> [String] {
        let output = path + ".txt"
        let descriptor = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        var environment = ProcessInfo.processInfo.environment
        environment["PYTHONIOENCODING"] = "utf-8"
        let process = try ChildProcess(
            try #require(python), ["-c", listing, path], environment: environment, output: descriptor,
            errors: STDERR_FILENO)
        #expect(await process.hasEnded() == .exited(0))
        return try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}

/// Fixed runs for the tests of workbooks.
enum SampleRuns {
    static let columns = [
        RunColumn(name: "title", label: LocalizedText(zh: "作品名称", en: "Title")),
        RunColumn(name: "phone", label: LocalizedText(zh: "联系电话", en: "Telephone")),
    ]

    /// Four files: compliant, non-compliant, unreadable, and without a report.
    static func mixed() throws -> [CheckedFile] {
        let work = Work(
            fields: [
                .init(name: "phone", label: LocalizedText(zh: "联系电话", en: "Telephone"), value: "138****8000"),
                .init(name: "title", label: LocalizedText(zh: "作品名称", en: "Title"), value: "守信的故事"),
            ],
            category: "剧情类", region: "碑林区", findings: [.of(.fail, rule: "form"), .of(.pass, rule: "window")])
        return [
            CheckedFile(path: "碑林区/作品.mp4", outcome: .success(try SampleReports.compliant()), work: work),
            CheckedFile(path: "short.mp4", outcome: .success(try SampleReports.nonCompliant()), isUnchanged: true),
            CheckedFile(
                path: "x.mp4",
                outcome: .success(try SampleReports.unread(.damaged, zh: "文件已损坏。", en: "The file is damaged."))),
            CheckedFile(
                path: "gone.mp4", outcome: .failure(IntakeError(.fileMissing, zh: "没有这个文件。", en: "No such file."))),
        ]
    }

    /// The summary of `files`, with a value for everything that a summary can contain.
    static func summary(_ files: [CheckedFile]) throws -> RunSummary {
        let quota = Quota(id: "least", grouping: .region, least: 2, clause: "各区县报送不少于2件")
        let contest = try #require(BuiltInContests.contest("xian-2024")).withoutContent.with(quotas: [quota])
        var summary = RunSummary(contest: contest)
        for file in files { summary.add(file) }
        summary.endedAt = "2026-11-21T09:00:00+08:00"
        (summary.isInterrupted, summary.unchecked) = (true, 3)
        summary.passedOver = ["说明.docx"]
        summary.notes = [.init("第 5 行", LocalizedText(zh: "没有对应的文件。", en: "There is no such file."))]
        return summary
    }

    /// The listing of the workbook of `files`.
    static func lines(
        _ files: [CheckedFile], _ summary: RunSummary, _ language: Language = .english
    ) async throws -> [String] {
        let folder = try WorkbookFolder()
        let run = try WorkbookRun(path: folder("run.xlsx"), language: language, columns: columns)
        for file in files { run.add(file) }
        try run.finish(summary)
        #expect(folder.files == ["run.xlsx"])
        return try await OpenPyXL.lines(folder("run.xlsx"))
    }
}
