import Foundation
import TestSupport
import Testing

@Suite("`check` of a contest with attachments and several videos")
struct FileJoiningTests {
    private static let contest = """
        schema: clipcheck.contest/2
        id: joined
        revision: 1
        name: {zh: 合, en: Joined}
        source: {document: 通知, issued: 2024-02-27}
        general: none
        rules:
          - {id: preview-length, kind: duration, max: 1s, of: preview, level: required, clause: 预告片1秒以内}
        files:
          - {name: preview, label: {zh: 预告片, en: Trailer}, required: false, clause: 可附预告片}
        attachments:
          - {name: form, label: {zh: 报名表, en: Form}, kinds: [pdf], required: true, clause: 附报名表}

        """

    /// One file of a run's JSON.
    private struct Line: Decodable {
        var path: String
        var report: Report
        var work: Work?

        struct Report: Decodable {
            var role: String?
            var findings: [Finding]
        }

        struct Work: Decodable { var findings: [Finding] }

        struct Finding: Decodable, Equatable {
            var rule: String
            var field: String?
            var outcome: String
        }
    }

    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["甲.mp4", "甲-预告片.mp4", "乙.mp4"] { try folder.copy("short.mp4", as: "v/\(name)") }
        try Data("%PDF-1.7\n%%EOF\n".utf8).write(to: folder.url.appending(path: "v/甲-报名表.pdf"))
        try Data("%PDF-1.7\n%%EOF\n".utf8).write(to: folder.url.appending(path: "v/丙-报名表.pdf"))
        try folder.write(Data(contest.utf8), to: "contest.yaml")
        return folder
    }

    @Test("every video is judged by its role, and the main video's work has the findings about attachments")
    func joined() async throws {
        let folder = try Self.folder()
        let outcome = try await clipcheck(
            ["check", "v", "--contest", "contest.yaml", "--lang", "en", "--format", "json"], in: folder.url)
        let lines = try JSONDecoder().decode([Line].self, from: Data(outcome.text.utf8))
        let byName = Dictionary(lines.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(byName.keys.sorted() == ["v/乙.mp4", "v/甲-预告片.mp4", "v/甲.mp4"])
        let preview = try #require(byName["v/甲-预告片.mp4"])
        #expect(preview.report.role == "preview" && preview.work == nil)
        #expect(preview.report.findings.map(\.rule) == ["readable", "preview-length"])
        let whole = try #require(byName["v/甲.mp4"])
        #expect(whole.report.role == nil && whole.report.findings.map(\.rule) == ["readable"])
        #expect(whole.work?.findings == [Line.Finding(rule: "attachments", field: "form", outcome: "pass")])
        #expect(
            byName["v/乙.mp4"]?.work?.findings == [Line.Finding(rule: "attachments", field: "form", outcome: "fail")])
        #expect(outcome.errorText.contains("v/丙-报名表.pdf"))
        #expect(outcome.errorText.contains("no main video goes with it"))
    }

    @Test("`--watch` refuses such a contest, because a watch sees single files")
    func watched() async throws {
        let folder = try Self.folder()
        let outcome = try await clipcheck(
            ["check", "v", "--contest", "contest.yaml", "--lang", "en", "--watch"], in: folder.url)
        #expect(outcome.code == 64)
        #expect(outcome.errorText.contains("--watch cannot join"))
    }
}
