import MediaFacts
import Testing

@testable import ContestRules

/// What every rule of a contest file has: id, kind, level, clause.
@Suite("The rules of a contest file")
struct RuleFileTests {
    @Test(
        "A mistake in a rule is reported with its line and key",
        arguments: [
            Mistake(
                "no id", SampleContest.text(rule: "  - {kind: upright, level: required, clause: b}"),
                (34, "rules[6].id", "missing")),
            Mistake(
                "no kind", SampleContest.text(rule: "  - {id: a, level: required, clause: b}"),
                (34, "rules[6].kind", "missing")),
            Mistake("no level", SampleContest.text(line: 12, nil), (10, "rules[1].level", "missing")),
            Mistake("no clause", SampleContest.text(line: 13, nil), (10, "rules[1].clause", "missing")),
            Mistake("empty clause", line: 13, "    clause:", "rules[1].clause", "single value"),
            Mistake("blank clause", line: 13, "    clause: \"  \"", "rules[1].clause", "single value"),
            Mistake(
                "empty decision", SampleContest.text(line: 13, "    clause: a\n    decision: ''"),
                (14, "rules[1].decision", "single value")),
            Mistake(
                "unknown key", line: 16, "    colour: red", "rules[1].colour",
                "known keys: clause, decision, id, kind, level, max, min, tolerance"),
            Mistake(
                "misspelt key", line: 16, "    tolerence: 500ms", "rules[1].tolerence", "did you mean \"tolerance\""),
            Mistake("key of another kind", line: 16, "    sizes: [1920x1080]", "rules[1].sizes", "unknown key"),
            Mistake("unknown level", line: 12, "    level: optional", "rules[1].level", "required or encouraged"),
            Mistake("level in capitals", line: 12, "    level: Required", "rules[1].level", "\"Required\""),
            Mistake("bad id", line: 10, "  - id: Duration Rule", "rules[1].id", "hyphens"),
            Mistake("repeated id", line: 17, "  - id: duration", "rules[2].id", "\"duration\" is used twice"),
            Mistake("rule is text", SampleContest.text(rule: "  - duration"), (34, "rules[6]", "mapping")),
            Mistake("rule is a list", SampleContest.text(rule: "  - [duration]"), (34, "rules[6]", "mapping")),
            Mistake("no readable rule", line: 9, nil, "rules", "readable is missing"),
            Mistake(
                "readable rule only encouraged",
                SampleContest.text(line: 9, "  - {id: readable, kind: readable, level: encouraged, clause: 能打开}"),
                (9, "rules", "readable is missing")),
            Mistake(
                "merge key", SampleContest.text(line: 16, "    <<: {tolerance: 500ms}"),
                (16, "rules[1].<<", "unknown key")),
        ])
    func mistakes(mistake: Mistake) { mistake.check() }

    @Test(
        "A rule of unknown kind gives one problem, without follow-up problems",
        arguments: [
            Mistake("misspelt kind", line: 11, "    kind: duraton", "rules[1].kind", "did you mean \"duration\""),
            Mistake("unknown kind", line: 11, "    kind: smell", "rules[1].kind", "known kinds: readable, has-video"),
            Mistake("kind in capitals", line: 11, "    kind: Duration", "rules[1].kind", "did you mean \"duration\""),
            Mistake("no kind, but its keys", SampleContest.text(line: 11, nil), (10, "rules[1].kind", "missing")),
        ])
    func unknownKind(mistake: Mistake) { mistake.check() }

    @Test("A broken `readable` rule is not also reported as missing")
    func spoiltReadable() {
        let rule = "  - {id: readable, kind: readable, level: required}"
        Mistake("no clause", line: 9, rule, "rules[0].clause", "missing").check()
    }

    @Test("`rules` must be a list of one rule or more", arguments: ["rules: []", "rules: {}", "rules: none", "rules:"])
    func noRules(rules: String) {
        let head = SampleContest.text.split(separator: "\n").prefix(7).joined(separator: "\n")
        Mistake(rules, head + "\n" + rules, (8, "rules", "list with at least one item")).check()
    }

    @Test("A contest file without `rules` is rejected")
    func forgottenRules() {
        let head = SampleContest.text.split(separator: "\n").prefix(7).joined(separator: "\n")
        Mistake("no rules", head, (1, "rules", "missing")).check()
    }

    @Test("Rules that no picture can meet together are rejected")
    func contradiction() {
        let portrait = SampleContest.text(line: 21, "    allowed: [\"9:16\"]")
        let found = problems(of: portrait)
        #expect(found.count == 1)
        #expect(found.first?.key.hasPrefix("rules") == true)
        #expect(found.first?.message.en.contains("no listed size is 9:16") == true)
        #expect(found.first?.message.zh.contains("9:16") == true)
    }

    @Test(
        "Rules that some picture can meet together are accepted",
        arguments: [
            // One listed size of the right shape is enough.
            SampleContest.text(line: 27, "    sizes: [1440x1080, 1920x1080]"),
            // A rule that is only encouraged refuses nothing.
            SampleContest.text(line: 19, "    level: encouraged").replacing("[\"16:9\"]", with: "[\"9:16\"]"),
            SampleContest.text(line: 21, "    allowed: [\"9:16\", \"16:9\"]"),
            SampleContest.text(line: 27, "    sizes: [853x480]"),
            SampleContest.text(line: 27, "    min: 1x1"),
            // A turned picture will do, so 1080×1920 meets both.
            SampleContest.text(line: 27, "    sizes: [1920x1080]\n    turned: pass").replacing(
                "[\"16:9\"]", with: "[\"9:16\"]"),
        ])
    func noContradiction(text: String) throws {
        _ = try ContestFile.load(text, file: "test.yaml")
    }

    @Test("A rule's id has at most 64 characters")
    func longIds() throws {
        let longest = String(repeating: "a", count: 64)
        #expect(
            try ContestFile.load(SampleContest.text(line: 10, "  - id: \(longest)"), file: "t").rules[1].id == longest)
        #expect(problems(of: SampleContest.text(line: 10, "  - id: \(longest)a")).map(\.key) == ["rules[1].id"])
    }
}
