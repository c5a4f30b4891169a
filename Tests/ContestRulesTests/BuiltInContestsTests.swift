import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// The three notices as `CONTESTS.md` reads them.
@Suite("The built-in contests")
struct BuiltInContestsTests {
    @Test("load strictly")
    func strict() throws {
        #expect(
            BuiltInContests.files.map(\.name) == ["xinhua-credit-cup-2019.yaml", "weifang-2023.yaml", "xian-2024.yaml"])
        for file in BuiltInContests.files {
            let contest = try ContestFile.load(file.text, file: file.name)
            #expect("\(contest.id).yaml" == file.name)
        }
        #expect(BuiltInContests.all.map(\.id) == ["xinhua-credit-cup-2019", "weifang-2023", "xian-2024"])
    }

    @Test("The demonstration has no window, asks no person and decodes nothing")
    func demonstration() throws {
        let contest = BuiltInContests.demonstration
        #expect(contest.id == "demo" && BuiltInContests.contest("demo")?.digest == contest.digest)
        #expect(BuiltInContests.withDemonstration.map(\.id).last == "demo")
        #expect(contest.window == nil && contest.depth == .quick)
        #expect(
            contest.rules.map(\.kindName) == [
                "readable", "has-video", "has-audio", "upright", "complete-file", "form",
            ])
    }

    @Test("are found by id")
    func byID() {
        #expect(BuiltInContests.contest("xian-2024")?.source.document == "市信用办发〔2024〕3号")
        #expect(BuiltInContests.contest("xian") == nil)
        #expect(BuiltInContests.contest("") == nil)
    }

    @Test(
        "stand on their notices",
        arguments: [
            (
                "xinhua-credit-cup-2019", "2019-07-10", "2019-07-10T00:00+08:00", "2019-08-11T17:00+08:00",
                ["剧情类", "纪实类", "动画类"]
            ),
            ("weifang-2023", "2023-07-12", "2023-07-15T00:00+08:00", "2023-08-30T24:00+08:00", []),
            ("xian-2024", "2024-02-27", "2024-02-27T00:00+08:00", "2024-04-23T24:00+08:00", ["剧情类", "纪实类", "动画类"]),
        ])
    func notices(id: String, issued: String, opens: String, closes: String, categories: [String]) throws {
        let contest = try #require(BuiltInContests.contest(id))
        #expect(contest.source.issued == issued)
        #expect(contest.window?.opens.text == opens)
        #expect(contest.window?.closes.text == closes)
        #expect(contest.categories == categories)
        #expect(contest.revision >= 2 && contest.name.zh.isChinese && !contest.name.en.isEmpty)
    }

    @Test("are written with their schema and with times in RFC 3339")
    func wire() throws {
        let contest = try #require(BuiltInContests.contest("xian-2024"))
        let text = String(decoding: try WireJSON.data(contest), as: UTF8.self)
        #expect(text.contains(#""schema":"clipcheck.contest/1""#))
        #expect(text.contains(#""window":{"closes":"2024-04-24T00:00:00+08:00","opens":"2024-02-27T00:00:00+08:00"}"#))
    }

    private static let common = [
        "readable readable required {}", "has-video has-video required {}", "has-audio has-audio encouraged {}",
        "upright upright required {}", #"true-length true-length required {"toleranceMilliseconds":1000}"#,
        "complete-file complete-file required {}",
    ]

    /// What a viewer sees and hears; the thresholds are ours.
    private static func content(_ shape: String) -> [String] {
        [
            #"decodable decodable required {"depth":"standard"}"#,
            "active-picture active-picture required "
                + #"{"allowed":["\#(shape)"],"darknessPercent":4.6,"others":"review","tolerance":0.03}"#,
            #"black black encouraged {"areaPercent":98,"darknessPercent":10,"longestMilliseconds":10000}"#,
            #"freeze freeze encouraged {"longestMilliseconds":10000,"movementPercent":0.49}"#,
            #"silence silence encouraged {"belowDBFS":-60,"longestMilliseconds":10000}"#,
        ]
    }

    private static let twoToFive =
        #"duration duration required {"maxMilliseconds":300000,"minMilliseconds":120000,"toleranceMilliseconds":500}"#

    @Test(
        "set the rules of their notices",
        arguments: [
            (
                "xinhua-credit-cup-2019",
                common + [
                    twoToFive,
                    #"aspect-ratio aspect-ratio required {"allowed":["16:9"],"tolerancePartsPerMillion":5000}"#,
                    #"resolution resolution required {"min":null,"sizes":["1920x1080","2560x1440","3840x2160"],"turned":"fail"}"#,
                    #"encouraged-resolution resolution encouraged {"min":null,"sizes":["2560x1440","3840x2160"],"turned":"fail"}"#,
                ] + content("16:9") + [
                    "opening person required", "ending person required", "subtitles person required",
                    "credits person required", "originality person required", "source-credits person required",
                    "content person required", "window window required {}",
                    "form form required", "unique-media unique-media required {}",
                ]
            ),
            (
                "weifang-2023",
                common + [
                    #"duration duration required {"maxMilliseconds":300000,"minMilliseconds":180000,"toleranceMilliseconds":500}"#,
                    #"container container required {"allowed":["avi","mpeg-ps","mpeg-ts","mpeg-es","mp4","mov"],"others":"review"}"#,
                    #"resolution resolution required {"min":"1920x1080","sizes":null,"turned":"review"}"#,
                ] + content("16:9") + [
                    "structure person required", "subtitles person required", "originality person required",
                    "content person required", "window window required {}", "form form required",
                    "unique-media unique-media required {}", "file-name file-name encouraged {}",
                ]
            ),
            (
                "xian-2024",
                common + [
                    twoToFive,
                    #"aspect-ratio aspect-ratio required {"allowed":["9:16"],"tolerancePartsPerMillion":5000}"#,
                    #"resolution resolution required {"min":null,"sizes":["1080x1920"],"turned":"fail"}"#,
                ] + content("9:16") + [
                    "originality person required", "content person required", "window window required {}",
                    "form form required", "unique-media unique-media required {}",
                ]
            ),
        ] as [(String, [String])])
    func rules(id: String, expected: [String]) throws {
        let contest = try #require(BuiltInContests.contest(id))
        #expect(try contest.rules.map(Self.summary) == expected)
    }

    private static let sheet =
        "推荐表: 作品名称、时长、导演、制片人或制片单位、参选单位联系人及电话、曾获区县级以上主要荣誉、剧情摘要（100字）、作品简介（800字）"

    @Test(
        "quote their notices",
        arguments: [
            ("xinhua-credit-cup-2019", "duration", "时长 2—5 分钟", "0.5 秒"),
            ("xinhua-credit-cup-2019", "aspect-ratio", "拍摄格式为 16: 9", "0.5%"),
            ("xinhua-credit-cup-2019", "resolution", "分辨率 1920*1080", "2560×1440"),
            (
                "xinhua-credit-cup-2019", "encouraged-resolution", "如果条件允许，按照拍摄 2K (2560*1440) 或者 4K (3840*2160) 分辨率拍摄",
                nil
            ),
            ("xinhua-credit-cup-2019", "originality", "参选作品须为原创作品；严禁抄袭盗用他人作品", nil),
            ("xinhua-credit-cup-2019", "source-credits", "作品中含有非原创性的内容…必须于片尾字幕用中文标示内容的来源", nil),
            ("xinhua-credit-cup-2019", "content", "作品内容必须积极健康向上，不得涉及色情、暴力、种族歧视等内容", nil),
            ("weifang-2023", "duration", "时长为 3-5 分钟", "0.5 秒"),
            ("weifang-2023", "container", "格式：avi、mpeg、mp4、mov 等", "人工确认"),
            ("weifang-2023", "resolution", "分辨率：1920*1080 及以上", "1080×1920"),
            ("weifang-2023", "originality", "作品需为 2023 年原创作品", "只作提示"),
            ("weifang-2023", "content", "广告类、营销类作品…不予参加评选", nil),
            ("xian-2024", "duration", "时长2-5分钟", "0.5 秒"), ("xian-2024", "aspect-ratio", "拍摄格式为9:16", "0.5%"),
            ("xinhua-credit-cup-2019", "window", "报送截止时间: 2019 年 8 月 11 日 17:00", "仍算按时"),
            ("xinhua-credit-cup-2019", "form", "\(sheet)；参选作品类型主要分为剧情类、纪实类、动画类三大类别", "除荣誉外均须填写"),
            ("xinhua-credit-cup-2019", "unique-media", "参选作品须为原创作品；严禁抄袭盗用他人作品", "人工确认"),
            ("weifang-2023", "window", "案例申报：2023 年 7 月 15 日- 8 月 30 日", "24:00 截止"),
            ("weifang-2023", "form", "视频评选申报表: 视频名称、联系人、联系电话、邮箱、单位地址、视频表达主旨、成果特色或亮点、剧情简介", "各项均须填写"),
            ("weifang-2023", "unique-media", "作品需为 2023 年原创作品", "人工确认"),
            ("weifang-2023", "file-name", "推荐作品请标注：参赛者姓名（单位名称）+作品名称+联系电话", "只作提示"),
            ("xian-2024", "window", "报送截止时间至 2024 年 4 月 23 日 24:00", "当日结束"),
            ("xian-2024", "form", "\(sheet)；短视频作品主要分为剧情类、纪实类、动画类三大类别", "除荣誉外均须填写"),
            ("xian-2024", "unique-media", "短视频作品须为原创作品", "人工确认"),
            ("xian-2024", "resolution", "分辨率1080*1920", "旋转"), ("xian-2024", "originality", "短视频作品须为原创作品", nil),
        ] as [(String, String, String, String?)])
    func clauses(contest: String, rule: String, clause: String, decision: String?) throws {
        let rule = try #require(BuiltInContests.contest(contest)?.rules.first { $0.id == rule })
        #expect(rule.clause == clause)
        if let decision { #expect(rule.decision?.contains(decision) == true) } else { #expect(rule.decision == nil) }
    }

    private static let twoYears = [
        "title 作品名称 text required", "duration 时长 duration required ±1.000 s", "director 导演 text required",
        "producer 制片人或制片单位 text required", "category 作品类型 choice required 剧情类/纪实类/动画类/…",
        "contact 联系人 text required personal", "phone 联系电话 phone required personal",
        "honours 曾获区县级以上主要荣誉 text optional", "synopsis 剧情摘要 text required ≤100",
        "introduction 作品简介 text required ≤800",
    ]

    @Test(
        "have the forms of their notices",
        arguments: [
            ("xinhua-credit-cup-2019", twoYears), ("xian-2024", twoYears),
            (
                "weifang-2023",
                [
                    "title 视频名称 text required", "contact 联系人 text required personal",
                    "phone 联系电话 phone required personal", "email 邮箱 email required personal",
                    "address 单位地址 text required personal", "theme 视频表达主旨 text required",
                    "highlights 成果特色或亮点 text required", "synopsis 剧情简介 text required",
                ]
            ),
        ])
    func forms(id: String, expected: [String]) throws {
        let contest = try #require(BuiltInContests.contest(id))
        let form = try #require(contest.form)
        #expect(form.fields.map(Self.summary) == expected)
        #expect(form.fields.first { $0.kind == .choice }.map(\.choices) ?? [] == contest.categories)
        #expect(form.fields.allSatisfy { form.field($0.label.zh) == $0 && form.field($0.label.en) == $0 })
    }

    @Test("show a person what helps")
    func evidence() throws {
        func person(_ contest: String, _ id: String) throws -> PersonRule {
            let rule = try #require(BuiltInContests.contest(contest)?.rules.first { $0.id == id })
            guard case .person(let kind) = rule.kind else { throw ContestFileError(file: id, problems: []) }
            return kind
        }
        #expect(try person("weifang-2023", "originality") == PersonRule(year: 2023))
        #expect(try person("weifang-2023", "subtitles") == PersonRule(showsSubtitles: true))
        #expect(try person("xinhua-credit-cup-2019", "subtitles") == PersonRule(showsSubtitles: true))
        #expect(try person("xian-2024", "content") == PersonRule())
    }

    @Test(
        "name each rule once, in kebab-case, and have picture and sound sampled",
        arguments: BuiltInContests.all.map(\.id))
    func ids(id: String) throws {
        let contest = try #require(BuiltInContests.contest(id))
        #expect(Set(contest.rules.map(\.id)).count == contest.rules.count)
        #expect(contest.rules.allSatisfy { ContestFile.kebabCase($0.id) == $0.id })
        #expect(contest.measurements == [.header, .packets, .picture, .sound])
        #expect(contest.depth == .standard, "a deadline evening has no time for every frame")
    }

    @Test(
        "judge what their notices are about",
        arguments: [
            ("xinhua-credit-cup-2019", 1920, 1080, 150, .compliant),
            ("xinhua-credit-cup-2019", 3840, 2160, 300, .compliant),
            ("xinhua-credit-cup-2019", 1080, 1920, 150, .nonCompliant),
            ("xinhua-credit-cup-2019", 1920, 1080, 119, .nonCompliant),
            ("weifang-2023", 1920, 1080, 180, .compliant), ("weifang-2023", 1920, 1080, 179, .nonCompliant),
            ("weifang-2023", 1080, 1920, 180, .needsReview), ("weifang-2023", 1280, 720, 180, .nonCompliant),
            ("xian-2024", 1080, 1920, 150, .compliant), ("xian-2024", 1920, 1080, 150, .nonCompliant),
            ("xian-2024", 1080, 1920, 301, .nonCompliant),
        ] as [(String, Int, Int, Int, Verdict)])
    func verdicts(id: String, width: Int, height: Int, seconds: Int, verdict: Verdict) throws {
        let contest = try #require(BuiltInContests.contest(id))
        var facts = MediaFacts.sample(
            duration: .seconds(seconds), declared: .seconds(seconds), width: width, height: height)
        let whole = TimeRange(fromMilliseconds: 0, toMilliseconds: Int64(seconds) * 1000)
        facts.content = ContentFacts(
            depth: .standard,
            picture: PictureContent(
                framesExamined: 9, frames: 90,
                active: [ActivePicture(when: whole, x: 0, y: 0, width: width, height: height)]),
            sound: SoundContent())
        #expect(Verdict(contest.findings(for: .facts(facts))) == verdict)
        facts.content = nil
        let unseen = verdict == .compliant ? .needsReview : verdict
        #expect(Verdict(contest.findings(for: .facts(facts))) == unseen, "what was not looked at is not passed")
    }

    /// All that a field asks for, in a line.
    private static func summary(_ field: FormField) -> String {
        let words: [String?] = [
            field.name, field.label.zh, field.kind.rawValue, field.isRequired ? "required" : "optional",
            field.isPersonal ? "personal" : nil, field.mostCharacters.map { "≤\($0)" },
            field.kind == .duration ? "±\(Wording.seconds(field.tolerance)) s" : nil,
            field.choices.isEmpty
                ? nil : (field.choices + (field.allowsOtherChoice ? ["…"] : [])).joined(separator: "/"),
        ]
        return words.compactMap(\.self).joined(separator: " ")
    }

    /// `id kind level parameters` as the encoded rule has them; a person's rule and a form without parameters.
    private static func summary(_ rule: Rule) throws -> String {
        let object = try JSONSerialization.jsonObject(with: try WireJSON.data(rule)) as? [String: Any]
        let words = ["id", "kind", "level"].compactMap { object?[$0] as? String }.joined(separator: " ")
        guard !["person", "form"].contains(rule.kindName), let parameters = object?["parameters"] else { return words }
        let data = try JSONSerialization.data(withJSONObject: parameters, options: [.sortedKeys])
        return "\(words) \(String(decoding: data, as: UTF8.self))"
    }
}
