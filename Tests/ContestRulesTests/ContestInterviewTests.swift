import MediaFacts
import Testing

@testable import ContestRules

/// The interview of `contests new`.
@Suite("Interview for a contest file")
struct ContestInterviewTests {
    /// Answers to the questions about the file's head and, with nothing, to the one about the window.
    private static let head = ["信用短视频", "Credit videos", "信用办〔2026〕3号", "2026 年 3 月 2 日", "credit-2026"]
    /// Empty answers to the questions about the eight subjects.
    private static let topics = InterviewTopic.all.count

    /// The interview after `answers`, none of which may be refused.
    private func interview(_ answers: [String], at sourceLocation: SourceLocation = #_sourceLocation)
        -> ContestInterview
    {
        var interview = ContestInterview()
        for answer in answers {
            let prompt = interview.question?.prompt.zh ?? "the end"
            let doubt = interview.answer(answer)
            #expect(doubt == nil, "\(prompt) \(answer): \(doubt?.en ?? "")", sourceLocation: sourceLocation)
        }
        return interview
    }

    /// The interview in the middle of the subject number `index`, whose clause is `clause`.
    private func interview(subject index: Int, _ clause: String) -> ContestInterview {
        interview(Self.head + [""] + Array(repeating: "", count: index) + [clause])
    }

    /// The contest of an interview that is at its end.
    private func contest(_ interview: ContestInterview) throws -> Contest {
        #expect(interview.question == nil)
        return try ContestFile.load(interview.text, file: "new.yaml")
    }

    @Test("A whole interview ends in a file with the notice's words and its limits")
    func whole() throws {
        let interview = interview(
            Self.head + ["征集时间：2026 年 3 月 2 日至 4 月 23 日", "", ""]  // the window
                + ["时长 3-5 分钟", "", "", "16:9 横屏", "", "", "分辨率 1920×1080 及以上", ""]
                + ["mp4、mov 等格式", "", "", "不超过 200MB", "", "", "码率不低于 8Mbps", "", "", "每秒 25 帧", "", "", ""]
                + ["立体声，48kHz", "", "", "须配字幕", "不得有水印", "", "剧情类、纪实类"]
                + ["申报表：作品名称、作品类别、联系人、联系电话、邮箱等", ""])
        let contest = try contest(interview)
        #expect(contest.id == "credit-2026" && contest.source.issued == "2026-03-02")
        #expect(contest.window?.opens.text == "2026-03-02T00:00+08:00")
        #expect(contest.window?.closes.text == "2026-04-23T24:00+08:00")
        #expect(contest.categories == ["剧情类", "纪实类"])
        let written = contest.rules.filter { !$0.isGeneral }
        #expect(
            written.map { "\($0.id): \($0.clause): \($0.limits.map(\.zh).joined(separator: "，"))" } == [
                "duration: 时长 3-5 分钟: 3 分至 5 分", "orientation: 16:9 横屏: 限于横屏",
                "aspect-ratio: 16:9 横屏: 限于 16:9，允许误差 0.5%",
                "resolution: 分辨率 1920×1080 及以上: 不少于 1920x1080",
                "container: mp4、mov 等格式: 限于 mp4或 mov，其他的由人工确认", "file-size: 不超过 200MB: 不超过 200 MB",
                "bit-rate: 码率不低于 8Mbps: 不少于 8 Mbit/s", "frame-rate: 每秒 25 帧: 限于 25",
                "audio-format: 立体声，48kHz: 声道立体声，采样率 48 kHz", "item-1: 须配字幕: 列出字幕流供参考", "item-2: 不得有水印: ",
                "window: 征集时间：2026 年 3 月 2 日至 4 月 23 日: ", "form: 申报表：作品名称、作品类别、联系人、联系电话、邮箱等: ",
            ])
        guard case .admission(let kind) = written.last?.kind, let form = kind as? FormRule else { return }
        #expect(
            form.fields.map { "\($0.name) \($0.kind) \($0.isPersonal)" } == [
                "title text false", "category choice false", "contact text true", "phone phone true",
                "email email true",
            ])
        #expect(interview.text.contains("clause: 时长 3-5 分钟") || interview.text.contains("clause: \"时长 3-5 分钟\""))
    }

    @Test("An interview with empty answers after the head ends in a file that loads")
    func empty() throws {
        let end = interview(Self.head + Array(repeating: "", count: 1 + Self.topics + 3))
        #expect(try contest(end).rules.map(\.id).contains("readable"))
    }

    @Test(
        "A notice's words propose their limits",
        arguments: [
            (0, "时长3-5分钟", ["3分钟", "5分钟"]), (0, "时长为30秒至3分钟", ["30秒", "3分钟"]), (0, "不超过5分钟", [nil, "5分钟"]),
            (0, "3分钟(含)以内", [nil, "3分钟"]), (0, "时长不少于 2 分钟", ["2分钟", nil]), (0, "15秒或30秒", [nil, nil, "15秒, 30秒"]),
            (1, "竖屏，9：16", ["portrait", "9:16"]), (1, "构图美观", [nil, nil]), (2, "1920*1080以上", ["1920x1080"]),
            (2, "1920×1080 或 3840×2160", [nil, "1920x1080, 3840x2160"]), (2, "清晰度为1080P", [nil, nil, "1080P"]),
            (3, "格式为MP4、AVI", ["mp4, avi", "fail"]), (3, "mp4等常见格式", ["mp4", "review"]),
            (4, "不大于1.5GB", ["1.5GB", nil]),
            (5, "码率不低于8Mbps", ["8Mbps", nil]), (6, "25帧/秒", [nil, nil, "25帧/秒"]),
            (7, "双声道，44.1kHz", ["stereo", "44.1kHz"]),
        ])
    func proposals(subject: Int, clause: String, proposals: [String?]) {
        var interview = interview(subject: subject, clause)
        for proposal in proposals {
            #expect(interview.question?.proposal == proposal, "\(interview.question?.prompt.zh ?? "the end")")
            #expect(interview.answer("") == nil)
        }
    }

    @Test("Words that can mean two things are no proposal, and both meanings are named")
    func doubt() throws {
        var interview = interview(subject: 4, "不超过200M")
        let question = try #require(interview.question)
        #expect(question.proposal == nil)
        #expect(question.note?.zh.contains("200MB") == true && question.note?.en.contains("200MiB") == true)
        #expect(interview.answer("200M")?.en.contains("200MiB") == true)
        #expect(interview.question == question)
        #expect(interview.answer("200MiB") == nil)
    }

    @Test(
        "An answer that the loader refuses is asked for again with the loader's message",
        arguments: [
            (0, "时长", ["3"], "can mean 3s or 3m"), (0, "时长", ["5m", "3m"], "min is above max"),
            (1, "画面", ["斜屏"], "landscape"), (2, "尺寸", ["1080P"], "shortSide"), (3, "格式", ["doc"], "doc"),
            (6, "帧率", ["", "", "50i"], "can mean"),
        ])
    func refused(subject: Int, clause: String, answers: [String], fragment: String) {
        var interview = interview(subject: subject, clause)
        for answer in answers.dropLast() { #expect(interview.answer(answer) == nil) }
        let (question, text) = (interview.question, interview.text)
        #expect(interview.answer(answers.last ?? "")?.en.contains(fragment) == true)
        #expect(interview.question == question && interview.text == text)
        #expect(interview.answer(ContestInterview.refusal) == nil)
    }

    @Test("The head refuses an empty name, another date and another id")
    func head() {
        var interview = ContestInterview()
        #expect(interview.answer(" ") != nil)
        #expect(interview.answer("名称") == nil && interview.question?.proposal == "名称")
        #expect(interview.answer("") == nil)
        #expect(interview.answer("文号") == nil)
        #expect(interview.answer("昨天")?.zh.contains("2024-02-27") == true)
        #expect(interview.answer("2026/11/2") == nil && interview.question?.proposal == "contest-2026")
        #expect(interview.answer("信用")?.en.contains("hyphens") == true)
        #expect(interview.answer("") == nil)
        #expect(interview.text.contains("issued: 2026-11-02"))
    }

    @Test("Words without a limit become an item for a person that no file passes unseen")
    func withoutLimit() throws {
        var interview = interview(subject: 0, "长短适宜")
        for _ in 0..<3 { #expect(interview.answer("") == nil) }
        while interview.question != nil { #expect(interview.answer("") == nil) }
        let rule = try #require(try contest(interview).rules.first { $0.clause == "长短适宜" })
        guard case .person(let person) = rule.kind else { return #expect(Bool(false), "no person's item") }
        #expect(person.isBlocking)
    }

    @Test("`-` refuses a proposal")
    func refusal() {
        var interview = interview(subject: 0, "时长3-5分钟")
        #expect(interview.answer("-") == nil)
        #expect(!interview.text.contains("min:") && interview.question?.proposal == "5分钟")
    }

    @Test(
        "A hostile answer stays text",
        arguments: [
            "a: b", "\"", "# x", "- a", "{", "[", "&a *a", "null", "\u{1b}[31m", "'", "!!str", "a\tb",
            "${x}",
        ])
    func hostile(answer: String) throws {
        var answers = Self.head
        answers[2] = answer
        let person = Array(repeating: "", count: 1 + Self.topics) + [answer, "", "", ""]
        let contest = try contest(interview(answers + person))
        #expect(contest.source.document == answer)
        #expect(contest.rules.contains { $0.clause == answer && $0.kindName == "person" })
    }

    @Test("Every short path loads at each of its steps")
    func steps() throws {
        for seed in 0..<200 {
            var (interview, number) = (interview(Self.head), UInt64(seed) &* 2_654_435_761 &+ 1)
            var left = 80
            while interview.question != nil, left > 0 {
                left -= 1
                number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let answer = Self.answers[Int(number >> 33) % Self.answers.count]
                _ = interview.answer(answer)
                _ = try ContestFile.load(interview.text, file: "seed-\(seed).yaml")
            }
        }
    }

    private static let answers = [
        "", "", "", "-", "时长3-5分钟", "3m", "5分钟", "16:9", "横屏", "1920x1080", "1080P", "mp4、mov", "200M", "200MB",
        "8Mbps", "25",
        "2026-03-02", "2026年3月2日至4月1日", "a: b", "电话、电话", "media", "作品名称、邮箱", "48kHz", "立体声", "0", "-1", "]", "或", "、",
    ]
}
