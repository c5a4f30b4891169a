import ContestRules
import Foundation
import MediaFacts
import MediaProbe
import TestSupport
import Testing

/// Clips made by `python/make_notice_clips.py`, judged by the contest files of published notices.
@Suite(
    "Notices judge made clips",
    .enabled(if: MadeFolder.hasFFmpeg, "skipped: there is no program ffmpeg to make clips with"))
struct NoticeClipTests {
    /// The folder of the clips, made on first use in about half a minute; nil when that fails.
    static let folder: String? = {
        let table = NoticeFile.folder.appending(path: "verdicts.json")
        let bytes = (try? table.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
        return try? MadeFolder.path(
            script: "python/make_notice_clips.py", name: "notice-clips-\(bytes)", arguments: [table.path],
            result: "made.txt")
    }()

    static let clips = (NoticeTable.all?.clips ?? [:]).keys.sorted()

    @Test("Every notice gives the verdict of the table on a clip, and the same rules do not pass", arguments: clips)
    func judgement(name: String) throws {
        let table = try #require(NoticeTable.all)
        let recipe = try #require(table.clips[name])
        let folder = try #require(Self.folder)
        let file = try #require(ProbedFile("\(folder)/\(recipe.file)"))
        let facts = try InProcessProber.examine(
            file.media, for: Examination(Set(Measurement.allCases), depth: .standard), limits: ProbeLimits()
        ).facts
        var judged = 0
        for (id, cases) in table.notices {
            for clip in cases.clips where clip.name == name {
                let contest = try NoticeFile.contest(id)
                let found = NoticeJudgement(of: .facts(facts), by: contest, category: clip.expected.category)
                #expect(found == clip.expected, "\(id): \(found)")
                judged += 1
            }
        }
        #expect(judged > 0)
    }
}
