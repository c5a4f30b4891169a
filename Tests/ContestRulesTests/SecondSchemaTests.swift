import MediaFacts
import Testing

@testable import ContestRules

@Suite("clipcheck.contest/2")
struct SecondSchemaTests {
    @Test("A contest keeps the schema of its file and writes it")
    func schema() throws {
        let contest = try ContestFile.load(SecondSchema.text("has-video"), file: "test.yaml")
        #expect(contest.schema == .second)
        #expect(
            String(decoding: try WireJSON.data(contest), as: UTF8.self).contains(#""schema":"clipcheck.contest/2""#))
        let first = try ContestFile.load(SampleContest.text, file: "test.yaml")
        #expect(first.schema == .first && first.digest != contest.digest)
    }

    @Test(
        "A key that schema 1 lacks is refused there, and the message names schema 2",
        arguments: [
            ("duration", "allowed: [15s]", "allowed"), ("resolution", "max: 1920x1080", "max"),
            ("resolution", "shortSide: 1080", "shortSide"), ("resolution", "min: 1x1, of: stored", "of"),
            ("aspect-ratio", "from: \"9:20\", to: \"9:16\", tolerance: 1%", "from"),
            ("person", "blocking: true", "blocking"),
        ])
    func laterKeys(kind: String, parameters: String, key: String) throws {
        let text = SampleContest.text(
            rule: "  - {id: one-more, kind: \(kind), level: required, clause: 原文,\n    \(parameters)}")
        let found = problems(of: text)
        #expect(found.first?.line == 35 && found.first?.key == "rules[6].\(key)")
        #expect(
            found.first?.message.en
                == "unknown key \"\(key)\" in clipcheck.contest/1; to use it, write schema: clipcheck.contest/2")
        #expect(
            found.first?.message.zh
                == "clipcheck.contest/1 没有键“\(key)”；要使用它，请写 schema: clipcheck.contest/2")
        let inSecond = text.replacing("clipcheck.contest/1", with: "clipcheck.contest/2").replacing(
            "level: required, clause: 原文,", with: "level: encouraged, clause: 原文,")
        if kind != "person" { #expect(try ContestFile.load(inSecond, file: "test.yaml").schema == .second) }
    }

    @Test(
        "A kind that schema 1 lacks is refused there, and the message names schema 2",
        arguments: ["orientation", "any-of"])
    func laterKinds(kind: String) {
        Mistake(
            kind, line: 11, "    kind: \(kind)", "rules[1].kind",
            "unknown kind \"\(kind)\" in clipcheck.contest/1; to use it, write schema: clipcheck.contest/2"
        ).check()
    }

    @Test("A list of known kinds or keys names those of the file's schema")
    func knownNames() {
        let first = problems(of: SampleContest.text(line: 11, "    kind: smell")).first?.message.en ?? ""
        #expect(!first.contains("orientation") && first.contains("active-picture"))
        let second = problems(of: SecondSchema.text("smell")).first?.message.en ?? ""
        #expect(second.contains("orientation") && second.contains("any-of"))
        let keys = problems(of: SampleContest.text(line: 16, "    colour: red")).first?.message.en ?? ""
        #expect(!keys.contains("allowed"))
    }

    @Test("A spelling that schema 1 lacks is refused there, and the message names schema 2")
    func laterSpelling() {
        Mistake(
            "minutes in words", line: 14, "    min: 2分钟", "rules[1].min",
            "\"2分钟\" is not a length with unit, like 2m, 90s, 500ms or 1m30s; schema: clipcheck.contest/2 accepts it"
        ).check()
    }

    @Test("Every kind has a name of its own for people, in both languages")
    func titles() {
        let titles = RuleFile.kinds.map { $0.title }
        #expect(titles.allSatisfy { $0.zh.isChinese && !$0.en.isEmpty && !$0.en.isChinese })
        #expect(Set(titles.map(\.zh)).count == titles.count && Set(titles.map(\.en)).count == titles.count)
    }
}
