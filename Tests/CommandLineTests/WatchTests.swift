import ContestRules
import Foundation
import TestSupport
import Testing

/// A running `check --watch` of the folder `v`, which writes its results as NDJSON.
private final class Watch {
    let folder: TemporaryFolder
    private let running: RunningCommand

    init(_ folder: TemporaryFolder, settle: Int = 1, _ options: [String] = []) throws {
        self.folder = folder
        running = try RunningCommand(
            Unprivileged.command(
                [
                    "check", "v", "--watch", "--settle", "\(settle)", "--contest", "xian-2024", "--lang", "en",
                    "--format",
                    "ndjson",
                ] + options, in: folder))
    }

    /// The results so far.
    var results: [CheckResult] {
        let text = String(decoding: running.written("output"), as: UTF8.self)
        return text.split(separator: "\n").compactMap { try? CheckResult(line: String($0)) }
    }

    /// Whether the message that the watch has begun was printed.
    var hasBegun: Bool { String(decoding: running.written("errors"), as: UTF8.self).contains("Watching v") }

    /// Waits until `condition` holds.
    func waits(_ condition: () -> Bool) async throws {
        #expect(try await running.reaches(condition))
    }

    /// Waits until there are these results, each as its path and gist, in any order.
    func waits(for expected: [String]) async throws {
        try await waits { results.count >= expected.count }
        #expect(results.map { "\($0.path) \($0.gist)" }.sorted() == expected.sorted())
    }

    /// Ends the watch with SIGINT, as Ctrl-C does.
    func end() async throws -> Outcome {
        running.signal(SIGINT)
        try #require(await running.reachesEnd(), "Ctrl-C ends it")
        return running.outcome
    }
}

@Suite("`check --watch`")
struct WatchTests {
    private static func folder(_ clips: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("v"), withIntermediateDirectories: false)
        for (name, clip) in clips { try folder.copy(clip, as: "v/\(name)") }
        return folder
    }

    @Test("`--watch` ends on Ctrl-C with the exit code of the newest verdict of each file")
    func ends() async throws {
        for (clip, code) in [(Clip.good, Int32(0)), (Clip.review, 2), (Clip.bad, 1)] {
            let watch = try Watch(Self.folder(["a.mp4": clip]))
            try await watch.waits { !watch.results.isEmpty }
            #expect(try await watch.end().code == code)
        }
    }

    @Test("`--watch` on an empty folder exits with 0 on Ctrl-C, also right after its start", arguments: 0..<8)
    func endsAtOnce(_: Int) async throws {
        let empty = try Watch(Self.folder([:]))
        try await empty.waits { empty.hasBegun }
        #expect(try await empty.end().code == 0, "nothing came, and nothing was wrong")
    }

    /// Appends to a file for three times the settling time, without a pause longer than half of it.
    ///
    /// - Returns: false when the machine was too slow to keep to that.
    private static func grow(_ path: String, by content: Data, settle: Duration) async throws -> Bool {
        let file = try #require(FileHandle(forWritingAtPath: path))
        defer { try? file.close() }
        let pieces = 60
        var last = ContinuousClock.now
        var isSteady = true
        for index in 0..<pieces {
            try file.seekToEnd()
            try file.write(
                contentsOf: content[(content.count * index / pieces)..<(content.count * (index + 1) / pieces)])
            isSteady = isSteady && ContinuousClock.now - last < settle / 2
            last = .now
            try await Task.sleep(for: settle * 3 / pieces)
        }
        return isSteady
    }

    @Test("`--watch` checks a file only once it has stopped growing", .timeLimit(.minutes(3)))
    func growing() async throws {
        let content = try Data(contentsOf: URL(filePath: TestMedia.path(Clip.good)))
        for _ in 0..<5 {
            let watch = try Watch(Self.folder(["steady.mp4": "phone.mov"]), settle: 2)
            try watch.folder.write(Data(), to: "v/growing.mp4")
            let isSteady = try await Self.grow(watch.folder.path("v/growing.mp4"), by: content, settle: .seconds(2))
            guard isSteady else { continue }  // a pause was too long for the test to mean anything
            try await watch.waits(for: ["v/steady.mp4 compliant", "v/growing.mp4 compliant"])
            #expect(watch.results.last?.path == "v/growing.mp4", "the steady one did not wait for it")
            #expect(watch.results.last?.report?.media.bytes == Int64(content.count))
            #expect(try await watch.end().code == 0)
            return
        }
        Issue.record("the machine is too busy to grow a file steadily")
    }

    @Test("`--watch` checks a changed file again, and counts it once")
    func changed() async throws {
        let watch = try Watch(
            Self.folder(["a.mp4": Clip.good, "b.mp4": "phone.mov"]), ["--format", "text", "--output", "run.txt"])
        try await watch.waits(for: ["v/a.mp4 compliant", "v/b.mp4 compliant"])
        try FileManager.default.removeItem(atPath: watch.folder.path("v/a.mp4"))
        try watch.folder.copy(Clip.bad, as: "v/a.mp4")
        try await watch.waits(for: ["v/a.mp4 compliant", "v/b.mp4 compliant", "v/a.mp4 non-compliant"])
        try watch.folder.copy("rotated-90.mp4", as: "v/sub/later.mp4")
        let all = ["v/a.mp4 compliant", "v/b.mp4 compliant", "v/a.mp4 non-compliant", "v/sub/later.mp4 compliant"]
        try await watch.waits(for: all)
        let outcome = try await watch.end()
        #expect(outcome.code == 1)
        try await watch.waits(for: all)
        let text = try String(contentsOfFile: watch.folder.path("run.txt"), encoding: .utf8)
        #expect(text.contains("\n3 files, 2 compliant, 0 need review, 1 non-compliant\n"), "\(text)")
    }

    @Test("`--watch --store` names the works that the database had before the run, not those that the run stored")
    func store() async throws {
        let store = ["--store", "--data", "data"]
        let watch = try Watch(Self.folder(["a.mp4": Clip.good, "b.mp4": "phone.mov"]), store)
        try await watch.waits(for: ["v/a.mp4 compliant", "v/b.mp4 compliant"])
        try FileManager.default.removeItem(atPath: watch.folder.path("v/a.mp4"))
        try watch.folder.copy(Clip.bad, as: "v/a.mp4")
        let all = ["v/a.mp4 compliant", "v/b.mp4 compliant", "v/a.mp4 non-compliant"]
        try await watch.waits(for: all)
        let note = "works from the same places were in the database before"
        let first = try await watch.end()
        #expect(first.code == 1 && !first.errorText.contains(note), "\(first.errorText)")
        // The second run checks a.mp4 twice: once as it was stored, and once with other content.
        let again = try Watch(watch.folder, store)
        try await again.waits(for: ["v/a.mp4 non-compliant", "v/b.mp4 compliant"])
        try FileManager.default.removeItem(atPath: again.folder.path("v/a.mp4"))
        try again.folder.copy("rotated-90.mp4", as: "v/a.mp4")
        try await again.waits(for: ["v/a.mp4 non-compliant", "v/b.mp4 compliant", "v/a.mp4 compliant"])
        let second = try await again.end()
        #expect(
            second.errorText.contains("\(note): 1 unchanged, 1 with a new video or form"), "\(second.errorText)")
    }

    @Test("`--watch` drops the error of a file once the file can be read", .enabled(if: Unprivileged.prefix != nil))
    func mended() async throws {
        let folder = try Self.folder(["a.mp4": Clip.good])
        try #require(chmod(folder.path("v/a.mp4"), 0) == 0)
        let watch = try Watch(folder)
        try await watch.waits(for: ["v/a.mp4 file-not-permitted"])
        try #require(chmod(folder.path("v/a.mp4"), 0o600) == 0)
        try await watch.waits(for: ["v/a.mp4 file-not-permitted", "v/a.mp4 compliant"])
        #expect(try await watch.end().code == 0)
    }

    @Test("`--watch` joins the manifest to files that arrive, and names missing files at the end")
    func manifest() async throws {
        let folder = try Self.folder(["a.mp4": Clip.good])
        try folder.write(Data("文件名,地区\na.mp4,雁塔区\nlate.mp4,碑林区\ngone.mp4,碑林区\n".utf8), to: "table.csv")
        let watch = try Watch(folder, ["--manifest", "table.csv", "--format", "csv", "--output", "run.csv"])
        try await watch.waits(for: ["v/a.mp4 compliant"])
        try folder.copy("phone.mov", as: "v/late.mp4")
        try folder.copy("rotated-90.mp4", as: "v/LATE.mp4")
        try await watch.waits(for: ["v/a.mp4 compliant", "v/late.mp4 compliant", "v/LATE.mp4 compliant"])
        let outcome = try await watch.end()
        #expect(outcome.code == 0)
        let rows = try String(contentsOfFile: folder.path("run.csv"), encoding: .utf8).split(separator: "\r\n")
        #expect(rows.contains { $0.hasPrefix("v/late.mp4") && $0.contains("碑林区") })
        let told = outcome.errorText
        #expect(
            told.contains("The file \"gone.mp4\" of row 4 was not found") && !told.contains("\"late.mp4\""), "\(told)")
        #expect(told.contains("No row of the table is about the file \"LATE.mp4\""), "\(told)")
        #expect(told.contains("v/LATE.mp4: differs only in case"), "\(told)")
    }
}
