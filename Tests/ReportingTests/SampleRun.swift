import ContestRules
import EntryIntake
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

/// A fixed run with a file of every result.
enum SampleRun {
    /// Text that is syntax in every format: a formula, a line break before a command, markup, delimiters.
    static let hostile =
        "=1+1\r\n::error::x\n##[set-env name=A]b,;:%0A\"<b>&\u{301}]]>\u{0}\u{1b}[2J\u{ffff}\u{2028}名.mp4"

    /// The results of the run, in order.
    static func files() throws -> [CheckedFile] {
        let missing = IntakeError(
            .fileMissing, zh: "没有这个文件。请核对路径。", en: "There is no such file. Check the path.", cause: "errno 2")
        let failed = IntakeError(.storageFailed, zh: hostile, en: hostile, cause: "/srv/secret")
        let unread = try SampleReports.unread(.notMedia, zh: "这是文本，不是视频。请上传视频。", en: "This is text. Upload a video.")
        let late = try SampleReports.unread(.timedOut, zh: "读取超时。请重试。", en: "It took too long. Try again.")
        return [
            CheckedFile(path: "作品.mp4", outcome: .success(fixed(try SampleReports.compliant())), work: work()),
            CheckedFile(path: "上传/short.mp4", outcome: .success(try SampleReports.nonCompliant())),
            CheckedFile(path: "x.mp4", outcome: .success(fixed(unread)), isUnchanged: true),
            CheckedFile(path: "late.mp4", outcome: .success(late)),
            CheckedFile(path: "gone.mp4", outcome: .failure(missing)),
            CheckedFile(path: hostile, outcome: .success(try SampleReports.hostile(hostile)), work: work(hostile)),
            CheckedFile(path: "-\(hostile)", outcome: .failure(failed)),
        ]
    }

    /// The form fields that have a column.
    static let columns = [
        RunColumn(name: "entrant", label: LocalizedText(zh: "参赛者", en: "Entrant")),
        RunColumn(name: "organisation", label: LocalizedText(zh: "单位", en: "Organisation")),
        RunColumn(name: "title", label: LocalizedText(zh: "作品名称", en: "Title")),
        RunColumn(name: "phone", label: LocalizedText(zh: "联系电话", en: "Telephone")),
    ]

    /// A work in which every value is `text`; with nil its values are ordinary.
    static func work(_ text: String? = nil) -> Work {
        let values = ["张三", "西安市第一中学", "诚信,从我做起", "0991123456"]
        var finding = Finding.of(.fail, rule: "file-name")
        finding.message = LocalizedText(zh: text ?? "文件名不合要求。", en: text ?? "The name is not as required.")
        let passed = Finding.of(.pass, rule: "form")
        return Work(
            fields: zip(columns, values).reversed().map { column, value in
                Work.Field(name: column.name, label: column.label, value: text ?? value)
            },
            category: text ?? "纪实类", region: text ?? "雁塔区", findings: [passed, finding])
    }

    /// The report with fixed digests, which do not change when a contest's file changes.
    private static func fixed(_ report: Report) -> Report {
        var report = report
        report.media.sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        report.contest.digest = "sha256:2cf24dba"
        return report
    }

    /// The summary of `files`.
    static func summary(_ files: [CheckedFile]) throws -> RunSummary {
        var summary = RunSummary(contest: try #require(BuiltInContests.contest("xian-2024")).withoutContent)
        for file in files { summary.add(file) }
        summary.endedAt = "2026-11-21T09:30:00+08:00"
        return summary
    }

    /// The run as `rendering` writes it. A rendering that begins with the summary gets its opening after the pieces.
    static func text(
        _ rendering: some RunRendering, _ files: [CheckedFile], summary ended: RunSummary? = nil
    ) throws -> String {
        var rendering = rendering
        let ended = try ended ?? summary(files)
        let early = rendering.beginsWithSummary ? "" : rendering.opening(try summary([]))
        let pieces = files.map { rendering.piece($0) }.joined()
        let opening = rendering.beginsWithSummary ? rendering.opening(ended) : early
        return opening + pieces + rendering.closing(ended)
    }
}
