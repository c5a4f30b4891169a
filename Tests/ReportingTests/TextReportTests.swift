import ContestRules
import EntryIntake
import MediaFacts
import Testing

@testable import Reporting

@Suite("TextReport")
struct TextReportTests {
    private static func text(
        _ report: Report, _ language: Language, path: String = "作品.mp4", width: Int? = nil, isColoured: Bool = false
    ) -> String {
        TextReport(language: language, isColoured: isColoured, width: width)
            .text(CheckedFile(path: path, outcome: .success(report)))
    }

    @Test(
        "`TextReport` of a compliant file shows its verdict, facts, advice and the rules for a person",
        arguments: [
            (
                Language.chinese,
                """
                合格        作品.mp4
                  2:30.000 · 1920×1080 (16:9) · mp4 h264 · 25 fps · 12 MB
                  ○ 没有声音。如作品本应有声音，请检查导出设置。
                    有声音：“通用要求：视频有声音”
                  ○ 画面为 1920×1080，鼓励 2560×1440 / 3840×2160。请按鼓励的分辨率重新导出，不要
                    用放大凑尺寸。
                    分辨率（encouraged-resolution）：“如果条件允许，按照拍摄 2K (2560*1440) 或者
                    4K (3840*2160) 分辨率拍摄”
                  待人工核对：“结构需包含完整的片头”（opening）、“结构需包含完整的片尾”
                  （ending）、“结构需包含字幕（简体中文）”（subtitles）、“结构需包含主创人员名
                  单”（credits）、“参选作品须为原创作品；严禁抄袭盗用他人…”（originality）、“作
                  品中含有非原创性的内容…必须于片尾字…”（source-credits）、“作品内容必须积极健康
                  向上，不得涉及色情…”（content）

                """
            ),
            (
                Language.english,
                """
                compliant      作品.mp4
                  2:30.000 · 1920×1080 (16:9) · mp4 h264 · 25 fps · 12 MB
                  ○ There is no sound. If the work should have some, check the export settings.
                    Sound present: "通用要求：视频有声音"
                  ○ The picture is 1920×1080; 2560×1440 / 3840×2160 is encouraged. Export it at
                    that size from the original; do not scale it up.
                    Resolution (encouraged-resolution): "如果条件允许，按照拍摄 2K (2560*1440)
                    或者 4K (3840*2160) 分辨率拍摄"
                  For a person: “结构需包含完整的片头” (opening), “结构需包含完整的片尾”
                  (ending), “结构需包含字幕（简体中文）” (subtitles), “结构需包含主创人员名单”
                  (credits), “参选作品须为原创作品；严禁抄袭盗用他人…” (originality), “作品中含
                  有非原创性的内容…必须于片尾字…” (source-credits), “作品内容必须积极健康向上，
                  不得涉及色情…” (content)

                """
            ),
        ])
    func compliant(language: Language, expected: String) throws {
        let text = Self.text(try SampleReports.compliant(), language, width: 80)
        #expect(text == expected)
    }

    @Test(
        "`TextReport` of a non-compliant file lists failed rules first, then those that a person must look at",
        arguments: [
            (
                Language.chinese,
                """
                不合格      上传/short.mp4
                  1:01.040 · 1920×1080 (16:9) · mp4 h264+aac · 29.97 fps · 2.23 MB
                  × 时长为 1 分 1.040 秒，要求 2 分至 5 分，还差 58.960 秒。请补足内容后重新导
                    出。
                    时长：“时长2-5分钟”
                  × 画面比例为 16:9（显示尺寸 1920×1080），要求 9:16。横屏与竖屏相反，请按要求的
                    方向重新制作导出。
                    画面比例：“拍摄格式为9:16”
                  × 画面为 1920×1080，要求 1080×1920。横竖方向相反，请按要求的方向重新制作导出。
                    分辨率：“分辨率1080*1920”
                  ? 画面被设为镜像显示。请人工查看画面方向，必要时重新导出。
                    画面端正：“通用要求：画面方向正常”
                  待人工核对：“短视频作品须为原创作品”（originality）、“内容必须积极健康向上”
                  （content）

                """
            ),
            (
                Language.english,
                """
                non-compliant  上传/short.mp4
                  1:01.040 · 1920×1080 (16:9) · mp4 h264+aac · 29.97 fps · 2.23 MB
                  × It lasts 1 min 1.040 s; 2 min to 5 min is required, 58.960 s more. Extend it
                    and export again.
                    Duration: "时长2-5分钟"
                  × The picture is 16:9 (1920×1080 as displayed); 9:16 is required. Landscape
                    and portrait are swapped: make it the other way round.
                    Aspect ratio: "拍摄格式为9:16"
                  × The picture is 1920×1080; 1080×1920 is required. It is turned on its side:
                    make it the other way round.
                    Resolution: "分辨率1080*1920"
                  ? The picture is shown mirrored. Look at the picture; export again if it is
                    wrong.
                    Upright picture: "通用要求：画面方向正常"
                  For a person: “短视频作品须为原创作品” (originality), “内容必须积极健康向上”
                  (content)

                """
            ),
        ])
    func nonCompliant(language: Language, expected: String) throws {
        let text = Self.text(try SampleReports.nonCompliant(), language, path: "上传/short.mp4", width: 80)
        #expect(text == expected)
    }

    @Test(
        "`TextReport` of a file that is no media gives the cause and the number of unchecked rules",
        arguments: [
            (
                Language.chinese,
                """
                不合格      x.mp4
                  × 这是文本，不是视频。请上传视频。
                    可读取：“通用要求：文件能够打开”
                    其余 8 项未能检查。
                  待人工核对：“视频作品要求结构完整、表达流畅、可视性强”（structure）、“配中文字
                  幕”（subtitles）、“作品需为 2023 年原创作品”（originality）、“广告类、营销类作
                  品…不予参加评选”（content）

                """
            ),
            (
                Language.english,
                """
                non-compliant  x.mp4
                  × This is text. Upload a video.
                    Readable: "通用要求：文件能够打开"
                    The other 8 rules were not checked.
                  For a person: “视频作品要求结构完整、表达流畅、可视性强” (structure), “配中文
                  字幕” (subtitles), “作品需为 2023 年原创作品” (originality), “广告类、营销类作
                  品…不予参加评选” (content)

                """
            ),
        ])
    func unread(language: Language, expected: String) throws {
        let report = try SampleReports.unread(.notMedia, zh: "这是文本，不是视频。请上传视频。", en: "This is text. Upload a video.")
        #expect(Self.text(report, language, path: "x.mp4", width: 80) == expected)
    }

    @Test(
        "`TextReport` of a file that exceeded the time limit says so, although no rule fails",
        arguments: Language.allCases)
    func timedOut(language: Language) throws {
        let report = try SampleReports.unread(.timedOut, zh: "读取超时。请重试。", en: "It took too long. Try again.")
        let text = Self.text(report, language)
        #expect(text.hasPrefix(language == .chinese ? "需人工确认" : "needs review"))
        #expect(text.contains(language == .chinese ? "  ? 读取超时。请重试。" : "  ? It took too long. Try again."))
        let rest = report.findings.count - 1
        #expect(text.contains(language == .chinese ? "其余 \(rest) 项未能检查。" : "The other \(rest) rules were not checked."))
    }

    @Test("`TextReport` lists findings from fail to advisory, whatever the contest's order, and no pass")
    func weight() throws {
        var report = try SampleReports.compliant()
        report.findings = [
            .of(.pass, rule: "passed"), .of(.advisory, rule: "advice"), .of(.pending, rule: "waits"),
            .of(.undetermined, rule: "unknown"), .of(.review, rule: "look"), .of(.fail, rule: "broken"),
        ]
        let text = Self.text(report, .english)
        let rows = text.split(separator: "\n").filter { $0.contains("Words.") }
        #expect(rows == ["  × Words.", "  ? Words.", "  ? Words.", "  ? Words.", "  ○ Words."])
        let rules = ["broken", "look", "unknown", "waits", "advice"]
        #expect(text.matches(of: /(\w+): "原文"/).map { String($0.1) } == rules)
        #expect(!text.contains("passed"))
    }

    @Test(
        "`TextReport` of a file without a report shows the error",
        arguments: [
            (Language.chinese, "出错        gone.mp4\n  × 没有这个文件。\n"),
            (Language.english, "error          gone.mp4\n  × No such file.\n"),
        ])
    func error(language: Language, expected: String) {
        let error = IntakeError(.fileMissing, zh: "没有这个文件。", en: "No such file.")
        let file = CheckedFile(path: "gone.mp4", outcome: .failure(error))
        #expect(TextReport(language: language, isColoured: false, width: nil).text(file) == expected)
    }

    @Test("`TextReport` begins every path in the same column", arguments: Language.allCases)
    func alignment(language: Language) throws {
        var columns: Set<Int> = []
        for verdict in Verdict.allCases {
            var report = try SampleReports.compliant()
            report.verdict = verdict
            let head = Self.text(report, language, path: "PATH").split(separator: "\n")[0]
            columns.insert(DisplayWidth.of(head.dropLast(4)))
        }
        #expect(columns.count == 1)
    }

    @Test("`TextReport` in colour differs only by escape sequences", arguments: Language.allCases)
    func colours(language: Language) throws {
        for report in [try SampleReports.compliant(), try SampleReports.nonCompliant()] {
            for width in [nil, 40, 80] {
                let coloured = Self.text(report, language, width: width, isColoured: true)
                #expect(coloured.contains(report.verdict == .compliant ? "\u{1b}[1;32m" : "\u{1b}[1;31m"))
                let plain = coloured.replacing(/\u{1b}\[[0-9;]*m/, with: "")
                #expect(plain == Self.text(report, language, width: width))
                #expect(coloured.count(where: { $0 == "\u{1b}" }).isMultiple(of: 2), "each colour ends")
            }
        }
    }

    @Test(
        "`TextReport` keeps every line within the width and loses no word", arguments: Language.allCases,
        [40, 60, 80, 132])
    func width(language: Language, columns: Int) throws {
        let unread = try SampleReports.unread(.notMedia, zh: "这不是视频。请上传视频。", en: "This is no video. Upload one.")
        for report in [try SampleReports.compliant(), try SampleReports.nonCompliant(), unread] {
            let text = Self.text(report, language, width: columns)
            for line in text.split(separator: "\n") { #expect(DisplayWidth.of(line) <= columns, "\(line)") }
            let letters = { (text: String) in text.filter { !$0.isWhitespace } }
            #expect(letters(text) == letters(Self.text(report, language)))
        }
    }

    @Test(
        "`TextReport` shows a control character of a path as U+FFFD",
        arguments: ["\u{1b}[2J", "\u{7}", "\n", "\r", "\u{9b}1m", "\u{202e}", "\u{200b}", "\u{0}", "\u{7f}", "\u{85}"])
    func hostilePath(sequence: String) throws {
        let path = "a\(sequence)b.mp4"
        let head = Self.text(try SampleReports.compliant(), .english, path: path).split(separator: "\n")[0]
        #expect(head.hasPrefix("compliant      a\u{fffd}"))
        #expect(head.hasSuffix("b.mp4"))
        let error = IntakeError(.fileMissing, zh: "没有。", en: "None.")
        let failed = TextReport(language: .english, isColoured: false, width: 80)
            .text(CheckedFile(path: path, outcome: .failure(error)))
        #expect(failed.hasPrefix("error          a\u{fffd}"))
    }

    @Test(
        "`TextReport` summarises a run by the number of files of each verdict",
        arguments: [
            (Language.chinese, 0, "共 6 个文件，合格 1，需人工确认 2，不合格 3\n"),
            (.chinese, 4, "共 10 个文件，合格 1，需人工确认 2，不合格 3，出错 4\n"),
            (.english, 0, "6 files, 1 compliant, 2 need review, 3 non-compliant\n"),
            (.english, 4, "10 files, 1 compliant, 2 need review, 3 non-compliant, 4 errors\n"),
        ])
    func summary(language: Language, errors: Int, expected: String) {
        var tally = Tally()
        (tally.compliant, tally.needsReview, tally.nonCompliant, tally.errors) = (1, 2, 3, errors)
        #expect(TextReport(language: language, isColoured: true, width: 80).summary(tally) == expected)
    }

    @Test("`TextReport` quotes a clause once for consecutive findings of one rule")
    func quotes() throws {
        var report = try SampleReports.compliant()
        report.findings = [.of(.fail, rule: "form"), .of(.fail, rule: "form"), .of(.fail, rule: "length")]
        let work = Work(fields: [], category: nil, region: nil, findings: report.findings)
        let file = CheckedFile(path: "a.mp4", outcome: .success(report), work: work)
        let text = TextReport(language: .english, isColoured: false, width: nil).text(file)
        #expect(text.ranges(of: "\n    form: ").count == 2 && text.ranges(of: "\n    length: ").count == 2)
        #expect(text.ranges(of: "\n  × Submission: ").count == 3)
        var page = HTMLRun(language: .english)
        #expect(page.piece(file).ranges(of: "<small>form: ").count == 2)
    }

    @Test("`Tally` counts each file once, by its verdict or as an error")
    func tally() throws {
        var tally = Tally()
        let error = IntakeError(.fileMissing, zh: "没有。", en: "None.")
        tally.add(CheckedFile(path: "", outcome: .failure(error)))
        for (verdict, times) in [(Verdict.compliant, 2), (.needsReview, 3), (.nonCompliant, 4)] {
            var report = try SampleReports.compliant()
            report.verdict = verdict
            for _ in 0..<times { tally.add(CheckedFile(path: "", outcome: .success(report))) }
        }
        #expect([tally.compliant, tally.needsReview, tally.nonCompliant, tally.errors] == [2, 3, 4, 1])
        #expect(tally.total == 10)
    }
}
