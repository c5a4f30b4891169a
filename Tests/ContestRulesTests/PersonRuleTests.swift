import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("person")
struct PersonRuleTests {
    private static func made(_ createdAt: String?) -> MediaFacts {
        var facts = MediaFacts.sample()
        facts.container.createdAt = createdAt
        return facts
    }

    @Test(
        "hints at a creation time outside the year, and at nothing else",
        arguments: [
            ("2022-12-31T15:59:59Z", true), ("2023-01-01T00:00:00Z", false), ("2023-07-15T08:00:00Z", false),
            ("2023-12-31T23:59:59Z", false), ("2024-01-01T00:00:00Z", true), ("1904-01-01T00:00:00Z", true),
            (nil, false),
        ] as [(String?, Bool)])
    func creationTime(createdAt: String?, hints: Bool) throws {
        let evidence = PersonRule(year: 2023).evidence(Self.made(createdAt))
        #expect(evidence.map(\.kind) == (hints ? ["creation-time"] : []))
        #expect(evidence.first?.value == (hints ? createdAt : nil))
        for item in evidence {
            #expect(item.note.zh.contains("2023") && item.note.zh.contains("仅供参考"))
            #expect(item.note.en.contains("2023") && item.note.en.contains("hint only"))
        }
    }

    @Test("shows no creation time when the notice names no year")
    func noYear() {
        #expect(PersonRule().evidence(Self.made("1999-01-01T00:00:00Z")).isEmpty)
    }

    @Test("shows the subtitle streams where they help")
    func subtitles() throws {
        var facts = MediaFacts.sample()
        let none = try #require(PersonRule(showsSubtitles: true).evidence(facts).first)
        #expect(none.kind == "subtitle-streams" && none.value == "0")
        #expect(none.note.zh.contains("没有字幕流") && none.note.en.contains("no subtitle stream"))
        facts.subtitles = [SubtitleFacts(codec: "mov_text", language: "chi"), SubtitleFacts(codec: "ass")]
        let two = try #require(PersonRule(showsSubtitles: true).evidence(facts).first)
        #expect(two.value == "mov_text (chi), ass")
        #expect(two.note.zh.isChinese && !two.note.en.isEmpty)
        #expect(PersonRule().evidence(facts).isEmpty)
    }

    @Test("is written as a contest file names its parameters")
    func wire() throws {
        func text(_ rule: PersonRule) throws -> String { String(decoding: try WireJSON.data(rule), as: UTF8.self) }
        #expect(try text(PersonRule()) == #"{"createdIn":null,"evidence":null}"#)
        #expect(
            try text(PersonRule(year: 2023, showsSubtitles: true))
                == #"{"createdIn":2023,"evidence":"subtitle-streams"}"#)
    }

    @Test("is an item of the checklist, never a finding")
    func checklist() {
        let rule = Rule(
            id: "subtitles", level: .required, clause: "配中文字幕", kind: .person(PersonRule(showsSubtitles: true)))
        let contest = Contest(
            id: "test", revision: 1, name: LocalizedText(zh: "测试", en: "Test"),
            source: Contest.Source(document: "测字1号", issued: "2026-01-02"), rules: [rule])
        let read = contest.checklist(for: .facts(.sample()))
        #expect(read.map(\.rule) == ["subtitles"])
        #expect(read.first?.clause == "配中文字幕" && read.first?.level == .required)
        #expect(read.first?.evidence.map(\.kind) == ["subtitle-streams"])
        #expect(contest.findings(for: .facts(.sample())).isEmpty)
        let unread = contest.checklist(for: .unread(unreadable(.damaged)))
        #expect(unread.map(\.rule) == ["subtitles"] && unread.first?.evidence == [])
    }
}
