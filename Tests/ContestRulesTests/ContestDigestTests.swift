import Testing

@testable import ContestRules

@Suite("A contest's digest")
struct ContestDigestTests {
    private static func digest(_ text: String) throws -> String {
        try ContestFile.load(text, file: "test.yaml").digest
    }

    @Test("is a SHA-256")
    func shape() throws {
        #expect(try Self.digest(SampleContest.text).wholeMatch(of: /sha256:[0-9a-f]{64}/) != nil)
        #expect(try Self.digest(SampleContest.text) == Self.digest(SampleContest.text))
    }

    @Test(
        "is the same for the same rules, however they are laid out",
        arguments: [
            "# a comment\n" + SampleContest.text, SampleContest.text + "\n\n# the end\n",
            SampleContest.text(line: 14, "    min:   2m   # two minutes"),
            SampleContest.text(line: 14, "    min: 120s"),
            SampleContest.text(line: 14, "    \"min\": \"2m\""),
            SampleContest.text(line: 4, "name:\n  en: Test\n  zh: 测试"),
            SampleContest.text(line: 27, "    sizes:\n    - 1920*1080\n    - 2560×1440"),
            SampleContest.text(line: 32, "    allowed: [mp4, mov]\n    others: fail"),
            SampleContest.text.replacing("\n", with: "\r\n"),
            SampleContest.text(line: 14, nil).replacing("    max: 5m", with: "    max: 5m\n    min: 2m"),
        ])
    func layout(text: String) throws {
        #expect(try Self.digest(text) == Self.digest(SampleContest.text))
    }

    @Test(
        "is another when anything that the file says changes",
        arguments: [
            SampleContest.text(line: 2, "id: test-2027"), SampleContest.text(line: 3, "revision: 2"),
            SampleContest.text(line: 4, "name: {zh: 测试, en: Tests}"), SampleContest.text(line: 6, nil),
            SampleContest.text(line: 7, "categories: [纪实类, 剧情类]"), SampleContest.text(line: 10, "  - id: length"),
            SampleContest.text(line: 12, "    level: encouraged"),
            SampleContest.text(line: 13, "    clause: 时长 2-5 分钟"),
            SampleContest.text(line: 13, "    clause: 时长2-5分钟\n    decision: 含两端"),
            SampleContest.text(line: 14, "    min: 120001ms"), SampleContest.text(line: 14, nil),
            SampleContest.text(line: 15, "    max: 6m"), SampleContest.text(line: 16, "    tolerance: 501ms"),
            SampleContest.text(line: 16, nil), SampleContest.text(line: 21, "    allowed: [\"16:9\", \"4:3\"]"),
            SampleContest.text(line: 22, "    tolerance: 0.6%"), SampleContest.text(line: 22, "    tolerance: 0.501%"),
            SampleContest.text(line: 22, "    tolerance: 0.5001%"),
            SampleContest.text(line: 27, "    sizes: [1920x1080]"),
            SampleContest.text(line: 27, "    sizes: [1920x1080, 2560x1440]\n    turned: review"),
            SampleContest.text(line: 32, "    allowed: [mov, mp4]"),
            SampleContest.text(line: 32, "    allowed: [mp4, mov]\n    others: review"),
            SampleContest.text(line: 33, nil),
            SampleContest.text(
                line: 33, "  - {id: originality, kind: person, level: required, clause: 须为原创, createdIn: 2026}"),
        ])
    func content(text: String) throws {
        #expect(try Self.digest(text) != Self.digest(SampleContest.text))
    }

    @Test("is another when any word of a form changes")
    func form() throws {
        let fields = "{name: a, label: {zh: 甲, en: A}, kind: text, required: true, max: 9}"
        let rule = "  - {id: form, kind: form, level: required, clause: 表, fields: [\(fields)]}"
        let digest = try Self.digest(SampleContest.text(rule: rule))
        for (old, new) in [
            ("name: a", "name: b"), ("甲", "乙"), ("en: A", "en: B"), ("true", "false"), ("max: 9", "max: 8"),
            (", max: 9", ""), ("max: 9", "max: 9, personal: true"), ("text", "phone"),
        ] {
            let withoutLimit = new == "phone" ? rule.replacing(", max: 9", with: "") : rule
            let other = withoutLimit.replacing(old, with: new)
            #expect(try Self.digest(SampleContest.text(rule: other)) != digest, "\(old) -> \(new)")
        }
    }

    @Test("differs among the built-in contests")
    func builtIn() {
        #expect(Set(BuiltInContests.all.map(\.digest)).count == 3)
    }
}
