import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// The kinds and limits of form fields that `clipcheck.contest/2` adds.
@Suite("Fields of clipcheck.contest/2")
struct FieldKindTests {
    /// A field that the loader reads from `parameters`.
    static func field(_ parameters: String, attachments: String = "") throws -> FormField {
        let text = SecondSchema.text(
            "form", "fields: [{name: field, label: {zh: 标签, en: Label}, required: true, \(parameters)}]",
            level: "required")
        return try #require(try ContestFile.load(text, file: "test.yaml").form?.fields.first)
    }

    private static func judge(_ parameters: String, _ value: String) throws -> Judgement {
        let judgements = try field(parameters).judge(value)
        #expect(judgements.count == 1)
        return try #require(judgements.first)
    }

    @Test(
        "A field of kind `url` accepts one address, and one of the listed hosts where some are listed",
        arguments: [
            ("kind: url", "https://example.com/x", nil), ("kind: url", "看看 https://v.douyin.com/xyz/ 复制打开", nil),
            ("kind: url", "www.example.com", "url"), ("kind: url", "https://localhost/", "url"),
            ("kind: url", "https://a.cn/ https://b.cn/", "url-several"),
            ("kind: url, hosts: [bilibili.com]", "https://www.bilibili.com/video/BV1", nil),
            ("kind: url, hosts: [bilibili.com]", "https://bilibili.com.evil.cn/", "url-host"),
        ] as [(String, String, String?)])
    func address(parameters: String, value: String, reason: String?) throws {
        let judgement = try Self.judge(parameters, value)
        judgement.expectWords()
        #expect(judgement.reason == reason && judgement.outcome == (reason == nil ? .pass : .fail))
    }

    @Test("A field of kind `url` names the sites that are required and the site that was written")
    func host() throws {
        let judgement = try Self.judge("kind: url, hosts: [bilibili.com, v.douyin.com]", "https://youku.com/v")
        judgement.expect(.fail, "url-host", zh: ["bilibili.com、v.douyin.com"], en: ["bilibili.com, v.douyin.com"])
        #expect(judgement.required == "bilibili.com, v.douyin.com" && judgement.measured == "youku.com")
    }

    @Test(
        "A field of kind `number` includes both of its limits",
        arguments: [
            ("kind: number, min: 1, max: 5", "1", nil), ("kind: number, min: 1, max: 5", "５", nil),
            ("kind: number, min: 1, max: 5", "0.999999", "number-range"),
            ("kind: number, min: 1, max: 5", "5.1", "number-range"),
            ("kind: number, min: 0.5", "0.5", nil), ("kind: number, max: -1", "-1", nil),
            ("kind: number, max: -1", "0", "number-range"),
            ("kind: number", "1,200", nil), ("kind: number", "1,20", "number-format"),
            ("kind: number", "3人", "number-format"),
            ("kind: number", "三", "number-format"), ("kind: number, unit: 人, max: 5", "3人", nil),
            ("kind: number, unit: 人, max: 5", "３ 人", nil), ("kind: number, unit: 人, max: 5", "3", nil),
            ("kind: number, unit: 人, max: 5", "6人", "number-range"),
            ("kind: number, unit: 人, max: 5", "3个", "number-format"),
            ("kind: number, unit: 人, max: 5", "人", "number-format"),
        ] as [(String, String, String?)])
    func number(parameters: String, value: String, reason: String?) throws {
        let judgement = try Self.judge(parameters, value)
        judgement.expectWords()
        #expect(judgement.reason == reason && judgement.outcome == (reason == nil ? .pass : .fail))
    }

    @Test("A field of kind `number` names its limits, its unit and the number that was written")
    func numberWords() throws {
        let judgement = try Self.judge("kind: number, unit: 人, min: 1, max: 5", "6人")
        judgement.expect(.fail, "number-range", zh: ["1至 5人"], en: ["1 to 5 is required"])
        #expect(judgement.required == "1–5" && judgement.measured == "6")
        try Self.judge("kind: number, unit: 人", "很多").expect(
            .fail, "number-format", zh: ["单位“人”"], en: ["only the unit of the field"])
    }

    @Test(
        "A field of kind `date` includes both of its limits and refuses days that the calendar lacks",
        arguments: [
            ("kind: date", "2024年2月27日", nil), ("kind: date", "2024-02-30", "date-impossible"),
            ("kind: date", "去年", "date-format"), ("kind: date, min: 2024-01-01, max: 2024-12-31", "2024/1/1", nil),
            ("kind: date, min: 2024-01-01, max: 2024年12月31日", "2024.12.31", nil),
            ("kind: date, min: 2024-01-01, max: 2024-12-31", "2023-12-31", "date-range"),
            ("kind: date, max: 2024-12-31", "2025-01-01", "date-range"),
            ("kind: date, min: 2024-01-01", "2099-01-01", nil),
        ] as [(String, String, String?)])
    func date(parameters: String, value: String, reason: String?) throws {
        let judgement = try Self.judge(parameters, value)
        judgement.expectWords()
        #expect(judgement.reason == reason && judgement.outcome == (reason == nil ? .pass : .fail))
    }

    @Test("A field of kind `date` names its period")
    func dateWords() throws {
        let judgement = try Self.judge("kind: date, min: 2024-01-01", "2023-12-31")
        judgement.expect(.fail, "date-range", zh: ["2024-01-01 及以后"], en: ["2024-01-01 or later"])
        #expect(judgement.required == "≥ 2024-01-01" && judgement.measured == "2023-12-31")
    }

    @Test("A text shorter than `min` names the number of 字 that are missing")
    func shortText() throws {
        let judgement = try Self.judge("kind: text, min: 5, max: 9", "三个字")
        judgement.expect(.fail, "too-short", zh: ["共 3 字", "不少于 5 字", "补充 2 字"], en: ["at least 5", "Add 2"])
        #expect(judgement.required == "5–9" && judgement.measured == "3")
        #expect(try Self.judge("kind: text, min: 5, max: 9", "一共五个字").outcome == .pass)
    }

    @Test("A field of kind `file` judges whether its attachment is there, whatever is written into the field")
    func file() throws {
        var field = FormField.of(.file)
        field.limits.attachment = "consent"
        func judge(_ present: Set<String>?, required: Bool = true) -> [Judgement] {
            field.isRequired = required
            return FormRule(fields: [field]).judge(
                Submission(fields: ["field": "consent.pdf"], attachments: present), in: .admitting())
        }
        #expect(judge(["consent", "poster"]).map(\.outcome) == [.pass])
        #expect(judge([], required: false).map(\.outcome) == [.pass])
        try #require(judge(["poster"]).first).expect(.fail, "missing", zh: ["缺少附件"], en: ["missing"])
        try #require(judge(nil).first).expect(.undetermined, "attachments-unknown", zh: ["人工确认"], en: ["a person"])
    }

    @Test("A personal field of any kind repeats nothing that was written", arguments: FormField.Kind.allCases)
    func personal(kind: FormField.Kind) throws {
        var field = FormField.of(kind, most: 1, choices: ["甲"], personal: true)
        field.limits.hosts = ["a.cn"]
        field.limits.greatestNumber = DecimalNumber("1")
        field.limits.lastDate = CalendarDate("2000-01-01")
        for value in ["秘密 https://secret.example/", "77777", "2024-07-07", "2024-07-77"] {
            for judgement in field.judge(value) {
                #expect(!"\(judgement)".contains(/秘密|secret|77|07/), "\(judgement)")
            }
        }
    }

    @Test("A field writes its limits under their names, and only those that are set")
    func wire() throws {
        func wire(_ parameters: String) throws -> String {
            String(decoding: try WireJSON.data(try Self.field(parameters)), as: UTF8.self)
        }
        #expect(try wire("kind: url, hosts: [Bilibili.com]").contains(#""hosts":["bilibili.com"]"#))
        let number = try wire("kind: number, min: 0.50, max: 1000, unit: 人")
        #expect(
            number.contains(#""max":"1000""#) && number.contains(#""min":"0.5""#) && number.contains(#""unit":"人""#))
        #expect(try wire("kind: date, min: 2024年1月1日").contains(#""min":"2024-01-01""#))
        #expect(try wire("kind: text, min: 5").contains(#""minCharacters":5"#))
        #expect(
            try wire("kind: date")
                == #"{"choices":null,"kind":"date","label":{"en":"Label","zh":"标签"},"maxCharacters":null,"name":"field","others":null,"personal":false,"required":true,"toleranceMilliseconds":null}"#
        )
    }
}
