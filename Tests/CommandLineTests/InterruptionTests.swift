import Foundation
import TestSupport
import Testing

@Suite("Interruption of `check`")
struct InterruptionTests {
    /// Many names of one file (hard links), which are quick to make.
    private static func many(_ count: Int) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let clip = try folder.copy(Clip.good, as: "0000.mp4")
        for index in 1..<count {
            let name = String(repeating: "0", count: 4 - String(index).count) + "\(index).mp4"
            #expect(link(clip, folder.path(name)) == 0)
        }
        return folder
    }

    private static func command(_ folder: TemporaryFolder, _ cache: TemporaryFolder, _ options: [String]) -> Command {
        Command(
            Binary.path, ["check", ".", "--contest", "xian-2024", "--lang", "en"] + options,
            environment: ["XDG_CACHE_HOME": cache.url.path], in: folder.url)
    }

    @Test(
        "An interrupted `check` prints the results it has, and `--resume` checks the rest",
        arguments: [SIGINT, SIGTERM])
    func interrupted(number: Int32) async throws {
        let (folder, cache) = (try Self.many(1500), try TemporaryFolder())
        let options = ["--format", "ndjson", "--format", "json", "--output", cache.path("all.json")]
        let running = try RunningCommand(Self.command(folder, cache, options))
        #expect(try await running.reaches { running.written("output").count { $0 == 10 } >= 20 })
        running.signal(number)
        #expect(try await running.reachesEnd(), "it stops at once")
        let outcome = running.outcome
        #expect(outcome.code == 128 + number)
        let lines = try outcome.lines.map(CheckResult.init)
        #expect((20..<1500).contains(lines.count), "\(lines.count)")
        #expect(lines.allSatisfy { $0.gist == "compliant" })
        let all = try JSONDecoder().decode(
            [CheckResult].self, from: try Data(contentsOf: URL(filePath: cache.path("all.json"))))
        #expect(Set(all.map(\.path)) == Set(lines.map(\.path)))
        #expect(all.map(\.path) == all.map(\.path).sorted())

        let rest = try await Self.command(folder, cache, ["--resume", "--format", "text"]).run()
        #expect(rest.code == 0)
        #expect(rest.text.contains("\n1500 files, 1500 compliant, 0 need review, 0 non-compliant, "))
        let unchanged = try #require(rest.text.firstMatch(of: /, ([0-9]+) unchanged since the last run/)?.1)
        #expect(try #require(Int(unchanged)) >= lines.count)
    }

    @Test("An interrupted `check` says how many files are left and names `--resume`")
    func message() async throws {
        let (folder, cache) = (try Self.many(1500), try TemporaryFolder())
        let running = try RunningCommand(Self.command(folder, cache, ["--jobs", "1"]))
        #expect(try await running.reaches { running.written("output").count { $0 == 10 } >= 5 })
        running.signal(SIGINT)
        #expect(try await running.reachesEnd())
        let outcome = running.outcome
        #expect(outcome.code == 130)
        #expect(outcome.text.contains(/Interrupted: [0-9]+ files were not checked\. Go on from here with --resume\./))
    }
}
