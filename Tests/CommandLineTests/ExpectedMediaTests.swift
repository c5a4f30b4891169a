import ContestRules
import Foundation
import TestSupport
import Testing

@Suite("The clips of TestMedia, read by the command line")
struct ExpectedMediaTests {
    private static let contests = ["xinhua-credit-cup-2019", "xian-2024", "weifang-2023"]

    @Test("`check` judges the clips of TestMedia as expected.json says", arguments: contests)
    func judged(contest: String) async throws {
        let clips = ExpectedClip.all
        try #require(clips.count >= 100)
        let run = try await check(clips.map(\.file), contest: contest, decodes: true)
        #expect(run.code == 1)
        try #require(run.results.map(\.path) == clips.map(\.file))
        for (clip, result) in zip(clips, run.results) {
            let report = try #require(result.report, "\(clip)")
            let rules = Dictionary(grouping: report.findings.filter { $0.outcome != .pass }, by: \.outcome.rawValue)
                .mapValues { $0.map(\.rule).sorted() }
            #expect(report.verdict.rawValue == clip.contests[contest]?.verdict, "\(clip): \(clip.about)")
            #expect(rules == clip.contests[contest]?.rules, "\(clip): \(clip.about)")
            #expect(report.contest.id == contest)
            #expect(report.media.filename == clip.file)
        }
    }

    @Test("`check` on one clip exits with the code of the clip's verdict", arguments: contests)
    func exitCodes(contest: String) async throws {
        for (verdict, code) in [("compliant", Int32(0)), ("non-compliant", 1), ("needs-review", 2)] {
            let clips = ExpectedClip.all.filter { $0.contests[contest]?.verdict == verdict }
            for clip in [try #require(clips.first), try #require(clips.last)] {
                let run = try await check([clip.file], contest: contest, decodes: true)
                #expect(run.code == code, "\(clip)")
                #expect(run.results.map(\.gist) == [verdict])
            }
        }
    }

    @Test("`probe` reads or refuses the clips of TestMedia as expected.json says")
    func probed() async throws {
        let clips = ExpectedClip.all
        let outcome = try await clipcheck(["probe"] + clips.map(\.file))
        #expect(outcome.code == 1)
        let lines = try outcome.lines.map(ProbeResult.init)
        try #require(lines.map(\.path) == clips.map(\.file))
        for (clip, line) in zip(clips, lines) {
            #expect(line.error?.code == clip.error, "\(clip)")
            #expect((line.facts == nil) == (clip.error != nil), "\(clip)")
        }
    }

    @Test("The file expected.json lists every clip in TestMedia")
    func complete() throws {
        let others: Set = ["json", "md", "py", "sh"]
        let present = try FileManager.default.contentsOfDirectory(atPath: TestMedia.folder.path)
            .filter { !others.contains(URL(filePath: $0).pathExtension) && !$0.hasPrefix(".") }
        #expect(Set(present) == Set(ExpectedClip.all.map(\.file)))
    }
}
