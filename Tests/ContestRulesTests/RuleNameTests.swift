import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("The name of a rule")
struct RuleNameTests {
    private static func text(_ name: String?) -> String {
        SecondSchema.text("duration", "max: 30s" + (name.map { ", name: \($0)" } ?? ""))
    }

    private static func rule(_ name: String?) throws -> Rule {
        try #require(try ContestFile.load(text(name), file: "test.yaml").rules.last)
    }

    @Test(
        "A rule of `clipcheck.contest/2` takes its title from `name`, without blanks at the ends",
        arguments: [
            ("{zh: 预告片时长, en: Length of the trailer}", "预告片时长", "Length of the trailer"),
            ("{en: \"  Trailer \", zh: \" 预告片　\"}", "预告片", "Trailer"),
            ("{zh: \(String(repeating: "长", count: 40)), en: a}", String(repeating: "长", count: 40), "a"),
        ])
    func own(name: String, zh: String, en: String) throws {
        let rule = try Self.rule(name)
        #expect(rule.name == LocalizedText(zh: zh, en: en))
        #expect(rule.title == LocalizedText(zh: zh, en: en))
    }

    @Test("A rule without `name` has the title of its kind")
    func kind() throws {
        #expect(try Self.rule(nil).name == nil)
        #expect(try Self.rule(nil).title == DurationRule.title)
        #expect(Set(RuleFile.kinds.map { $0.title.zh }).count == RuleFile.kinds.count)
        #expect(Set(RuleFile.kinds.map { $0.title.en }).count == RuleFile.kinds.count)
    }

    @Test("A person's rule may have a name")
    func person() throws {
        let text = SecondSchema.text("person", "name: {zh: 原创, en: Original work}")
        let contest = try ContestFile.load(text, file: "test.yaml")
        #expect(contest.rules.last?.title.zh == "原创")
        #expect(contest.checklist(for: .facts(.sample())).map(\.name?.zh) == ["人工判断", "原创"])
    }

    private static let mistakes: [Mistake] = [
        ("{zh: 时长}", ".name.en", "the key \"en\" is missing"), ("{en: Length}", ".name.zh", "\"zh\" is missing"),
        ("{zh: \" \", en: Length}", ".name.zh", "must be a single value"),
        ("{zh: \"\\u3000\", en: Length}", ".name.zh", "must be a single value"),
        ("{zh: [时长], en: Length}", ".name.zh", "must be a single value"),
        ("{zh: \(String(repeating: "长", count: 41)), en: Length}", ".name.zh", "at most 40 characters"),
        ("{zh: \"e\(String(repeating: "\\u0301", count: 40))\", en: Length}", ".name.zh", "at most 40 characters"),
        ("{zh: 时长, en: \(String(repeating: "a", count: 41))}", ".name.en", "at most 40 characters"),
        ("{zh: \"时\\n长\", en: Length}", ".name.zh", "without line breaks"),
        ("{zh: \"时\\e[2J长\", en: Length}", ".name.zh", "control characters"),
        ("{zh: \"时\\u202e长\", en: Length}", ".name.zh", "control characters"),
        ("{zh: 时长, en: Length, fr: Durée}", ".name.fr", "unknown key \"fr\""),
        ("时长", ".name", "must be a mapping"),
    ].map { name, key, fragment in Mistake(name, text(name), (35, "rules[6]" + key, fragment)) }

    @Test(
        "The loader refuses a name that is missing in one language, blank, too long or not shown", arguments: mistakes)
    func mistake(mistake: Mistake) { mistake.check() }

    @Test("`clipcheck.contest/1` has no key `name` for rules, and the message names the schema that has it")
    func firstSchema() {
        let rule = "  - {id: length, kind: duration, level: required, clause: 原文, max: 5m, name: {zh: 时长, en: Length}}"
        let problems = problems(of: SampleContest.text(rule: rule))
        #expect(problems.map(\.key) == ["rules[6].name"])
        #expect(problems.first?.message.en.hasSuffix("to use it, write schema: clipcheck.contest/2") == true)
    }

    @Test("The wire form of a rule contains `name` only when the contest file gives one, and the digest covers it")
    func wire() throws {
        let (plain, named) = (try Self.rule(nil), try Self.rule("{zh: 预告片, en: Trailer}"))
        #expect(!String(decoding: try WireJSON.data(plain), as: UTF8.self).contains("\"name\""))
        #expect(
            String(decoding: try WireJSON.data(named), as: UTF8.self)
                .contains(#""name":{"en":"Trailer","zh":"预告片"}"#))
        let texts = [nil, "{zh: 预告片, en: Trailer}", "{zh: 预告片, en: Teaser}"].map(Self.text)
        #expect(Set(try texts.map { try ContestFile.load($0, file: "test.yaml").digest }).count == 3)
    }
}
