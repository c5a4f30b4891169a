import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("form")
struct FormRuleTests {
    private static let form = FormRule(fields: [
        .of(.text, "title", most: 20), .of(.phone, "phone"), .of(.text, "honours", required: false),
        .of(.text, "contact", personal: true),
    ])
    private static let good = ["title": "守信的故事", "phone": "13800138000", "contact": "张三"]

    private static func judge(_ fields: [String: String]) -> [Judgement] {
        form.judge(Submission(fields: fields), in: .admitting())
    }

    @Test("`FormRule` passes once when every field meets the form")
    func pass() throws {
        let judgements = Self.judge(Self.good)
        #expect(judgements.count == 1)
        let judgement = try #require(judgements.first)
        judgement.expect(.pass, zh: ["表单"], en: ["form"])
        #expect(judgement.field == nil)
    }

    @Test("`FormRule` names each field that does not meet the form, in the order of the form")
    func several() {
        let judgements = Self.judge(["phone": "1", "title": String(repeating: "长", count: 21)])
        #expect(judgements.map(\.field) == ["title", "phone", "contact"])
        #expect(judgements.map(\.reason) == ["too-long", "phone", "missing"])
        for judgement in judgements { judgement.expectWords() }
    }

    @Test(
        "`FormRule` reports an invisible value as missing",
        arguments: ["", " ", "\u{3000}\t\r\n", "\u{200B}\u{FEFF}", "\u{A0}\u{3164}"])
    func blank(value: String) throws {
        let judgements = Self.judge(Self.good.merging(["title": value]) { $1 })
        #expect(judgements.map(\.field) == ["title"])
        try #require(judgements.first).expect(
            .fail, "missing", zh: ["“标签title”", "未填写"], en: ["\"Label title\"", "missing"])
        #expect(Self.judge(Self.good.merging(["honours": value]) { $1 }).map(\.outcome) == [.pass])
    }

    @Test("`FormRule` accepts an empty optional field and judges a filled one")
    func optional() {
        let form = FormRule(fields: [.of(.email, required: false)])
        let contest = Contest.admitting()
        #expect(form.judge(Submission(), in: contest).map(\.outcome) == [.pass])
        #expect(form.judge(Submission(fields: ["field": "无"]), in: contest).map(\.reason) == ["email"])
    }

    @Test(
        "`FormRule` finds a field under its name and under its labels",
        arguments: ["title", "标签title", "Label title", " title "])
    func keys(key: String) {
        var fields = Self.good
        fields["title"] = nil
        fields[key] = "守信"
        #expect(Self.judge(fields).map(\.outcome) == [.pass])
    }

    @Test("`FormRule` fails a field that was sent under several names with different values")
    func conflict() throws {
        let judgements = Self.judge(Self.good.merging(["标签phone": "13900139001"]) { $1 })
        #expect(judgements.map(\.field) == ["phone"])
        let judgement = try #require(judgements.first)
        judgement.expect(.fail, "conflict", zh: ["只保留一个"], en: ["keep one"])
        #expect(!"\(judgement)".contains("138") && !"\(judgement)".contains("139"))
        #expect(Self.judge(Self.good.merging(["标签phone": " 13800138000 "]) { $1 }).map(\.outcome) == [.pass])
        #expect(Self.judge(Self.good.merging(["标签phone": " "]) { $1 }).map(\.outcome) == [.pass])
    }

    @Test("`FormRule` ignores fields that the form lacks")
    func unknown() {
        #expect(Self.judge(Self.good.merging(["微信": "x", "TITLE": "y"]) { $1 }).map(\.outcome) == [.pass])
    }

    @Test(
        "`FormRule` counts 字 against the limit of a text",
        arguments: [
            ("十个字十个字十个字一", nil), ("十个字十个字十个字一二", "11"), ("hello world 十个字十个字十个", nil), ("a b c d e f g h i j k", "11"),
        ]
            as [(String, String?)])
    func length(value: String, measured: String?) throws {
        let judgements = FormField.of(.text, most: 10).judge(value)
        #expect(judgements.first?.measured == measured)
        guard measured != nil else {
            #expect(judgements.map(\.outcome) == [.pass])
            return
        }
        let judgement = try #require(judgements.first)
        judgement.expect(.fail, "too-long", zh: ["共 11 字", "不超过 10 字", "删减 1 字"], en: ["11", "at most 10", "by 1"])
        #expect(judgement.required == "≤ 10")
    }

    @Test("`FormRule` refuses impossible telephone numbers and e-mail addresses, and repeats neither")
    func contacts() throws {
        #expect(FormField.of(.phone).judge("0536-8234567转801").map(\.outcome) == [.pass])
        #expect(FormField.of(.email).judge(" z@example.com ").map(\.outcome) == [.pass])
        for (kind, value, reason) in [
            (FormField.Kind.phone, "1380013800", "phone"), (.email, "zhangsan.example.com", "email"),
        ] {
            let judgement = try #require(FormField.of(kind).judge(value).first)
            judgement.expect(.fail, reason)
            #expect(!"\(judgement)".contains(value))
        }
    }

    @Test("`FormRule` leaves another choice to a person where the list is open")
    func choice() throws {
        let closed = FormField.of(.choice, choices: ["剧情类", "纪实类"])
        let open = FormField.of(.choice, choices: ["剧情类", "纪实类"], others: true)
        for field in [closed, open] {
            #expect(field.judge(" 纪实类 ").map(\.outcome) == [.pass])
            #expect(field.judge("动画类").first?.measured == "动画类")
        }
        try #require(closed.judge("动画类").first).expect(
            .fail, "choice", zh: ["动画类", "剧情类、纪实类", "重新选择"], en: ["choose one"])
        try #require(open.judge("动画类").first).expect(
            .review, "open-list", zh: ["动画类", "剧情类、纪实类", "人工确认"], en: ["a person decides"])
    }

    @Test("`FormRule` repeats a value only in a field that is not personal, shortened and without telephone numbers")
    func shown() throws {
        let field = FormField.of(.choice, choices: ["甲"], others: true)
        let long = try #require(field.judge(String(repeating: "长", count: 1000)).first)
        #expect(long.measured == String(repeating: "长", count: 40) + "…")
        let phone = try #require(field.judge("找我 138-0013-8000").first)
        #expect(phone.measured == "找我 138****8000" && !phone.message.zh.contains("0013"))
        let personal = try #require(FormField.of(.choice, choices: ["甲"], personal: true).judge("乙").first)
        #expect(personal.measured == nil && !personal.message.zh.contains("乙"))
    }

    @Test("that is only encouraged advises")
    func encouraged() {
        let findings = Contest.admitting(Self.form, level: .encouraged).admission(of: Submission())
        #expect(findings.map(\.outcome) == [.advisory, .advisory, .advisory])
        #expect(findings.map(\.field) == ["title", "phone", "contact"])
    }

    @Test(
        "protects contacts, what is marked, and what it does not know",
        arguments: [
            ("phone", true), ("标签phone", true), ("contact", true), (" Label contact ", true), ("title", false),
            ("标签title", false), ("honours", false), ("Title", true), ("微信", true), ("", true),
        ])
    func personal(key: String, isPersonal: Bool) {
        #expect(Self.form.isPersonal(key) == isPersonal)
        #expect(FormField.of(.email).isPersonal && FormField.of(.phone).isPersonal && !FormField.of(.text).isPersonal)
    }
}

@Suite("A declared length")
struct DeclaredLengthTests {
    private let field = FormField.of(.duration, tolerance: .seconds(1))

    @Test(
        "A declared length may differ by the tolerance, and no millisecond more",
        arguments: [
            ("2分30秒", 150_000, .pass), ("2:30", 151_000, .pass), ("150秒", 149_000, .pass), ("2'30\"", 151_001, .fail),
            ("００:02:30", 148_999, .fail), ("2分30秒", 0, .fail), ("2分26秒", 146_140, .pass), ("99999秒", 150_000, .fail),
        ] as [(String, Int, Finding.Outcome)])
    func tolerance(value: String, milliseconds: Int, outcome: Finding.Outcome) {
        let judgements = field.judge(value, duration: .milliseconds(milliseconds), hasMedia: true)
        #expect(judgements.map(\.outcome) == [outcome])
        #expect(judgements.first?.reason == (outcome == .fail ? "length-contradiction" : nil))
    }

    @Test("The message about a declared length names the measured one")
    func message() throws {
        let judgement = try #require(field.judge("3分钟", duration: .milliseconds(146_140), hasMedia: true).first)
        judgement.expect(
            .fail, "length-contradiction", zh: ["3 分", "2 分 26.140 秒", "请按实际时长修改"], en: ["3 min", "2 min 26.140 s"])
        #expect(judgement.measured == "180.000 s / 146.140 s" && judgement.required == "≤ 1.000 s")
        #expect(judgement.field == "field")
    }

    @Test("A declared length is pending without media and undetermined without a measured length")
    func missing() throws {
        try #require(field.judge("2:30").first).expect(.pending, "no-media")
        try #require(field.judge("2:30", hasMedia: true).first).expect(.undetermined, "not-measured")
    }

    @Test("An unreadable declared length fails, with and without media", arguments: [false, true])
    func unreadable(hasMedia: Bool) throws {
        let judgement = try #require(field.judge("约三分钟", duration: .seconds(180), hasMedia: hasMedia).first)
        judgement.expect(.fail, "duration-format", zh: ["2分30秒"], en: ["2:30"])
        #expect(judgement.measured == "约三分钟")
    }

    @Test("`FieldCheck` judges absurd lengths without trapping")
    func absurd() async {
        await #expect(processExitsWith: .success) {
            for length in [Int64.min, .max] {
                _ = FormField.of(.duration).judge("2:30", duration: .milliseconds(length), hasMedia: true)
            }
        }
    }
}
