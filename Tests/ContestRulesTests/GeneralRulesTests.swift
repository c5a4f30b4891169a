import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("general")
struct GeneralRulesTests {
    /// A file of `clipcheck.contest/2` with the rules that a notice would have; its rules begin on line 7.
    private static func text(
        general: String? = nil,
        rules: String = "  - {id: format, kind: container, level: required, clause: 格式mp4, allowed: [mp4]}"
    ) -> String {
        """
        schema: clipcheck.contest/2
        id: test-2026
        revision: 1
        name: {zh: 测试, en: Test}
        source: {document: 测字〔2026〕1号, issued: 2026-01-02}
        rules:
        \(rules)
        \(general.map { "general: \($0)" } ?? "")
        """
    }

    private static func contest(general: String? = nil, rules: String? = nil) throws -> Contest {
        let text = rules.map { Self.text(general: general, rules: $0) } ?? Self.text(general: general)
        return try ContestFile.load(text, file: "test.yaml")
    }

    @Test("A file has the usual general rules before its own ones", arguments: [nil, "usual"])
    func usual(general: String?) throws {
        let rules = try Self.contest(general: general).rules
        #expect(
            rules.map { "\($0.id) \($0.kindName) \($0.level)" } == [
                "readable readable required", "has-video has-video required", "complete-file complete-file required",
                "decodable decodable required", "true-length true-length required", "upright upright required",
                "has-audio has-audio encouraged", "black black encouraged", "freeze freeze encouraged",
                "silence silence encouraged", "format container required",
            ])
        #expect(rules.dropLast().allSatisfy { $0.clause == "通用要求（本工具所定）" && $0.decision == nil })
    }

    @Test("A file that is not whole, though its notice does not mention that, is non-compliant")
    func halfAFile() throws {
        var facts = MeasuredKinds.measured()
        #expect(Verdict(try Self.contest().findings(for: .facts(facts))) == .compliant)
        facts.integrity.add(IntegrityProblem(.truncated))
        #expect(Verdict(try Self.contest().findings(for: .facts(facts))) == .nonCompliant)
        #expect(Verdict(try Self.contest(general: "none").findings(for: .facts(facts))) == .compliant)
    }

    @Test("`general: none` leaves `readable` alone, so that a broken file is non-compliant")
    func none() throws {
        let contest = try Self.contest(general: "none")
        #expect(contest.rules.map(\.id) == ["readable", "format"])
        #expect(contest.depth == .quick)
        #expect(Verdict(contest.findings(for: .unread(unreadable(.damaged)))) == .nonCompliant)
    }

    @Test("A rule with the id of a general one replaces it and keeps its place in the file")
    func replaced() throws {
        let rules = try Self.contest(
            rules: """
                  - {id: black, kind: black, level: required, clause: 无黑屏, longest: 2s, darkness: 12%}
                  - {id: upright, kind: person, level: encouraged, clause: 画面端正}
                """
        ).rules
        #expect(
            rules.map(\.id) == [
                "readable", "has-video", "complete-file", "decodable", "true-length", "has-audio", "freeze", "silence",
                "black", "upright",
            ])
        #expect(rules.map(\.clause).suffix(2) == ["无黑屏", "画面端正"])
    }

    @Test("A rule that disagrees with the threshold of a general one is told how to replace that one")
    func thresholds() throws {
        let rule = "  - {id: no-black, kind: black, level: required, clause: 无黑屏, longest: 2s, darkness: 12%}"
        Mistake(
            "threshold", Self.text(rules: rule),
            (
                7, "rules[0].darkness",
                "\"no-black\" has 12% and \"black\" 10%: a file is measured once, so darkness must be the same in both; "
                    + "\"black\" is a general rule, which a rule with the id black replaces"
            )
        ).check()
        #expect(try Self.contest(general: "none", rules: rule).thresholds.blackDarknessPercent == 12)
        #expect(try Self.contest(rules: rule.replacing(", darkness: 12%", with: "")).rules.count == 11)
    }

    @Test("A `readable` that is replaced by something weaker is refused")
    func weakReadable() {
        for rule in [
            "  - {id: readable, kind: readable, level: encouraged, clause: 能打开}",
            "  - {id: readable, kind: person, level: required, clause: 能打开}",
        ] {
            Mistake(rule, Self.text(rules: rule), (7, "rules", "required rule of kind readable is missing")).check()
        }
    }

    @Test("`general` is usual or none, and schema 1 does not have it")
    func mistakes() {
        Mistake("other", Self.text(general: "all"), (8, "general", "\"all\" is not usual or none")).check()
        Mistake(
            "first schema", SampleContest.text(line: 7, "general: usual"),
            (7, "general", "unknown key \"general\" in clipcheck.contest/1")
        ).check()
    }

    @Test("Files that write the same rules have the same digest, whether or not they are general")
    func digest() throws {
        #expect(try Self.contest().digest == Self.contest(general: "usual").digest)
        #expect(try Self.contest().digest != Self.contest(general: "none").digest)
    }
}
