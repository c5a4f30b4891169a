import Foundation
import TestSupport
import Testing

@Suite("`check --fail-on`")
struct FailOnTests {
    private static let advised = "no-audio-portrait.mp4"

    /// The codes at the three levels, the gravest first.
    private static let codes: [([String], [Int32])] = [
        ([Clip.good], [0, 0, 0]), ([advised], [0, 0, 3]), ([Clip.review], [0, 2, 2]), ([Clip.bad], [1, 1, 1]),
        ([Clip.good, advised], [0, 0, 3]), ([advised, Clip.review], [0, 2, 2]), ([Clip.review, Clip.bad], [1, 1, 1]),
        ([advised, Clip.bad], [1, 1, 1]), ([Clip.good, advised, Clip.review, Clip.bad], [1, 1, 1]),
        ([Clip.good, Clip.missing], [66, 66, 66]), ([advised, Clip.missing], [66, 66, 66]),
        ([Clip.bad, Clip.missing], [66, 66, 66]),
    ]

    @Test("`--fail-on` fails a run for results at least as grave as the level, and changes no result", arguments: codes)
    func levels(paths: [String], codes: [Int32]) async throws {
        let plain = try await check(paths)
        #expect(plain.code == codes[1], "needs-review is the default")
        for (level, code) in zip(["non-compliant", "needs-review", "advisory"], codes) {
            let run = try await check(paths, ["--fail-on", level])
            #expect(run.code == code, "\(level)")
            #expect(run.results.map(\.gist) == plain.results.map(\.gist))
        }
        let unwritable = try await clipcheck(
            ["check"] + paths + ["--contest", "xian-2024", "--fail-on", "non-compliant", "--output", "/dev/full"])
        #expect(unwritable.code == 70)
    }

    @Test(
        "`--fail-on` with an unknown level exits with 64", arguments: ["error", "compliant", "never", "", "Advisory"])
    func unknown(level: String) async throws {
        let run = try await check([Clip.good], ["--fail-on", level])
        #expect(run.code == 64 && run.results.isEmpty && !run.errors.isEmpty)
    }

    @Test("`--fail-on advisory` ignores problems of the manifest and of file names")
    func admission() async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "a.mp4")
        try folder.write(Data("文件名,作品名称\na.mp4,\n没有.mp4,守信\n".utf8), to: "table.csv")
        let run = try await check(["."], ["--manifest", "table.csv", "--fail-on", "advisory"], in: folder.url)
        #expect(run.code == 0)
        #expect(run.results.map(\.gist) == ["compliant"])
    }
}
