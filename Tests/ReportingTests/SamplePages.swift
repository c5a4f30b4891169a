import ContestRules
import EntryIntake
import MediaFacts
import TestSupport

@testable import Reporting

/// Fixed runs for the tests of `HTMLRun`: works, quotas, and files of every result.
enum SamplePages {
    /// A contest with rules for the picture and the length (one of them encouraged), two rules for a person, and quotas
    /// for regions and categories.
    static func contest() throws -> Contest {
        try loaded.get().with(quotas: [
            Quota(id: "per-region", grouping: .region, least: 2, most: 4, groups: ["临潼区"], clause: "各区县报送作品2至4部")
        ])
    }

    private static let loaded = Result {
        try ContestFile.load(
            """
            schema: clipcheck.contest/1
            id: run-2026
            revision: 3
            name: {zh: 诚信微视频征集, en: Honest clips}
            source: {document: 市信用办〔2026〕1号, issued: 2026-01-05}
            categories: [剧情类, 纪实类]
            rules:
              - {id: readable, kind: readable, level: required, clause: 文件能够打开}
              - {id: has-video, kind: has-video, level: required, clause: 文件中有视频画面}
              - {id: has-audio, kind: has-audio, level: encouraged, clause: 视频有声音}
              - {id: upright, kind: upright, level: required, clause: 画面方向正常}
              - {id: duration, kind: duration, level: required, clause: 时长2-5分钟, min: 2m, max: 5m}
              - {id: originality, kind: person, level: required, clause: 作品须为原创}
              - {id: subtitles, kind: person, level: encouraged, clause: 配字幕, evidence: subtitle-streams}
            """, file: "run.yaml")
    }

    /// The facts of the files of a run, in order; a run repeats them.
    private static let outcomes: [ProbeOutcome] = {
        let mirrored = PictureOrientation(clockwiseDegrees: 0, mirrored: true)
        let damaged = ProbeError(
            .damaged, LocalizedText(zh: "文件已损坏，请重新导出。", en: "The file is damaged; export it again."))
        return [
            .facts(.sample()),
            .facts(.sample(duration: .milliseconds(61_040), declared: .seconds(61), bytes: 2_230_393)),
            .facts(.sample(hasAudio: false)), .facts(.sample(duration: .seconds(9 * 60), orientation: mirrored)),
            .facts(.sample(bytes: 812_345_678, width: 1080, height: 1920)), .facts(.sample(orientation: mirrored)),
            .unread(damaged), .facts(.sample(duration: .seconds(299), width: 3840, height: 2160)),
        ]
    }()

    /// The report on the file with the number `number`.
    static func report(_ number: Int, filename: String) throws -> Report {
        let outcome = outcomes[number % outcomes.count]
        return Report(
            id: "00000000-0000-4000-8000-000000000001", createdAt: "2026-11-20T16:30:00+08:00", contest: try contest(),
            media: MediaReference(
                filename: filename, bytes: outcome.facts?.bytes ?? 42,
                sha256: String(repeating: "0123456789abcdef", count: 4)),
            outcome: outcome, tool: ToolVersions(clipcheck: "0.2.0", ffmpeg: [:]))
    }

    /// The file with the number `number`. By number the files are compliant, too short, silent, too long and mirrored,
    /// upright, mirrored, damaged, compliant; some could not be opened.
    ///
    /// - Parameter isPlain: whether the file has no work.
    static func file(_ number: Int, isPlain: Bool = false) throws -> CheckedFile {
        let region = ["雁塔区", "碑林区", "未央区", "长安区", "高新区"][number * 7 % 5]
        let path = "\(region)/\(names[number % names.count])\(number).mp4"
        guard number % 20 != 19 else {
            let error = IntakeError(.fileNotPermitted, zh: "没有读取权限。", en: "The file may not be read.")
            return CheckedFile(path: path, outcome: .failure(error))
        }
        let report = try report(number, filename: path)
        return CheckedFile(
            path: path, outcome: .success(report), work: isPlain || number % 9 == 8 ? nil : work(number, region),
            isUnchanged: number % 6 == 4)
    }

    private static let names = ["诚信小店", "一诺千金", "credit-story", "信用之城的故事：从一张借条说起（最终版，请以此为准）_剪辑导出_", "守信人"]

    private static func work(_ number: Int, _ region: String) -> Work {
        func field(_ name: String, _ zh: String, _ en: String, _ value: String) -> Work.Field {
            Work.Field(name: name, label: LocalizedText(zh: zh, en: en), value: value)
        }
        let category = ["剧情类", "纪实类", nil][number % 3]
        return Work(
            fields: [
                field("title", "作品名称", "Title", "《\(names[(number + 1) % names.count])》"),
                field("entrant", "参赛者", "Entrant", ["王小明", "李雷", "欧阳娜娜"][number % 3]),
                field("organisation", "单位", "Organisation", "\(region)信用中心"),
                field("phone", "联系电话", "Telephone", "138****00\(number % 90 + 10)"),
                field("region", "地区", "Region", region), field("synopsis", "剧情摘要", "Plot summary", "小店主人守信的故事。"),
            ], category: category, region: number % 11 == 10 ? nil : region,
            findings: number % 5 == 3 ? [formFinding] : [])
    }

    private static var formFinding: Finding {
        Finding(
            Rule(id: "form", level: .required, clause: "推荐表须填写完整", kind: .person(PersonRule())),
            Judgement(.fail, message: LocalizedText(zh: "没有填写导演。", en: "The director is missing.")))
    }

    /// The page of `files`, with the pieces rendered before the opening, as in a run.
    static func page(
        _ files: [CheckedFile], _ language: Language, contest: Contest, _ change: (inout RunSummary) -> Void = { _ in }
    ) -> String {
        var summary = RunSummary(contest: contest)
        summary.endedAt = "2026-11-21T09:00:00+08:00"
        for file in files { summary.add(file) }
        change(&summary)
        var page = HTMLRun(language: language)
        let rows = files.map { page.piece($0) }.joined()
        return page.opening(summary) + rows + page.closing(summary)
    }

    /// The page of `files` with the summary of the sample contest.
    static func page(
        _ files: [CheckedFile], _ language: Language, _ change: (inout RunSummary) -> Void = { _ in }
    ) throws -> String { page(files, language, contest: try contest(), change) }
}
