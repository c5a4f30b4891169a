import MediaFacts
import Testing

@testable import ContestRules

/// The head of a contest file: everything outside `rules`.
@Suite("A contest file")
struct ContestFileTests {
    @Test("is loaded whole")
    func sample() throws {
        let contest = try ContestFile.load(SampleContest.text, file: "test.yaml")
        #expect(contest.id == "test-2026" && contest.revision == 1)
        #expect(contest.name.zh == "测试" && contest.name.en == "Test")
        #expect(contest.source == Contest.Source(document: "测字〔2026〕1号", issued: "2026-01-02"))
        #expect(contest.window?.opens.text == "2026-01-02T00:00+08:00")
        #expect(contest.window?.closes.text == "2026-04-23T24:00+08:00")
        #expect(contest.categories == ["剧情类", "纪实类"])
        #expect(
            contest.rules.map(\.id) == [
                "readable", "duration", "aspect-ratio", "resolution", "container", "originality",
            ])
        #expect(
            contest.rules.map(\.kindName) == [
                "readable", "duration", "aspect-ratio", "resolution", "container", "person",
            ])
        #expect(contest.measurements == [.header, .packets])
    }

    @Test(
        "is told its mistakes by file, line and key",
        arguments: [
            Mistake("unknown key", line: 7, "colour: red", "colour", "known keys: categories, id"),
            Mistake("misspelt key", line: 7, "categorie: [a]", "categorie", "did you mean \"categories\""),
            Mistake("no schema", line: 1, nil, "schema", "missing"),
            Mistake(
                "later schema", line: 1, "schema: clipcheck.contest/3", "schema",
                "must be clipcheck.contest/1 or clipcheck.contest/2"),
            Mistake("no id", SampleContest.text(line: 2, nil), (1, "id", "missing")),
            Mistake("id in capitals", line: 2, "id: Test-2026", "id", "\"Test-2026\" is not lower-case"),
            Mistake("id with underscore", line: 2, "id: test_2026", "id", "hyphens"),
            Mistake("id with idle hyphen", line: 2, "id: test-", "id", "hyphens"),
            Mistake("id in Chinese", line: 2, "id: 测试", "id", "hyphens"),
            Mistake("id too long", line: 2, "id: \(String(repeating: "a", count: 65))", "id", "hyphens"),
            Mistake("empty id", line: 2, "id:", "id", "single value"),
            Mistake("no revision", SampleContest.text(line: 3, nil), (1, "revision", "missing")),
            Mistake("revision zero", line: 3, "revision: 0", "revision", "whole number from 1"),
            Mistake("negative revision", line: 3, "revision: -1", "revision", "whole number"),
            Mistake("half a revision", line: 3, "revision: 1.5", "revision", "\"1.5\""),
            Mistake("revision as list", line: 3, "revision: [1]", "revision", "single value"),
            Mistake("name is text", line: 4, "name: Test", "name", "mapping"),
            Mistake("name in one language", line: 4, "name: {zh: 测试}", "name.en", "missing"),
            Mistake(
                "name in three languages", line: 4, "name: {zh: 测试, en: Test, de: Test}", "name.de",
                "known keys: en, zh"),
            Mistake("no source", SampleContest.text(line: 5, nil), (1, "source", "missing")),
            Mistake("no document", line: 5, "source: {issued: 2026-01-02}", "source.document", "missing"),
            Mistake(
                "no such day", line: 5, "source: {document: a, issued: 2024-02-30}", "source.issued",
                "\"2024-02-30\" is not a date"),
            Mistake(
                "day in another order", line: 5, "source: {document: a, issued: 2.1.2026}", "source.issued",
                "like 2024-02-27"),
            Mistake(
                "day with a time", line: 5, "source: {document: a, issued: 2026-01-02T00:00Z}", "source.issued", "date"),
            Mistake("categories are text", line: 7, "categories: 剧情类", "categories", "list with at least one item"),
            Mistake("repeated category", line: 7, "categories: [剧情类, 纪实类, 剧情类]", "categories[2]", "listed twice"),
            Mistake("empty category", line: 7, "categories: [剧情类, \"\"]", "categories[1]", "category"),
            Mistake("category is a list", line: 7, "categories: [剧情类, [a]]", "categories[1]", "category"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test(
        "has a window that opens before it closes",
        arguments: [
            ("opens: 2026-01-02T00:00+08:00, closes: 2026-01-02T00:00+08:00", "closes", "closes before it opens"),
            ("opens: 2026-01-02T00:00+08:00, closes: 2025-12-31T24:00+08:00", "closes", "closes before it opens"),
            ("opens: 2026-01-02T00:00+08:00, closes: 2026-01-01T16:00Z", "closes", "closes before it opens"),
            ("opens: 2024-02-30T00:00+08:00, closes: 2026-04-23T24:00+08:00", "opens", "time with offset"),
            ("opens: 2026-01-02T00:00+08:00, closes: 2026-04-23T24:01+08:00", "closes", "time with offset"),
            ("opens: 2026-01-02, closes: 2026-04-23T24:00+08:00", "opens", "time with offset"),
            ("opens: 2026-01-02T00:00, closes: 2026-04-23T24:00+08:00", "opens", "time with offset"),
            ("opens: 2026-01-02T00:00+08:00", "closes", "missing"),
            ("closes: 2026-04-23T24:00+08:00", "opens", "missing"),
            (
                "opens: 2026-01-02T00:00+08:00, closes: 2026-04-23T24:00+08:00, close: x", "close",
                "did you mean \"closes\""
            ),
        ])
    func window(window: String, key: String, fragment: String) {
        Mistake(window, SampleContest.text(line: 6, "window: {\(window)}"), (6, "window.\(key)", fragment)).check()
    }

    @Test("may go without window and categories, and end a window at 24:00")
    func optional() throws {
        #expect(try ContestFile.load(SampleContest.text(line: 6, nil), file: "t").window == nil)
        #expect(try ContestFile.load(SampleContest.text(line: 7, nil), file: "t").categories.isEmpty)
        let oneDay = SampleContest.text(line: 6, "window: {opens: 2026-01-02T00:00Z, closes: 2026-01-02T24:00Z}")
        let window = try #require(try ContestFile.load(oneDay, file: "t").window)
        #expect(window.closes.secondsSinceEpoch - window.opens.secondsSinceEpoch == 86_400)
    }

    @Test("is told all its mistakes at once, in the order of the file")
    func several() {
        let text = SampleContest.text
            .replacing("revision: 1", with: "revision: none")
            .replacing("categories:", with: "categoris:")
            .replacing("min: 2m", with: "min: 5min")
            .replacing("clause: 拍摄格式为16:9", with: "claus: 拍摄格式为16:9")
            .replacing("allowed: [mp4, mov]", with: "allowed: [mp4, mp5]")
        Mistake(
            "several", text, (3, "revision", "whole number"), (7, "categoris", "categories"),
            (14, "rules[1].min", "\"5min\""), (17, "rules[2].clause", "missing"), (20, "rules[2].claus", "clause"),
            (32, "rules[4].allowed[1]", "\"mp5\"")
        ).check()
    }

    @Test("is told its mistakes in one line each")
    func lines() {
        let error = #expect(throws: ContestFileError.self) {
            try ContestFile.load(SampleContest.text(line: 14, "    min: 5min"), file: "contests/test.yaml")
        }
        #expect(
            error?.lines(.english) == [
                "contests/test.yaml:14:10: rules[1].min: \"5min\" is not a length with unit, like 2m, 90s, 500ms or 1m30s; "
                    + "schema: clipcheck.contest/2 accepts it"
            ])
        #expect(error?.lines(.chinese).first?.hasPrefix("contests/test.yaml:14:10: rules[1].min: 无法识别“5min”") == true)
    }
}
