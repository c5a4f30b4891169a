import Foundation
import TestSupport
import Testing

@Suite(
    "Quotas in the outputs of `check`",
    .enabled(if: EveryFormat.python != nil, "there is no Python to unpack workbooks"))
struct QuotaTests {
    private static let contest = """
        schema: clipcheck.contest/1
        id: small
        revision: 1
        name: {zh: 小, en: Small}
        source: {document: 通知, issued: 2024-02-27}
        rules:
          - {id: readable, kind: readable, level: required, clause: 能够打开}
          - {id: has-video, kind: has-video, level: required, clause: 文件中有视频画面}
        quotas:
          - {id: least, by: region, min: 2, groups: [雁塔区, 碑林区, 临潼区], clause: 各区县报送不少于2件}
          - {id: most, by: category, max: 2, clause: 每类不超过2件}

        """
    private static let works = [
        ("a.mp4", "雁塔区", "剧情类", "short.mp4"), ("b.mp4", "雁塔区", "剧情类", "short.mp4"),
        ("c.mp4", "碑林区", "剧情类", "short.mp4"), ("d.mp4", "碑林区", "纪实类", "audio-only.m4a"),
    ]
    /// The breaches that the outputs must name: the group and its number. A rejected work does not count towards the
    /// lower limit.
    private static let breaches = [
        ["碑林区 has 1 that stand (2 sent)", "各区县报送不少于2件"], ["临潼区 has 0 that stand (0 sent)", "各区县报送不少于2件"],
        ["剧情类 sent 3; at most 2 may be sent", "每类不超过2件"],
    ]

    private static func folder(regions: Bool = true) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, _, _, clip) in works { try folder.copy(clip, as: "v/\(name)") }
        try folder.write(Data(contest.utf8), to: "contest.yaml")
        let rows = works.map { "\($0.0),\($0.1),\($0.2)\n" }.joined()
        try folder.write(Data(((regions ? "文件名,地区,类别\n" : "文件名,备注一,备注二\n") + rows).utf8), to: "table.csv")
        return folder
    }

    private static let arguments = [
        "check", "v", "--contest", "contest.yaml", "--manifest", "table.csv", "--lang", "en",
    ]

    @Test("Exceeded quotas appear in every format that has notes, and change no exit code")
    func told() async throws {
        let (folder, outputs) = (try Self.folder(), try TemporaryFolder())
        let outcome = try await clipcheck(
            Self.arguments + ["--exclude", "d.mp4"] + EveryFormat.options(to: outputs.url.path), in: folder.url)
        #expect(outcome.code == 0)
        let all = try await clipcheck(
            Self.arguments + EveryFormat.options(to: outputs.url.path), in: folder.url)
        #expect(all.code == 1, "d.mp4 has no video")
        var content = try await EveryFormat.content(of: outputs)
        content["standard error"] = all.errorText
        for place in ["text", "html", "xlsx", "github", "standard error"] {
            let text = try #require(content[place])
            for words in Self.breaches.joined() { #expect(text.contains(words), "\(place): \(words)") }
            #expect(!text.contains("雁塔区 has"), "\(place)")
        }
    }

    @Test(
        "Exceeded quotas appear on standard error when the results are JSON, NDJSON, CSV or JUnit",
        arguments: ["json", "ndjson", "csv", "junit"])
    func results(format: String) async throws {
        let folder = try Self.folder()
        let outcome = try await clipcheck(Self.arguments + ["--format", format], in: folder.url)
        for words in Self.breaches.joined() {
            #expect(outcome.errorText.components(separatedBy: words).count >= 2, "\(outcome.errorText)")
        }
        let quiet = try await clipcheck(Self.arguments + ["--format", format, "--quiet"], in: folder.url)
        #expect(quiet.errorText.isEmpty && quiet.code == outcome.code)
    }

    @Test("Quotas are not mentioned when no work names a region or a category")
    func unnamed() async throws {
        let folder = try Self.folder(regions: false)
        let outcome = try await clipcheck(Self.arguments, in: folder.url)
        #expect(outcome.code == 1)
        #expect(!outcome.text.contains("that stand") && !outcome.text.contains("Quotas"))
    }
}
