import Foundation
import TestSupport
import Testing

@Suite("`clipcheck db`")
struct DatabaseCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var data: String { folder.path("data") }

    /// Runs `db` on the data folder.
    private func db(_ arguments: String..., lang: String = "en") async throws -> Outcome {
        try await clipcheck(["db"] + arguments + ["--data", data, "--lang", lang])
    }

    /// Stores clips, and returns the paths of the media files relative to the data folder.
    @discardableResult
    private func store(_ clips: [String] = [Clip.good, Clip.bad], _ options: [String] = []) async throws -> [String] {
        _ = try await check(clips, ["--store", "--data", data] + options)
        return folder.files.filter { $0.hasPrefix("data/media/") }
    }

    @Test(
        "`db check` finds no fault in a sound data folder, with or without a service that uses it",
        arguments: [true, false])
    func sound(isServed: Bool) async throws {
        try await store()
        let service = isServed ? try Service(data: data) : nil
        _ = try await service?.address()
        for (lang, text) in [("en", "The data is sound.\n"), ("zh", "数据完好。\n")] {
            let outcome = try await db("check", lang: lang)
            #expect(outcome.code == 0)
            #expect(outcome.text == text)
            #expect(outcome.errorText == "", "no progress where nobody watches")
        }
        if isServed { #expect(await service?.stop()?.code == 0) }
    }

    @Test("`db check` prints every fault on a line of its own, counts the faults and exits with 1")
    func faulty() async throws {
        let files = try await store()
        try FileManager.default.removeItem(atPath: folder.path(files[0]))
        try Data([1]).write(to: folder.url.appending(path: files[1]))
        try folder.write([1], to: files[1].replacing(/[0-9a-f]{64}/, with: "stray"))
        let outcome = try await db("check")
        #expect(outcome.code == 1)
        #expect(outcome.lines.count == 4)
        #expect(
            outcome.lines.contains {
                $0.wholeMatch(of: /Entry [0-9a-f-]{36}: its video is missing. Restore it./) != nil
            })
        #expect(outcome.lines.contains { $0.contains(": its video is not the one of the record.") })
        #expect(outcome.lines.contains("File stray: no entry names it; the next start removes it."))
        #expect(outcome.lines.last == "3 faults were found.")
        let chinese = try await db("check", lang: "zh")
        #expect(chinese.lines.last == "发现 3 处问题。")
        #expect(chinese.text.contains("视频文件丢失"))
    }

    @Test(
        "`db check` and `db backup` exit with 66 without a database, and create nothing",
        arguments: ["check", "backup"])
    func noDatabase(command: String) async throws {
        let arguments = command == "backup" ? [command, folder.path("copy")] : [command]
        let outcome = try await clipcheck(["db"] + arguments + ["--data", data, "--lang", "en"])
        #expect(outcome.code == 66)
        #expect(outcome.text == "")
        #expect(outcome.errorText.contains("--data"))
        #expect(folder.files == [])
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    @Test("`db backup` copies the database into one usable file, also while a service writes")
    func backup() async throws {
        try await store()
        let service = try Service(data: data)
        let list = try await fetch(try await service.address() + "/v1/entries")
        let copy = folder.path("copy/clipcheck.sqlite")
        try FileManager.default.createDirectory(atPath: folder.path("copy"), withIntermediateDirectories: true)
        let outcome = try await db("backup", copy)
        #expect(outcome.code == 0)
        #expect(outcome.text.contains("media/") && outcome.text.contains("clipcheck.keys"), "what else to copy")
        #expect(await service.stop()?.code == 0)
        #expect(folder.files.filter { $0.hasPrefix("copy/") } == ["copy/clipcheck.sqlite"])
        for name in ["media", "clipcheck.keys"] {
            try FileManager.default.copyItem(atPath: folder.path("data/\(name)"), toPath: folder.path("copy/\(name)"))
        }
        let restored = try Service(data: folder.path("copy"))
        #expect(try await fetch(try await restored.address() + "/v1/entries").body == list.body)
        #expect(await restored.stop()?.code == 0)
        #expect(try await clipcheck(["db", "check", "--data", folder.path("copy")]).code == 0)
    }

    @Test("`db backup` exits with 70 when the file exists, and leaves it unchanged")
    func overwrites() async throws {
        try await store([Clip.good])
        let copy = try folder.write(Data("precious".utf8), to: "copy")
        let outcome = try await db("backup", copy)
        #expect(outcome.code == 70)
        #expect(outcome.text == "")
        #expect(outcome.errorText.contains("not overwritten"))
        #expect(try Data(contentsOf: URL(filePath: copy)) == Data("precious".utf8))
    }

    @Test("`db migrate` reports that a folder of this release is up to date, and changes no entry")
    func upToDate() async throws {
        try await store([Clip.good])
        #expect(try await db("migrate").text == "The database is up to date.\n")
        let chinese = try await db("migrate", lang: "zh")
        #expect(chinese.code == 0)
        #expect(chinese.text == "数据库已是最新。\n")
        #expect(try await db("check").code == 0)
    }

    @Test(
        "`db migrate` brings a folder of release 1 up to date, and finds nothing to do the second time",
        .enabled(if: python != nil, "no Python"))
    func earlierRelease() async throws {
        let dump = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(components: "..", "EntryStoreTests", "Schemas", "1.sql").standardizedFileURL.path
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())"
        let made = Command(try #require(python), ["-c", script, "\(data)/clipcheck.sqlite", dump])
        try #require(try await made.run().code == 0)
        let outcome = try await db("migrate")
        #expect(outcome.code == 0, "\(outcome.errorText)")
        let words =
            "Migrated: 2 submissions, 3 evidence and checks, 4 one write path, 5 webhooks. The copy from before: "
        let copy = try #require(folder.files.first { $0.hasPrefix("data/clipcheck.schema-1.") })
        #expect(outcome.text.hasPrefix(words) && outcome.text.hasSuffix("/\(copy)\n"))
        #expect(try await db("migrate").text == "The database is up to date.\n")
    }

    @Test("`db migrate` exits with 70 while a service uses the folder")
    func inUse() async throws {
        try await store([Clip.good])
        let service = try Service(data: data)
        _ = try await service.address()
        let outcome = try await db("migrate")
        #expect(outcome.code == 70)
        #expect(outcome.errorText.contains("Another clipcheck uses this data folder."))
        #expect(await service.stop()?.code == 0)
    }

    @Test(
        "`db` exits with 64 for unknown arguments and prints its usage",
        arguments: [
            ["nonsense"], ["check", "--nonsense"], ["check", "file"], ["backup"], ["backup", "a", "b"],
            ["migrate", "file"], ["check", "--lang", "fr"], ["check", "--data"],
        ])
    func usage(arguments: [String]) async throws {
        let outcome = try await clipcheck(["db"] + arguments)
        #expect(outcome.code == 64)
        #expect(outcome.text == "")
        #expect(outcome.errorText.contains("Usage:") || outcome.errorText.contains("--lang"))
    }
}

@Suite("`check --store --received-at`")
struct ReceivedAtTests {
    private struct List: Decodable {
        var entries: [Line]
        struct Line: Decodable { var id: String }
    }

    private struct Entry: Decodable {
        var receivedAt: String?
        var standing: String
        var admission: [Finding]
        var report: Report
        struct Finding: Decodable {
            var rule: String
            var outcome: String
            var reason: String?
        }
        struct Report: Decodable { var verdict: String }
    }

    /// Stores a compliant clip, and returns its entry as a service shows it.
    private static func stored(_ options: [String]) async throws -> Entry {
        let folder = try TemporaryFolder()
        let data = folder.path("data")
        #expect(try await check([Clip.good], ["--store", "--data", data] + options).code == 0)
        let service = try Service(data: data)
        let address = try await service.address()
        let list = try JSONDecoder().decode(List.self, from: Data(try await fetch("\(address)/v1/entries").body.utf8))
        let id = try #require(list.entries.first?.id)
        let body = try await fetch("\(address)/v1/entries/\(id)").body
        #expect(await service.stop()?.code == 0)
        return try JSONDecoder().decode(Entry.self, from: Data(body.utf8))
    }

    @Test(
        "`--received-at` decides whether a file was handed in within the contest's window",
        arguments: [
            ("2024-02-26T23:59:59+08:00", "too-early"), ("2024-02-27T00:00:00+08:00", nil),
            ("2024-04-23T15:59:59Z", nil), ("2024-04-24T00:00:00+08:00", nil),
            ("2024-04-24T00:00:01+08:00", "too-late"),
        ] as [(String, String?)])
    func window(time: String, reason: String?) async throws {
        let entry = try await Self.stored(["--received-at", time])
        let found = entry.admission.first { $0.rule == "window" }
        #expect(found?.outcome == (reason == nil ? "pass" : "fail"))
        #expect(found?.reason == reason)
        #expect(entry.receivedAt == time.replacing("Z", with: "+00:00"))
        #expect(entry.standing == (reason == nil ? "open" : "rejected"))
        #expect(entry.report.verdict == "compliant", "the file is as good as ever")
    }

    @Test("Without `--received-at` the time of receipt is now, too late for a contest of 2024")
    func now() async throws {
        let entry = try await Self.stored([])
        #expect(entry.admission.first { $0.rule == "window" }?.reason == "too-late")
        #expect(entry.standing == "rejected")
    }

    @Test("The form of an entry that `check --store` made without a manifest is pending")
    func form() async throws {
        let entry = try await Self.stored(["--received-at", "2024-03-01T09:00:00+08:00"])
        #expect(entry.admission.first { $0.rule == "form" }?.outcome == "pending")
    }

    @Test(
        "`--received-at` without `--store` or without a UTC offset exits with 64 and stores nothing",
        arguments: [
            ["--received-at", "2024-03-01T09:00:00+08:00"], ["--store", "--received-at", "2024-03-01T09:00:00"],
            ["--store", "--received-at", "2024-03-01"], ["--store", "--received-at", "yesterday"],
            ["--store", "--received-at", "2024-13-01T09:00:00Z"], ["--store", "--received-at"],
        ])
    func usage(options: [String]) async throws {
        let folder = try TemporaryFolder()
        let arguments = ["check", Clip.good, "--contest", "xian-2024", "--data", folder.path("data")] + options
        let outcome = try await clipcheck(arguments)
        #expect(outcome.code == 64)
        #expect(outcome.errorText.contains("--received-at"))
        #expect(folder.files == [])
    }
}

private let python = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]
