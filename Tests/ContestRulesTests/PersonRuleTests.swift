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

    @Test("A blocking rule keeps the verdict at `needs-review`, and marks its item of the checklist")
    func blocking() throws {
        func report(_ parameters: String) throws -> Report {
            let text = SecondSchema.text("person", parameters, level: "required")
            let contest = try ContestFile.load(text, file: "test.yaml").withoutContent
            return Report(
                id: "r", createdAt: "2026-11-21T09:00:00+08:00", contest: contest,
                media: MediaReference(filename: nil, bytes: 1, sha256: nil), outcome: .facts(.sample()),
                tool: ToolVersions(clipcheck: "1", ffmpeg: [:]))
        }
        let plain = try report("createdIn: 2026")
        #expect(plain.verdict == .compliant && plain.checklist.map(\.isBlocking) == [false, false])
        let blocking = try report("blocking: true")
        #expect(blocking.verdict == .needsReview && blocking.checklist.map(\.isBlocking) == [false, true])
        #expect(try report("blocking: false").verdict == .compliant)
        // A report that is completed later keeps what the checklist says.
        #expect(blocking.awaitingCloserLook.verdict == .needsReview)
    }

    @Test("`blocking` is true or false and goes with level required")
    func blockingMistakes() {
        SecondSchema.mistake("person", "blocking: maybe", "blocking", "true or false").check()
        SecondSchema.mistake("person", "blocking: true", "blocking", "never changes the verdict").check()
    }

    @Test("The JSON has `blocking` where it is true")
    func blockingWire() throws {
        func text(_ rule: PersonRule) throws -> String { String(decoding: try WireJSON.data(rule), as: UTF8.self) }
        #expect(try text(PersonRule(isBlocking: true)) == #"{"blocking":true,"createdIn":null,"evidence":null}"#)
        let item = ChecklistItem(rule: "a", level: .required, clause: "原文", evidence: [], isBlocking: true)
        let written = String(decoding: try WireJSON.data(item), as: UTF8.self)
        #expect(written == #"{"blocking":true,"clause":"原文","evidence":[],"level":"required","rule":"a"}"#)
        #expect(try JSONDecoder().decode(ChecklistItem.self, from: Data(written.utf8)) == item)
        let old = written.replacing(#""blocking":true,"#, with: "")
        let read = try JSONDecoder().decode(ChecklistItem.self, from: Data(old.utf8))
        #expect(!read.isBlocking)
        #expect(String(decoding: try WireJSON.data(read), as: UTF8.self) == old)
    }
}
