import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import Reporting

@Suite("CheckedFile")
struct CheckedFileTests {
    private static let contest = Contest(
        id: "small-2026", revision: 2, name: LocalizedText(zh: "小征集", en: "Small"),
        source: Contest.Source(document: "校发1号", issued: "2026-11-21"),
        rules: [
            Rule(id: "original", level: .required, clause: "须为原创", kind: .person(PersonRule())),
            Rule(id: "subtitles", level: .encouraged, clause: "配字幕", kind: .person(PersonRule(showsSubtitles: true))),
        ])

    private static func report(_ outcome: ProbeOutcome, filename: String?) -> Report {
        Report(
            id: "00000000-0000-4000-8000-000000000001", createdAt: "2026-11-21T09:00:00+08:00", contest: contest,
            media: MediaReference(filename: filename, bytes: 9, sha256: nil), outcome: outcome,
            tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: ["libavformat": "59.27.100", "libavutil": "57.28.100"]))
    }

    private static func json(_ file: CheckedFile) throws -> String {
        String(decoding: try WireJSON.data(file), as: UTF8.self)
    }

    @Test("A `CheckedFile` with a report is encoded byte for byte as expected, with null for unknown values")
    func golden() throws {
        let error = ProbeError(.empty, LocalizedText(zh: "空的。", en: "Empty."))
        var report = Self.report(.unread(error), filename: nil)
        report.findings = [.of(.undetermined, rule: "length")]
        report.findings[0].reason = "timed-out"
        let file = CheckedFile(path: "夹/作\"品\\.mp4", outcome: .success(report))
        #expect(
            try Self.json(file) == """
                {"path":"夹/作\\"品\\\\.mp4","report":{"checklist":[\
                {"clause":"须为原创","evidence":[],"level":"required",\
                "name":{"en":"Judged by a person","zh":"人工判断"},"rule":"original"},\
                {"clause":"配字幕","evidence":[],"level":"encouraged",\
                "name":{"en":"Judged by a person","zh":"人工判断"},"rule":"subtitles"}],\
                "contest":{"digest":"\(Self.contest.digest)","id":"small-2026","revision":2},\
                "createdAt":"2026-11-21T09:00:00+08:00","facts":null,"findings":[\
                {"clause":"原文","field":null,"level":"required","measured":null,"message":{"en":"Words.","zh":"说明。"},\
                "outcome":"undetermined","reason":"timed-out","required":null,"rule":"length"}],\
                "id":"00000000-0000-4000-8000-000000000001",\
                "limits":null,\
                "media":{"bytes":9,"filename":null,"sha256":null},"schema":"clipcheck.report/1",\
                "tool":{"clipcheck":"0.1.0","ffmpeg":{"libavformat":"59.27.100","libavutil":"57.28.100"}},\
                "verdict":"compliant"}}
                """)
    }

    @Test("A `CheckedFile` with an error is encoded without the error's cause")
    func error() throws {
        let error = IntakeError(.storageFailed, zh: "存储出错。", en: "Storage failed.", cause: "open /srv/data: errno 5")
        #expect(
            try Self.json(CheckedFile(path: "a.mp4", outcome: .failure(error))) == """
                {"error":{"code":"storage-failed","message":{"en":"Storage failed.","zh":"存储出错。"}},"path":"a.mp4"}
                """)
    }

    @Test("The report in the JSON of a `CheckedFile` decodes to the same report")
    func decodes() throws {
        struct Wire: Decodable { var report: Report }
        for report in [
            try SampleReports.compliant(), try SampleReports.nonCompliant(),
            try SampleReports.unread(.damaged, zh: "坏了。", en: "Damaged."), try SampleReports.hostile("\u{0}\u{1b}\"<"),
            Self.report(.facts(.sample()), filename: "作品.mp4"),
        ] {
            for isPretty in [false, true] {
                let data = try WireJSON.data(CheckedFile(path: "x", outcome: .success(report)), isPretty: isPretty)
                #expect(try JSONDecoder().decode(Wire.self, from: data).report == report)
            }
        }
    }

    @Test("The compact JSON of a `CheckedFile` is one line, even with line breaks in its values")
    func oneLine() throws {
        let report = try SampleReports.hostile("a\nb\r\u{2028}c")
        let line = try Self.json(CheckedFile(path: "a\nb", outcome: .success(report)))
        #expect(!line.utf8.contains(0x0A) && !line.utf8.contains(0x0D))
    }
}
