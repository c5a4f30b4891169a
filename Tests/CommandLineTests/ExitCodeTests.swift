import Foundation
import TestSupport
import Testing

@Suite("Exit codes of `check`")
struct ExitCodeTests {
    @Test(
        "`check` exits with the code of the worst result, wherever that stands",
        arguments: [
            ([Clip.good], 0), ([Clip.review], 2), ([Clip.bad], 1), ([Clip.missing], 66),
            ([Clip.good, Clip.good], 0), ([Clip.good, Clip.review], 2), ([Clip.good, Clip.bad], 1),
            ([Clip.review, Clip.bad], 1), ([Clip.review, Clip.missing], 66), ([Clip.bad, Clip.missing], 66),
            ([Clip.good, Clip.review, Clip.bad], 1), ([Clip.review, Clip.good, Clip.bad, Clip.missing], 66),
        ] as [([String], Int32)])
    func worst(paths: [String], code: Int32) async throws {
        for order in Set([paths, paths.reversed()]) {
            let run = try await check(order)
            #expect(run.code == code, "\(order)")
            #expect(run.results.map(\.path) == order)
        }
    }

    @Test(
        "`check` exits with 70 for a failure of its own, whatever the results are",
        arguments: [[Clip.bad], [Clip.missing, Clip.bad, Clip.review]])
    func failure(paths: [String]) async throws {
        let outcome = try await clipcheck(["check"] + paths + ["--contest", "xian-2024", "--output", "/dev/full"])
        #expect(outcome.code == 70)
        #expect(!outcome.errorText.isEmpty)
    }

    @Test(
        "`check` exits with the same code in every format and language",
        arguments: ["text", "json", "ndjson", "csv", "junit", "html", "github"], ["zh", "en"])
    func formats(format: String, language: String) async throws {
        for (clip, code) in [(Clip.good, Int32(0)), (Clip.bad, 1), (Clip.review, 2), (Clip.missing, 66)] {
            let outcome = try await clipcheck(
                ["check", clip, "--contest", "xian-2024", "--format", format, "--lang", language])
            #expect(outcome.code == code)
            #expect(!outcome.output.isEmpty || format == "github")
        }
    }

    @Test("`check --store` exits with 70 when the disk fills up, and still judges and stores every other file")
    func fullStore() async throws {
        let shell = try #require(Binary.tool("sh"))
        let folder = try TemporaryFolder()
        let big = try folder.copy("container.mpg", as: "big.mpg")
        try #require(truncate(big, 4 << 20) == 0)
        // No file may grow beyond 1 MiB (2048 blocks): the tables and their journal fit, the big clip does not.
        let limited = [
            "-c", "trap '' XFSZ; ulimit -f 2048; exec \"$@\"", "sh", Binary.path, "check", Clip.missing, big,
            Clip.good, "--contest", "xian-2024", "--depth", "quick", "--format", "json", "--store", "--data",
            folder.path("data"),
        ]
        let outcome = try await Command(shell, limited, in: TestMedia.folder).run()
        #expect(outcome.code == 70)
        let results = try JSONDecoder().decode([CheckResult].self, from: outcome.output)
        #expect(results.map(\.gist).first == "file-missing")
        #expect(results.map(\.gist).last == "needs-review", "nothing was decoded")
        #expect(["disk-full", "storage-failed", "media-too-large"].contains(results[1].gist), "\(results[1].gist)")
        #expect(folder.files.filter { $0.hasPrefix("data/media/") }.count == 1, "\(folder.files)")
        #expect(folder.files.filter { $0.hasPrefix("data/incoming/") }.isEmpty)
    }
}
