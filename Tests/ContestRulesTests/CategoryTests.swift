import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("Rules with categories")
struct CategoryTests {
    private static let head = """
        schema: clipcheck.contest/2
        id: two-kinds
        revision: 1
        name: {zh: 两类, en: Two kinds}
        source: {document: 通知, issued: 2024-02-27}
        general: none
        categories: [短视频, 微电影]
        rules:

        """
    private static let lengths = """
          - {id: short, kind: duration, level: required, clause: 短视频 15–60 秒, for: [短视频], min: 15s, max: 60s}
          - {id: film, kind: duration, level: required, clause: 微电影 3–10 分钟, for: [微电影], min: 3m, max: 10m}
          - {id: upright-only, kind: orientation, level: required, clause: 短视频须竖屏, for: [短视频], allowed: [portrait]}
          - {id: taste, kind: person, level: required, clause: 微电影须有剧情, for: [微电影]}

        """

    private static func contest(_ rules: String = lengths, head: String = head) throws -> Contest {
        try ContestFile.load(head + rules, file: "two.yaml")
    }

    private static func facts(seconds: Int, portrait: Bool = true) -> MediaFacts {
        portrait
            ? .sample(duration: .seconds(seconds), width: 1080, height: 1920) : .sample(duration: .seconds(seconds))
    }

    @Test(
        "a known category leaves out the rules of other categories",
        arguments: [
            ("短视频", 30, true, ["readable": "pass", "short": "pass", "upright-only": "pass"], Verdict.compliant),
            ("短视频", 240, true, ["readable": "pass", "short": "fail", "upright-only": "pass"], .nonCompliant),
            ("短视频", 30, false, ["readable": "pass", "short": "pass", "upright-only": "fail"], .nonCompliant),
            ("微电影", 240, false, ["readable": "pass", "film": "pass"], .compliant),
            ("微电影", 30, true, ["readable": "pass", "film": "fail"], .nonCompliant),
        ])
    func known(
        category: String, seconds: Int, portrait: Bool, outcomes: [String: String], verdict: Verdict
    ) throws {
        let findings = try Self.contest().findings(
            for: .facts(Self.facts(seconds: seconds, portrait: portrait)),
            declared: Declaration(category: category, source: .form))
        #expect(Dictionary(uniqueKeysWithValues: findings.map { ($0.rule, $0.outcome.rawValue) }) == outcomes)
        #expect(Verdict(findings) == verdict)
    }

    @Test(
        "without a category a finding stands only where every category ends the same way",
        arguments: [
            // 30 s suits one category only.
            (30, true, ["short": "pass", "film": "undetermined", "upright-only": "pass"], Verdict.needsReview),
            // Two minutes suit neither.
            (120, true, ["short": "fail", "film": "fail", "upright-only": "pass"], .nonCompliant),
            // A landscape picture breaks a rule that a film does not have.
            (240, false, ["short": "undetermined", "film": "pass", "upright-only": "undetermined"], .needsReview),
        ])
    func unknown(seconds: Int, portrait: Bool, outcomes: [String: String], verdict: Verdict) throws {
        let findings = try Self.contest().findings(for: .facts(Self.facts(seconds: seconds, portrait: portrait)))
        let found = Dictionary(uniqueKeysWithValues: findings.map { ($0.rule, $0.outcome.rawValue) })
        #expect(found == outcomes.merging(["readable": "pass"]) { own, _ in own })
        #expect(Verdict(findings) == verdict)
        for finding in findings where finding.outcome == .undetermined {
            #expect(finding.reason == "category-unknown")
            #expect(finding.message.zh.hasPrefix("未写明作品类别。如果作品属于"))
            #expect(finding.message.zh.hasSuffix("请写明类别（短视频、微电影）。"))
            #expect(finding.message.en.hasPrefix("No category is given. If the work belongs to "))
        }
    }

    @Test("a category that the contest does not have counts as unknown, and the message names it")
    func foreign() throws {
        let contest = try Self.contest()
        let declared = contest.declaration(of: ["category": " 纪录片 "])
        #expect(declared == Declaration(source: .form, unknownCategory: "纪录片"))
        let findings = contest.findings(for: .facts(Self.facts(seconds: 30)), declared: declared)
        let film = try #require(findings.first { $0.rule == "film" })
        #expect(film.message.zh.hasPrefix("“纪录片”不是本次征集的类别。如果作品属于微电影："))
        #expect(film.message.en.hasPrefix("\"纪录片\" is no category of this contest. If the work belongs to 微电影: "))
    }

    @Test("persons' items follow the category, and all are listed while it is unknown")
    func checklist() throws {
        let contest = try Self.contest()
        let facts = ProbeOutcome.facts(Self.facts(seconds: 30))
        func items(_ category: String?) -> [String] {
            contest.checklist(for: facts, declared: Declaration(category: category)).map(\.rule)
        }
        #expect(items("短视频") == [])
        #expect(items("微电影") == ["taste"])
        #expect(items(nil) == ["taste"])
    }

    @Test(
        "a category is found whatever its width and the spaces around it",
        arguments: [
            ("短视频", "短视频"), (" 短视频\u{3000}", "短视频"), ("VLOG", "Vlog"), ("ｖｌｏｇ", "Vlog"), ("短片", nil), ("", nil),
        ])
    func spelling(written: String, category: String?) throws {
        let head = Self.head.replacingOccurrences(of: "微电影]", with: "微电影, Vlog]")
        #expect(try Self.contest(head: head).category(written) == category)
    }

    @Test("a category from elsewhere counts before the form's, and a blank one does not")
    func sources() throws {
        let contest = try Self.contest()
        let form = ["category": "微电影", "title": "甲"]
        #expect(contest.declaration(of: form) == Declaration(category: "微电影", source: .form))
        #expect(
            contest.declaration(of: form, category: ("短视频", .folder)) == Declaration(category: "短视频", source: .folder))
        #expect(contest.declaration(of: form, category: (" ", .folder)) == Declaration(category: "微电影", source: .form))
        #expect(contest.declaration(of: [:]) == Declaration())
    }

    @Test("a report keeps the declaration as its scope, and one by rules without categories has none")
    func scope() throws {
        func report(_ contest: Contest, _ declared: Declaration) -> Report {
            Report(
                id: "1", createdAt: "2024-04-23T17:00:00.000+08:00", contest: contest,
                media: MediaReference(filename: "a.mp4", bytes: 1, sha256: nil),
                outcome: .facts(Self.facts(seconds: 30)), declared: declared,
                tool: ToolVersions(clipcheck: "1", ffmpeg: [:]))
        }
        let declared = Declaration(category: "短视频", source: .manifest)
        let scoped = report(try Self.contest(), declared)
        #expect(scoped.scope == declared)
        let json = String(decoding: try WireJSON.data(scoped), as: UTF8.self)
        #expect(json.contains(#""scope":{"category":"短视频","source":"manifest"}"#))
        #expect(try JSONDecoder().decode(Report.self, from: Data(json.utf8)) == scoped)
        let plain = report(
            try Self.contest(
                "",
                head: Self.head.replacingOccurrences(
                    of: "rules:\n", with: "rules: [{id: readable, kind: readable, level: required, clause: c}]\n")),
            declared)
        #expect(plain.scope == nil)
        #expect(!String(decoding: try WireJSON.data(plain), as: UTF8.self).contains("scope"))
    }

    @Test("a general rule that a category replaces stays for the other categories")
    func general() throws {
        let head = Self.head.replacingOccurrences(of: "general: none", with: "general: usual")
        let rules = "  - {id: upright, kind: upright, level: encouraged, clause: 短视频方向不限, for: [短视频]}\n"
        let contest = try Self.contest(rules, head: head)
        let upright = contest.rules.filter { $0.id == "upright" }
        #expect(upright.map(\.level) == [.required, .encouraged])
        #expect(upright.map(\.categories) == [["微电影"], ["短视频"]])
    }

    @Test(
        "a mistake under `for` is an error with its place",
        arguments: [
            ("for: [竖屏]", "应为以下类别之一：短视频、微电影", "one of the categories 短视频"),
            ("for: []", "应为非空列表", "must be a list with at least one item"),
            ("for: [短视频, 短视频]", "重复的值“短视频”", "\"短视频\" is listed twice"),
        ])
    func mistakes(written: String, zh: String, en: String) throws {
        let rule = "  - {id: a, kind: upright, level: required, clause: c, \(written)}\n"
        let error = #expect(throws: ContestFileError.self) { try Self.contest(rule) }
        let problem = try #require(error?.problems.first)
        #expect(problem.line == 9)
        #expect(problem.key.hasPrefix("rules[0].for"))
        #expect(problem.message.zh.contains(zh))
        #expect(problem.message.en.contains(en))
    }

    @Test("`for` in a file without categories, and a readable rule that leaves out works, are errors")
    func withoutCategories() throws {
        let bare = Self.head.replacingOccurrences(of: "categories: [短视频, 微电影]\n", with: "")
        let rule = "  - {id: a, kind: upright, level: required, clause: c, for: [短视频]}\n"
        let none = #expect(throws: ContestFileError.self) { try Self.contest(rule, head: bare) }
        #expect(none?.problems.map(\.key) == ["rules[0].for"])
        let first = bare.replacingOccurrences(of: "contest/2", with: "contest/1").replacingOccurrences(
            of: "general: none\n", with: "")
        let old = #expect(throws: ContestFileError.self) { try Self.contest(rule, head: first) }
        #expect(old?.problems.first?.message.en.contains("unknown key \"for\" in clipcheck.contest/1") == true)
    }

    @Test("two rules contradict each other only where both apply")
    func contradiction() throws {
        let rules = """
              - {id: tall, kind: aspect-ratio, level: required, clause: c, for: [短视频], allowed: ["9:16"]}
              - {id: wide, kind: resolution, level: required, clause: c, for: [微电影], sizes: [1920x1080]}

            """
        #expect(throws: Never.self) { try Self.contest(rules) }
        #expect(throws: ContestFileError.self) {
            try Self.contest(rules.replacingOccurrences(of: "for: [微电影], ", with: ""))
        }
    }
}
