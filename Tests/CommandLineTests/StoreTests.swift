import Foundation
import TestSupport
import Testing

@Suite("`check --store`")
struct StoreTests {
    private struct Page: Decodable {
        var entries: [Line]
        struct Line: Decodable {
            var contest: String
            var verdict: String?
            var media: Media?
        }
        struct Media: Decodable {
            var filename: String?
            var sha256: String?
        }
    }

    private static func store(_ paths: [String], contest: String = "xian-2024", in data: String) async throws -> Int32 {
        try await check(paths, contest: contest, ["--store", "--data", data]).code
    }

    /// File names and verdicts of the entries that a service shows for a data folder, sorted.
    private static func entries(_ data: String) async throws -> [String] {
        let service = try Service(data: data)
        let list = try await fetch(try await service.address() + "/v1/entries?limit=200")
        #expect(await service.stop()?.code == 0)
        return try JSONDecoder().decode(Page.self, from: Data(list.body.utf8)).entries
            .map { "\($0.contest) \($0.media?.filename ?? "") \($0.verdict ?? "")" }.sorted()
    }

    @Test("`check --store` stores every file with its report, and each file only once")
    func keeps() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path("data")
        #expect(try await Self.store([Clip.good, Clip.bad, "empty.mp4", Clip.missing], in: data) == 66)
        let kept = ["xian-2024 empty.mp4 non-compliant", "xian-2024 weifang-1080p.mp4 non-compliant"]
        #expect(try await Self.entries(data) == kept + ["xian-2024 作品.mp4 compliant"])
        let files = Self.kept(folder)
        #expect(files.filter { $0.hasPrefix("data/media/") }.count == 3)
        #expect(try await Self.store([Clip.good, Clip.bad, Clip.good, "empty.mp4"], in: data) == 1)
        #expect(try await Self.entries(data).count == 3)
        #expect(Self.kept(folder) == files)
    }

    /// The files of the data folder without SQLite's temporary ones.
    private static func kept(_ folder: TemporaryFolder) -> [String] {
        folder.files.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    }

    @Test("`check --store` stores an entry for each contest and name of equal files, but their bytes once")
    func contests() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path("data")
        let copy = try folder.copy(Clip.good, as: "copy.mp4")
        #expect(try await Self.store([Clip.good, copy], in: data) == 0)
        #expect(try await Self.store([Clip.good], contest: "weifang-2023", in: data) == 1)
        #expect(
            try await Self.entries(data) == [
                "weifang-2023 作品.mp4 non-compliant", "xian-2024 copy.mp4 compliant", "xian-2024 作品.mp4 compliant",
            ])
        #expect(folder.files.filter { $0.hasPrefix("data/media/") }.count == 1)
    }

    @Test("`check --store` stores every file when several are checked at once")
    func atOnce() async throws {
        let folder = try TemporaryFolder()
        let clips = ExpectedClip.all.map(\.file).filter { $0.hasPrefix("short.") || $0.hasPrefix("duration-") }
        let run = try await check(clips, ["--store", "--data", folder.path("data"), "--jobs", "8"])
        #expect(run.code == 1)
        #expect(run.results.compactMap(\.report).count == clips.count)
        #expect(try await Self.entries(folder.path("data")).count == clips.count)
    }

    @Test("`check --store` uses the data folder of the flag, else of the variable, else the standard one")
    func dataFolder() async throws {
        let folder = try TemporaryFolder()
        let all = [
            "HOME": folder.path("home"), "XDG_DATA_HOME": folder.path("xdg"), "CLIPCHECK_DATA": folder.path("variable"),
        ]
        for (flag, unset, place) in [
            (["--data", folder.path("flag")], [], "flag"), ([], [], "variable"),
            ([], ["CLIPCHECK_DATA"], "xdg/clipcheck"),
            ([], ["CLIPCHECK_DATA", "XDG_DATA_HOME"], "home/.local/share/clipcheck"),
        ] {
            let environment = all.filter { !unset.contains($0.key) }
            let outcome = try await clipcheck(
                ["check", Clip.good, "--contest", "xian-2024", "--store"] + flag, environment: environment)
            #expect(outcome.code == 0, "\(outcome.errorText)")
            #expect(FileManager.default.fileExists(atPath: folder.path("\(place)/clipcheck.sqlite")), "\(place)")
        }
    }

    @Test("`check --store` into a folder in use exits with 70 and a message, and loses nothing")
    func locked() async throws {
        let folder = try TemporaryFolder()
        let data = folder.path("data")
        let service = try Service(data: data)
        _ = try await service.address()
        let run = try await check([Clip.good], ["--store", "--data", data, "--lang", "en"])
        #expect(run.code == 70)
        #expect(run.errors.contains("Another clipcheck uses this data folder."))
        #expect(await service.stop()?.code == 0)
        #expect(try await Self.store([Clip.good], in: data) == 0)
    }

    @Test("`check --store` into a path that cannot be a folder exits with 70 and a message")
    func noFolder() async throws {
        let run = try await check([Clip.good], ["--store", "--data", "/dev/null/x"])
        #expect(run.code == 70)
        #expect(run.errors.contains("--data"))
    }
}
