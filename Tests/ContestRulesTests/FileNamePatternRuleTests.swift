import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("A file-name rule with a pattern")
struct FileNamePatternRuleTests {
    private static let form = FormRule(fields: [
        .of(.choice, "region", choices: ["北京", "上海"]), .of(.choice, "group", choices: ["甲组"], others: true),
        .of(.text, "school", personal: true),
    ])

    private static func contest(_ pattern: String) throws -> Contest {
        Contest.admitting(form, FileNameRule(template: try FileNameTemplate(pattern)))
    }

    private static func judge(_ name: String?, by pattern: String = "{region}--{title}--{phone}") throws -> Judgement {
        let contest = try contest(pattern)
        let judgements = FileNameRule(template: try FileNameTemplate(pattern)).judge(
            Submission(filename: name, hasMedia: true), in: contest)
        #expect(judgements.count == 1)
        return try #require(judgements.first)
    }

    @Test("`FileNameRule` passes a name whose parts their fields accept, and shows the form with the labels")
    func pass() throws {
        try Self.judge("北京--守信--13800138000.mp4").expect(
            .pass, zh: ["【标签region】--【作品名称】--【联系电话】"], en: ["[Label region]--[Title]--[Telephone]"])
    }

    @Test("`FileNameRule` fails a name without the form, and repeats no part of it")
    func misfit() throws {
        let judgement = try Self.judge("王小明的作品13800138000.mp4")
        judgement.expect(.fail, "file-name", zh: ["请改名", "【作品名称】"], en: ["Rename", "[Title]"])
        #expect(!"\(judgement)".contains("王小明") && !"\(judgement)".contains("1380"))
    }

    @Test("`FileNameRule` names every part that its field refuses, and repeats no value")
    func parts() throws {
        let judgement = try Self.judge("王小明--守信--三班.mp4")
        judgement.expect(
            .fail, "file-name-part", zh: ["“标签region”", "北京、上海", "“联系电话”", "请改名"],
            en: ["\"Label region\" is none of the choices", "\"Telephone\" is no telephone number", "Rename"])
        #expect(!"\(judgement)".contains("王小明") && !"\(judgement)".contains("三班"))
    }

    @Test("`FileNameRule` leaves a value outside an open list to a person")
    func openList() throws {
        try Self.judge("丙组_守信.mp4", by: "{group}_{title}").expect(
            .review, "file-name-part", zh: ["人工确认"], en: ["a person decides"])
    }

    @Test("`FileNameRule` leaves a missing name and unreadable bytes undetermined")
    func undetermined() throws {
        try Self.judge(nil).expect(.undetermined, "no-filename", zh: ["【作品名称】"], en: ["[Title]"])
        try Self.judge("北京--[D7][C2]--13800138000.mp4").expect(.undetermined, "unreadable-name")
    }

    @Test(
        "`Contest.maskingFilename` masks the personal parts of a pattern, and masks once what it masks twice",
        arguments: [
            ("{region}--{title}--{entrant}", "北京--守信--张三.mp4", "北京--守信--张**.mp4"),
            ("{region}--{title}--{entrant}", "北京 －－ 守信 -- 张三 .mp4", "北京 －－ 守信 --张**.mp4"),
            ("{school}_{phone}", "一中_0536-8234567.mp4", "一**_053****4567.mp4"),
            ("{title}-{phone}-{entrant}", "a-b-13800138000-张三.mp4", "a-b-138****8000-张**.mp4"),
            ("{region}--{title}--{entrant}", "张三的作品13800138000.mp4", "张三的作品138****8000.mp4"),
            ("{region}--{title}--{entrant}", "北京--找13800138000--张.mp4", "北京--找138****8000--***.mp4"),
        ])
    func masking(pattern: String, name: String, expected: String) throws {
        let contest = try Self.contest(pattern)
        #expect(contest.maskingFilename(name) == expected)
        #expect(contest.maskingFilename(expected) == expected)
    }

    @Test("`Contest.maskingFilename` masks by the convention where the contest has no pattern")
    func conventionMasking() {
        let name = "张三（某某公司）+守信+13800138000.mp4"
        for contest in [Contest.admitting(FileNameRule()), .admitting(WindowRule())] {
            #expect(contest.maskingFilename(name) == PersonalText.maskingFilename(name))
        }
    }
}
