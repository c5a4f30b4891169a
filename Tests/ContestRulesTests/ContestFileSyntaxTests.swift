import MediaFacts
import Testing

@testable import ContestRules

/// Files that are no valid YAML, or YAML of another shape than a contest file.
@Suite("The YAML of a contest file")
struct ContestFileSyntaxTests {
    @Test(
        "`ContestFile` names file and line of a mistake in the YAML",
        arguments: [
            Mistake("tab", line: 14, "\tmin: 2m", "", "tab character"),
            Mistake(
                "unclosed bracket", SampleContest.text(line: 7, "categories: [剧情类, 纪实类"), (8, "", "not valid YAML")),
            Mistake("unclosed quote", SampleContest.text(line: 33, "  - {id: \"a}"), (34, "", "not valid YAML")),
            Mistake("two colons", line: 2, "id: test: 2026", "", "mapping values are not allowed"),
            Mistake("alias", line: 7, "categories: *none", "", "aliases"),
            Mistake("two documents", SampleContest.text + "---\nid: b\n", (34, "", "another document")),
            Mistake("control character", line: 9, "  - {id: \u{7}}", "", "not valid YAML"),
            Mistake("empty", "", (1, "", "must be a mapping")),
            Mistake("blank", "\n\n", (1, "", "must be a mapping")),
            Mistake("comment only", "# nothing\n", (1, "", "must be a mapping")),
            Mistake("list", "- id: a\n- id: b\n", (1, "", "must be a mapping")),
            Mistake("text", "schema clipcheck.contest/1", (1, "", "must be a mapping")),
            Mistake("JSON list", "[1, 2]", (1, "", "must be a mapping")),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test(
        "`ContestFile` names the second place of a repeated key",
        arguments: [
            Mistake("in a rule", line: 16, "    min: 3m", "min", "written twice"),
            Mistake("at the top", SampleContest.text + "revision: 2\n", (34, "revision", "written twice")),
            Mistake(
                "at the top, named like a rule's key", SampleContest.text + "id: again\n", (34, "id", "written twice")),
            Mistake("with quotes", line: 16, "    \"min\": 3m", "min", "written twice"),
            Mistake("before a space", line: 16, "    min : 3m", "min", "written twice"),
            Mistake(
                "on one line",
                SampleContest.text(line: 9, "  - {id: a, kind: readable, level: required, level: required}"),
                (9, "level", "written twice")),
            Mistake(
                "on one line, first of its rule", SampleContest.text(line: 9, "  - {id: a, id: b, kind: readable}"),
                (9, "id", "written twice")),
            Mistake("in the name", line: 4, "name: {zh: 测试, zh: 测试, en: Test}", "zh", "written twice"),
            Mistake(
                "with Windows line ends", SampleContest.text(line: 16, "    min: 3m").replacing("\n", with: "\r\n"),
                (16, "min", "written twice")),
        ])
    func repeatedKeys(mistake: Mistake) { mistake.check() }

    @Test("`ContestFile` reads Windows line ends and names the right lines")
    func windows() throws {
        let text = SampleContest.text.replacing("\n", with: "\r\n")
        #expect(try ContestFile.load(text, file: "t").rules.count == 6)
        let spoilt = SampleContest.text(line: 14, "    min: 5min").replacing("\n", with: "\r\n")
        #expect(problems(of: spoilt).map(\.line) == [14])
    }

    @Test("`ContestFile` ignores a byte order mark at the begin of a file")
    func byteOrderMark() throws {
        #expect(try ContestFile.load("\u{FEFF}" + SampleContest.text, file: "t").id == "test-2026")
    }

    @Test("`ContestFile` reads JSON")
    func json() throws {
        let text = """
            {"schema": "clipcheck.contest/1", "id": "a", "revision": 1, "name": {"zh": "测", "en": "T"},
             "source": {"document": "d", "issued": "2026-01-02"},
             "rules": [{"id": "readable", "kind": "readable", "level": "required", "clause": "能打开"}]}
            """
        #expect(try ContestFile.load(text, file: "t").rules.map(\.id) == ["readable"])
    }

    @Test("`ContestFile` refuses a key that is a list")
    func complexKey() {
        let text = SampleContest.text + "? [a, b]\n: c\n"
        #expect(problems(of: text).map(\.line) == [34])
        #expect(problems(of: text).first?.message.en.contains("a key must be a name") == true)
    }
}
