import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ContestRules

@Suite("Report")
struct ReportTests {
    static let contest = Contest(
        id: "test-2026", revision: 3, name: LocalizedText(zh: "测试", en: "Test"),
        source: Contest.Source(document: "测字〔2026〕1号", issued: "2026-01-02"),
        rules: [
            Rule(id: "readable", level: .required, clause: "文件能够打开", kind: .measured(ReadableRule())),
            Rule(
                id: "aspect-ratio", level: .required, clause: "拍摄格式为9:16",
                kind: .measured(AspectRatioRule(allowed: [Ratio(9, 16) ?? .one], tolerance: 0.005))),
            Rule(
                id: "subtitles", level: .required, clause: "配中文字幕", kind: .person(PersonRule(showsSubtitles: true))),
        ])

    /// A report with fixed values, the contest's digest included.
    static func report(_ outcome: ProbeOutcome, filename: String? = "作品.mp4", sha256: String? = "00ff") -> Report {
        var report = Report(
            id: "6B29FC40-CA47-1067-B31D-00DD010662DA", createdAt: "2026-11-21T09:00:00+08:00", contest: contest,
            media: MediaReference(filename: filename, bytes: 2_230_393, sha256: sha256), outcome: outcome,
            tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: ["libavformat": "59.27.100"]))
        report.contest.digest = "sha256:abcd"
        return report
    }

    private static func text(_ report: Report, isPretty: Bool = false) throws -> String {
        String(decoding: try WireJSON.data(report, isPretty: isPretty), as: UTF8.self)
    }

    private static func decoded(_ text: String) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(text.utf8))
    }

    @Test("`Report` judges a file that was read by the contest's rules")
    func read() {
        let report = Report(
            id: "1", createdAt: "2026-11-21T09:00:00+08:00", contest: Self.contest,
            media: MediaReference(filename: nil, bytes: 1, sha256: nil), outcome: .facts(.sample()),
            tool: ToolVersions(clipcheck: "0.1.0", ffmpeg: [:]))
        #expect(report.findings.map(\.rule) == ["readable", "aspect-ratio"])
        #expect(report.findings.map(\.outcome) == [.pass, .fail])
        #expect(report.findings.map(\.clause) == ["文件能够打开", "拍摄格式为9:16"])
        #expect(report.checklist.map(\.rule) == ["subtitles"])
        #expect(report.verdict == .nonCompliant)
        #expect(report.facts == .sample())
        #expect(report.contest == ContestReference(id: "test-2026", revision: 3, digest: Self.contest.digest))
    }

    @Test(
        "`Report` of a file that was not read has a finding for each rule, and no evidence",
        arguments: [
            (.notMedia, .nonCompliant), (.damaged, .nonCompliant), (.empty, .nonCompliant), (.excessive, .nonCompliant),
            (.timedOut, .needsReview), (.outOfMemory, .needsReview),
        ] as [(ProbeError.Code, Verdict)])
    func unread(code: ProbeError.Code, verdict: Verdict) {
        let report = Self.report(.unread(unreadable(code)))
        #expect(report.verdict == verdict)
        #expect(report.facts == nil)
        #expect(report.findings.map(\.rule) == ["readable", "aspect-ratio"])
        #expect(report.findings.last?.outcome == .undetermined)
        #expect(report.findings.map(\.reason) == [code.rawValue, code.rawValue])
        #expect(report.checklist.map(\.evidence) == [[]])
    }

    @Test("The JSON of `Report` has every key, with null where a value is unknown")
    func golden() throws {
        #expect(
            try Self.text(Self.report(.unread(unreadable(.damaged)), filename: nil, sha256: nil), isPretty: true)
                == Self.unreadText)
        let read = try Self.text(Self.report(.facts(.sample())), isPretty: true)
        #expect(read.contains(Self.readableText))
        #expect(read.contains(Self.aspectRatioText))
        #expect(read.contains(#""filename" : "作品.mp4""#) && read.contains(#""sha256" : "00ff""#))
        #expect(read.contains(#""schema" : "clipcheck.facts/1""#))
    }

    @Test("`Report` is equal after it was written and read")
    func roundTrip() throws {
        for outcome in [
            ProbeOutcome.facts(.sample()), .facts(.soundOnly), .facts(.headerOnly), .unread(unreadable(.timedOut)),
        ] {
            for name in ["作品.mp4", nil] {
                let report = Self.report(outcome, filename: name, sha256: name)
                #expect(try Self.decoded(try Self.text(report)) == report)
                #expect(try Self.decoded(try Self.text(report, isPretty: true)) == report)
            }
        }
    }

    @Test(
        "The decoder refuses a report of another schema",
        arguments: ["clipcheck.report/2", "clipcheck.report/0", "clipcheck.facts/1", ""])
    func otherSchema(schema: String) throws {
        let text = try Self.text(Self.report(.facts(.sample()))).replacing("clipcheck.report/1", with: schema)
        #expect(throws: DecodingError.self) { try Self.decoded(text) }
    }

    @Test("The decoder refuses a report without a schema")
    func noSchema() throws {
        let text = try Self.text(Self.report(.unread(unreadable(.damaged)))).replacing(
            #","schema":"clipcheck.report/1""#, with: "")
        #expect(throws: DecodingError.self) { try Self.decoded(text) }
    }

    @Test("`Report` keeps the name of an unknown container as text")
    func laterNames() throws {
        let text = try Self.text(Self.report(.facts(.sample()))).replacing(
            #""family":"mp4""#, with: #""family":"holo""#)
        let report = try Self.decoded(text)
        #expect(report.facts?.container.family.rawValue == "holo")
        #expect(try Self.text(report) == text)
    }
}

extension ReportTests {
    private static let readableText = """
            {
              "clause" : "文件能够打开",
              "field" : null,
              "level" : "required",
              "measured" : "mp4",
              "message" : {
                "en" : "The file can be read.",
                "zh" : "文件可以读取。"
              },
              "name" : {
                "en" : "Readable",
                "zh" : "可读取"
              },
              "outcome" : "pass",
              "reason" : null,
              "required" : null,
              "rule" : "readable"
            }
        """

    private static let aspectRatioText = """
            {
              "clause" : "拍摄格式为9:16",
              "field" : null,
              "level" : "required",
              "measured" : "16:9",
              "message" : {
                "en" : "The picture is 16:9 (1920×1080 as displayed); 9:16 is required. Landscape and portrait are swapped: make it the other way round.",
                "zh" : "画面比例为 16:9（显示尺寸 1920×1080），要求 9:16。横屏与竖屏相反，请按要求的方向重新制作导出。"
              },
              "name" : {
                "en" : "Aspect ratio",
                "zh" : "画面比例"
              },
              "outcome" : "fail",
              "reason" : "turned",
              "required" : "9:16",
              "rule" : "aspect-ratio"
            }
        """

    private static let unreadText = """
        {
          "checklist" : [
            {
              "clause" : "配中文字幕",
              "evidence" : [

              ],
              "level" : "required",
              "name" : {
                "en" : "Judged by a person",
                "zh" : "人工判断"
              },
              "rule" : "subtitles"
            }
          ],
          "contest" : {
            "digest" : "sha256:abcd",
            "id" : "test-2026",
            "revision" : 3
          },
          "createdAt" : "2026-11-21T09:00:00+08:00",
          "facts" : null,
          "findings" : [
            {
              "clause" : "文件能够打开",
              "field" : null,
              "level" : "required",
              "measured" : "damaged",
              "message" : {
                "en" : "unreadable: damaged",
                "zh" : "读不了：damaged"
              },
              "name" : {
                "en" : "Readable",
                "zh" : "可读取"
              },
              "outcome" : "fail",
              "reason" : "damaged",
              "required" : null,
              "rule" : "readable"
            },
            {
              "clause" : "拍摄格式为9:16",
              "field" : null,
              "level" : "required",
              "measured" : null,
              "message" : {
                "en" : "The file could not be read, so this was not checked.",
                "zh" : "文件无法读取，未能检查此项。"
              },
              "name" : {
                "en" : "Aspect ratio",
                "zh" : "画面比例"
              },
              "outcome" : "undetermined",
              "reason" : "damaged",
              "required" : null,
              "rule" : "aspect-ratio"
            }
          ],
          "id" : "6B29FC40-CA47-1067-B31D-00DD010662DA",
          "limits" : null,
          "media" : {
            "bytes" : 2230393,
            "filename" : null,
            "sha256" : null
          },
          "schema" : "clipcheck.report/1",
          "tool" : {
            "clipcheck" : "0.1.0",
            "ffmpeg" : {
              "libavformat" : "59.27.100"
            }
          },
          "verdict" : "non-compliant"
        }
        """
}
