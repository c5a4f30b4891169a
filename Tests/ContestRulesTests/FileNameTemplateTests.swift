import MediaFacts
import Testing

@testable import ContestRules

@Suite("FileNameTemplate")
struct FileNameTemplateTests {
    @Test("`FileNameTemplate` reads the parts and the texts around them")
    func reading() throws {
        let template = try FileNameTemplate(" 【{region}】｛ title ｝ -- {entrant}组 ")
        #expect(template.names == ["region", "title", "entrant"])
        #expect(template.literals == ["【", "】", " -- ", "组"])
        #expect(template.text == "【{region}】｛ title ｝ -- {entrant}组")
        #expect(try FileNameTemplate("{title}").literals == ["", ""])
    }

    @Test(
        "`FileNameTemplate` refuses a text that names no parts or cannot divide a name",
        arguments: [
            ("", "has no part"), ("作品", "has no part"), ("{}", "without a name"), ("{ }--{title}", "without a name"),
            ("{region", "\"{region\" has no closing }"), ("{region}--{title", "\"{title\" has no closing }"),
            ("{region--{title}", "\"{region--\" has no closing }"), ("region}--{title}", "has no { before it"),
            ("{region}{title}", "nothing between {region} and {title}"),
            ("{title}--{title}", "has the part {title} twice"),
            ("{title}.mp4", "ends with the extension .mp4"),
            ("{a}-{b}-{c}-{d}-{e}-{f}-{g}-{h}-{i}-{j}-{k}-{l}-{m}", "more than 12"),
            (String(repeating: "长", count: 257), "too long"),
        ])
    func mistakes(text: String, fragment: String) throws {
        let mistake = #expect(throws: FileNameTemplate.Mistake.self) { try FileNameTemplate(text) }
        let message = try #require(mistake?.message)
        #expect(message.en.contains(fragment) && message.zh.isChinese)
    }

    @Test("`FileNameTemplate` accepts white space between two parts as their separator")
    func blank() throws {
        #expect(try FileNameTemplate("{region} {title}").literals == ["", " ", ""])
    }
}

@Suite("The pattern of a file name in a contest file")
struct FileNameFileTests {
    private static let fields =
        "{name: region, label: {zh: 地区, en: Region}, kind: choice, required: true, choices: [北京, 上海]}, "
        + "{name: link, label: {zh: 链接, en: Link}, kind: url, required: true}"

    /// A contest with a form on line 34 and the pattern on line 36.
    private static func text(_ pattern: String) -> String {
        SampleContest.text(
            rule: "  - {id: form, kind: form, level: required, clause: 表, fields: [\(fields)]}\n"
                + "  - {id: names, kind: file-name, level: required, clause: 文件名,\n    pattern: \"\(pattern)\"}"
        ).replacing("clipcheck.contest/1", with: "clipcheck.contest/2")
    }

    private static func mistake(_ pattern: String, _ fragment: String) -> Mistake {
        Mistake(pattern, text(pattern), (36, "rules[7].pattern", fragment))
    }

    @Test(
        "A mistake in a pattern is told by line and key",
        arguments: [
            mistake("{region", "has no closing }"), mistake("{region}{title}", "nothing between"),
            mistake(
                "{regoin}--{title}", "{regoin} is neither a field of the form nor a known name; did you mean {region}?"),
            mistake("{地区}--{title}", "did you mean {region}?"), mistake("{region}--{作品名称}", "did you mean {title}?"),
            mistake(
                "{region}--{school}",
                "known names: region, link, entrant, organisation, title, phone, category, unit, number"),
            mistake("{link}--{title}", "the field \"link\" of kind url cannot stand in a file name"),
            mistake("作品", "has no part"), mistake(" ", "single value"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test("A pattern may stand before the form, and without one")
    func order() throws {
        let names = "  - {id: names, kind: file-name, level: required, clause: 文件名, pattern: \"{region}--{title}\"}"
        let form = "  - {id: form, kind: form, level: required, clause: 表, fields: [\(Self.fields)]}"
        for rules in ["\(names)\n\(form)", names] {
            let text = SampleContest.text(rule: rules).replacing("clipcheck.contest/1", with: "clipcheck.contest/2")
            let pattern = try #require(try ContestFile.load(text, file: "test.yaml").fileNamePattern)
            #expect(pattern.parts.map(\.name) == ["region", "title"])
            #expect(pattern.text == LocalizedText(zh: "【地区】--【作品名称】", en: "[Region]--[Title]"))
            #expect(pattern.parts[0].kind == (rules == names ? .text : .choice))
        }
    }

    @Test("A pattern is part of the wire form and of the digest; a rule without one is written as before")
    func wire() throws {
        #expect(
            try SecondSchema.wire("file-name", "pattern: \"{region}--{title}\"") == #"{"pattern":"{region}--{title}"}"#)
        #expect(try SecondSchema.wire("file-name", "decision: 无") == "{}")
        let digests = try ["{region}--{title}", "{region}-{title}"].map {
            try ContestFile.load(Self.text($0), file: "test.yaml").digest
        }
        #expect(Set(digests).count == 2)
    }

    @Test("A contest without a rule for file names has no pattern, and the convention without a pattern")
    func convention() throws {
        #expect(Contest.admitting(WindowRule()).fileNamePattern == nil)
        #expect(Contest.admitting(FileNameRule()).fileNamePattern == .convention)
        #expect(FileNamePattern.convention.parts.map(\.label.zh) == ["参赛者", "单位", "作品名称", "联系电话"])
    }

    @Test("The category of a pattern is one of the categories of the contest")
    func category() throws {
        let contest = try ContestFile.load(Self.text("{category}-{title}"), file: "test.yaml")
        let pattern = try #require(contest.fileNamePattern)
        #expect(pattern.parts[0].choices == ["剧情类", "纪实类"] && pattern.parts[0].kind == .choice)
    }
}
