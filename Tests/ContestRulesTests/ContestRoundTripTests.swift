import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

/// A contest, written and read again, is the same contest.
@Suite("Contests written and read again")
struct ContestRoundTripTests {
    /// Rules of every kind and form, each with all that its wire form can hold.
    private static let rules: [Rule] =
        MeasuredKinds.all.enumerated().map { index, kind in
            Rule(id: "rule-\(index)", level: .encouraged, clause: "原文：\(index)", kind: .measured(kind))
        } + [
            Rule(
                id: "made", level: .required, clause: "原创，\"自制\"", decision: "null",
                kind: .person(PersonRule(year: 2023, showsSubtitles: true, isBlocking: true))),
            Rule(id: "seen", level: .encouraged, clause: "# 没有\u{7f}水印\u{2028}", kind: .person(PersonRule())),
        ]

    /// Contests beside the built-in ones.
    private static let own = [SampleContest.text, SecondSchema.text("orientation", "allowed: [portrait]")]

    @Test(
        "`ContestFile.text` of every notice loads with its digest",
        arguments: (NoticeTable.all?.notices ?? [:]).keys.sorted())
    func notices(id: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(components: "Notices", "\(id).yaml")
        let contest = try ContestFile.load(String(contentsOf: file, encoding: .utf8), file: file.path)
        let text = ContestFile.text(of: contest)
        #expect(try digest(text) == contest.digest, "\(text)")
        let wire = String(decoding: try WireJSON.data(contest), as: UTF8.self)
        #expect(try digest(wire) == contest.digest)
    }

    @Test("Categories, roles, names and attachments survive the wire form and the text")
    func declarations() throws {
        let text = """
            schema: clipcheck.contest/2
            id: all-keys
            revision: 1
            name: {zh: 全部, en: All}
            source: {document: 通知, issued: 2026-03-01}
            categories: [短视频, 微电影]
            files:
              - {name: preview, label: {zh: 预告片, en: Trailer}, required: false, clause: 可附预告片}
            attachments:
              - {name: poster, label: {zh: 海报, en: Poster}, kinds: [image], required: true, max: 10MB, min: 800x600, ratio: ["3:4"], clause: 附海报}
            rules:
              - {id: size, kind: resolution, level: required, clause: c, shortSide: 1080, of: [main, preview, stored]}
              - {id: length, name: {zh: 片长, en: Running time}, kind: duration, level: required, clause: c, for: [短视频], max: 60s}
              - {id: length, kind: duration, level: required, clause: c, for: [微电影], max: 10m}
              - {id: upright, kind: upright, level: encouraged, clause: c, of: preview}
            """
        let contest = try ContestFile.load(text, file: "all.yaml")
        #expect(try digest(ContestFile.text(of: contest)) == contest.digest, "\(ContestFile.text(of: contest))")
        #expect(try digest(String(decoding: WireJSON.data(contest), as: UTF8.self)) == contest.digest)
    }

    /// The digest of the contest that `text` holds.
    private func digest(_ text: String) throws -> String { try ContestFile.load(text, file: "again.yaml").digest }

    @Test(
        "The text of every built-in contest loads with its digest",
        arguments: BuiltInContests.withDemonstration.map(\.id))
    func builtIn(id: String) throws {
        let contest = try #require(BuiltInContests.contest(id))
        let text = try #require(BuiltInContests.text(id))
        #expect(try digest(text) == contest.digest)
        #expect(text.contains("#") && text.contains("id: \(id)\n"))
    }

    @Test("`ContestFile.text` of every contest loads with its digest")
    func written() throws {
        let own = try Self.own.map { try ContestFile.load($0, file: "own.yaml") }
        for contest in BuiltInContests.withDemonstration + own {
            let text = ContestFile.text(of: contest)
            #expect(try digest(text) == contest.digest, "\(text)")
        }
    }

    @Test("The JSON of every contest loads with its digest", arguments: [false, true])
    func wire(isPretty: Bool) throws {
        let own = try Self.own.map { try ContestFile.load($0, file: "own.yaml") }
        for contest in BuiltInContests.withDemonstration + own {
            let text = String(decoding: try WireJSON.data(contest, isPretty: isPretty), as: UTF8.self)
            #expect(try digest(text) == contest.digest, "\(text)")
        }
    }

    @Test("A rule of each kind and form keeps its parameters", arguments: rules.indices)
    func rule(index: Int) throws {
        let readable = Rule(id: "readable", level: .required, clause: "能打开", kind: .measured(ReadableRule()))
        let contest = Contest(
            schema: .second, id: "a", revision: 1, name: LocalizedText(zh: "一：", en: "null"),
            source: .init(document: "〔2026〕1号", issued: "2026-01-02"), rules: [readable, Self.rules[index]])
        let text = ContestFile.text(of: contest)
        let again = try ContestFile.load(text, file: "again.yaml")
        #expect(again.digest == contest.digest, "\(text)")
    }

    @Test(
        "Each figure of the wire form is written in the shortest way",
        arguments: [
            (WireUnit.milliseconds, "180000", "3m"), (.milliseconds, "0", "0s"),
            (.milliseconds, "3661001", "1h1m1s1ms"),
            (.bytes, "200000000", "200MB"), (.bytes, "2147483648", "2GiB"), (.bytes, "1048576000", "1000MiB"),
            (.bytes, "1", "1B"), (.bitsPerSecond, "8000000", "8Mbit/s"), (.bitsPerSecond, "8500000", "8500kbit/s"),
            (.partsPerMillion, "5000", "0.5%"), (.partsPerMillion, "10001", "1.0001%"), (.fraction, "0.03", "3%"),
            (.percent, "4.6", "4.6%"), (.decibels("LUFS"), "-23.5", "-23.5LUFS"), (.hertz, "44100", "44.1kHz"),
            (.hertz, "11025", "11025Hz"), (.milliseconds, "-1", nil), (.bytes, "many", nil),
        ] as [(WireUnit, String, String?)])
    func figure(unit: WireUnit, figure: String, text: String?) {
        #expect(unit.fileText(figure) == text)
    }

    @Test(
        "`YAMLWriter` writes texts that `YAMLComposer` reads as they were",
        arguments: [
            "null", "- a", "a: b", "a #b", "#", "\"", "\\", "行\n二", "\u{2028}", "\u{feff}", "\u{7f}", "\u{85}", "'",
            "[", "{", "&a",
            "*a", "!a", "%", "@", "`", "16:9", "true", "~", "", " a", "a ", "？", "👨‍👩‍👧", "2024-04-23T24:00+08:00", "a\tb",
            "|", ">",
        ])
    func texts(text: String) throws {
        let node = YAMLNode(content: .scalar(text), place: .start)
        var mapping = YAMLMapping()
        _ = mapping.append(.init(key: text, place: .start, value: node))
        let list = YAMLNode(content: .sequence([node]), place: .start)
        _ = mapping.append(.init(key: "list", place: .start, value: list))
        let written = YAMLWriter.text(mapping, order: [])
        let root = try YAMLComposer.root(of: written, meter: ReadingMeter(ContestFile.budget))
        #expect(root?.mapping?[text]?.text == text, "\(written)")
        #expect(root?.mapping?["list"]?.sequence?.first?.text == text, "\(written)")
    }
}
