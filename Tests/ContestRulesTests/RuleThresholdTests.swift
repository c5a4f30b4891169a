import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// What counts as black, frozen, silent and as a bar is a parameter of the rule.
@Suite("The thresholds of a rule")
struct RuleThresholdTests {
    /// A rule of `kind` on line 34 whose parameters are on line 35.
    private static func rule(_ kind: String, _ parameters: String, id: String = "one-more") -> String {
        """
          - {id: \(id), kind: \(kind), level: encouraged, clause: 原文,
            \(parameters)}
        """
    }

    private static func mistake(_ kind: String, _ parameters: String, _ key: String, _ fragment: String) -> Mistake {
        Mistake(
            "\(kind) \(parameters)", SampleContest.text(rule: rule(kind, parameters)),
            (35, "rules[6].\(key)", fragment))
    }

    @Test(
        "A threshold without its unit or out of its range is reported with line and key",
        arguments: [
            mistake("black", "longest: 9s, darkness: 10", "darkness", "\"10\" is not a percentage"),
            mistake("black", "longest: 9s, darkness: 0.9%", "darkness", "must be from 1% to 50%"),
            mistake("black", "longest: 9s, darkness: 50.01%", "darkness", "must be from 1% to 50%"),
            mistake("black", "longest: 9s, darkness: 10.123%", "darkness", "percentage"),
            mistake("black", "longest: 9s, darkness: １0%", "darkness", "percentage"),
            mistake("black", "longest: 9s, area: 49%", "area", "must be from 50% to 100%"),
            mistake("black", "longest: 9s, area: 100.5%", "area", "percentage"),
            mistake("black", "longest: 9s, area: 0.98", "area", "percentage"),
            mistake("black", "longest: 9s, movement: 1%", "movement", "unknown key"),
            mistake("freeze", "longest: 9s, movement: 0%", "movement", "must be from 0.1% to 5%"),
            mistake("freeze", "longest: 9s, movement: 6%", "movement", "must be from 0.1% to 5%"),
            mistake("freeze", "longest: 9s, darkness: 6%", "darkness", "unknown key"),
            mistake("silence", "longest: 9s, below: -60", "below", "\"-60\" is not a level with unit"),
            mistake("silence", "longest: 9s, below: -60dB", "below", "level with unit, like -60dBFS"),
            mistake("silence", "longest: 9s, below: 60dBFS", "below", "must be from -90dBFS to -20dBFS"),
            mistake("silence", "longest: 9s, below: -19.9dBFS", "below", "must be from -90dBFS to -20dBFS"),
            mistake("silence", "longest: 9s, below: -100dBFS", "below", "level with unit"),
            mistake("active-picture", "allowed: [\"16:9\"], darkness: 0.5%", "darkness", "must be from 1% to 25%"),
            mistake("active-picture", "allowed: [\"16:9\"], darkness: 26%", "darkness", "must be from 1% to 25%"),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test(
        "A rule's thresholds reach the contest's thresholds and the JSON, with their unit in the key",
        arguments: [
            ("black", "longest: 9s", ContentThresholds(), ["darknessPercent": 10, "areaPercent": 98]),
            (
                "black", "longest: 9s, darkness: 12.5%, area: 100%",
                ContentThresholds(blackDarknessPercent: 12.5, blackAreaPercent: 100),
                ["darknessPercent": 12.5, "areaPercent": 100]
            ),
            (
                "black", "longest: 9s, darkness: 1%, area: 50%",
                ContentThresholds(blackDarknessPercent: 1, blackAreaPercent: 50),
                ["darknessPercent": 1, "areaPercent": 50]
            ),
            ("freeze", "longest: 9s", ContentThresholds(), ["movementPercent": 0.49]),
            (
                "freeze", "longest: 9s, movement: 5%", ContentThresholds(freezeMovementPercent: 5),
                ["movementPercent": 5]
            ),
            ("silence", "longest: 9s", ContentThresholds(), ["belowDBFS": -60]),
            ("silence", "longest: 9s, below: -20dBFS", ContentThresholds(silenceDBFS: -20), ["belowDBFS": -20]),
            ("silence", "longest: 9s, below: -90dBFS", ContentThresholds(silenceDBFS: -90), ["belowDBFS": -90]),
            ("active-picture", "allowed: [\"16:9\"]", ContentThresholds(), ["darknessPercent": 4.6]),
            (
                "active-picture", "allowed: [\"16:9\"], darkness: 25%", ContentThresholds(barDarknessPercent: 25),
                ["darknessPercent": 25]
            ),
        ] as [(String, String, ContentThresholds, [String: Double])])
    func wire(kind: String, parameters: String, thresholds: ContentThresholds, onWire: [String: Double]) throws {
        let contest = try ContestFile.load(
            SampleContest.text(rule: Self.rule(kind, parameters)), file: "test.yaml")
        #expect(contest.thresholds == thresholds)
        let data = try JSONEncoder().encode(try #require(contest.rules.last))
        let tree = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let written = try #require(tree["parameters"] as? [String: Any])
        for (key, value) in onWire { #expect(written[key] as? Double == value, "\(key)") }
        #expect(written.count == onWire.count + (kind == "active-picture" ? 3 : 1), "nothing else is lost")
    }

    @Test(
        "Two rules of a contest that set different values for one threshold are a mistake",
        arguments: [
            ("black", "longest: 9s, darkness: 12%", "longest: 5s, darkness: 15%", "darkness", "15%", "12%"),
            ("black", "longest: 9s, area: 90%", "longest: 5s", "area", "98%", "90%"),
            ("freeze", "longest: 9s", "longest: 5s, movement: 0.5%", "movement", "0.5%", "0.49%"),
            ("silence", "longest: 9s", "longest: 5s, below: -45.5dBFS", "below", "-45.5dBFS", "-60dBFS"),
            (
                "active-picture", "allowed: [\"16:9\"]", "allowed: [\"4:3\"], darkness: 5%", "darkness", "5%", "4.6%"
            ),
        ])
    func conflict(kind: String, one: String, other: String, key: String, here: String, there: String) throws {
        let text = SampleContest.text(
            rule: Self.rule(kind, one, id: "early") + "\n" + Self.rule(kind, other, id: "late"))
        let found = problems(of: text)
        #expect(found.map(\.key) == ["rules[7].\(key)"])
        #expect(found.first.map { (36...37).contains($0.line) } == true)
        for word in ["early", "late", here, there] {
            #expect(found.first?.message.en.contains(word) == true, "\(word) in \(found)")
        }
        for word in ["early", here, there] { #expect(found.first?.message.zh.contains(word) == true) }
        let agreeing = SampleContest.text(
            rule: Self.rule(kind, other, id: "early") + "\n" + Self.rule(kind, other, id: "late"))
        #expect(try ContestFile.load(agreeing, file: "test.yaml").rules.count == 8)
    }

    @Test("`darkness` of `black` and of `active-picture` are two thresholds")
    func twoDarknesses() throws {
        let rules =
            Self.rule("black", "longest: 9s, darkness: 12%", id: "black") + "\n"
            + Self.rule("active-picture", "allowed: [\"16:9\"], darkness: 6%", id: "bars")
        let contest = try ContestFile.load(SampleContest.text(rule: rules), file: "test.yaml")
        #expect(contest.thresholds == ContentThresholds(blackDarknessPercent: 12, barDarknessPercent: 6))
    }

    @Test("Facts that were measured with other thresholds leave the rule undetermined")
    func otherThresholds() {
        let rules: [(any ContentRule, ContentThresholds)] = [
            (BlackRule(longest: .seconds(10)), ContentThresholds(blackAreaPercent: 90)),
            (FreezeRule(longest: .seconds(10)), ContentThresholds(freezeMovementPercent: 1)),
            (SilenceRule(longest: .seconds(10)), ContentThresholds(silenceDBFS: -50)),
            (ActivePictureRule(allowed: [.one]), ContentThresholds(barDarknessPercent: 5)),
        ]
        for (rule, thresholds) in rules {
            var facts = MediaFacts.sample()
            facts.content = ContentFacts(
                depth: .standard, thresholds: thresholds, picture: PictureContent(framesExamined: 1, frames: 1),
                sound: SoundContent())
            rule.judge(facts).expect(.undetermined, "other-thresholds", zh: ["阈值"], en: ["thresholds"])
            // What another rule counts by does not matter.
            LoudnessRule(softest: nil, loudest: -10).judge(facts).expect(.pass, "silent")
        }
    }
}
