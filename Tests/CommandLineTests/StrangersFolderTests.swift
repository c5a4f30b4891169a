import Foundation
import TestSupport
import Testing

/// Runs over folders in which an untrusted person chose the names and may have placed links and other files.
@Suite("`check` on a folder from an untrusted person")
struct StrangersFolderTests {
    private static let phone = "13812345678"

    private static func folder(_ names: [String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in names { try folder.copy(Clip.good, as: "v/\(name)") }
        return folder
    }

    private static func check(
        _ folder: TemporaryFolder, _ options: [String], contest: String = "xian-2024"
    ) async throws -> Outcome {
        try await clipcheck(
            ["check", "v", "--contest", contest, "--lang", "en"] + options,
            environment: ["XDG_CACHE_HOME": folder.path("cache")], in: folder.url)
    }

    @Test(
        "A file name cannot begin a line, control a terminal or command a CI runner",
        arguments: ["text", "json", "github"])
    func names(format: String) async throws {
        let name = "a\n::error::pwn\u{1b}[2J.mp4"
        let outcome = try await Self.check(Self.folder(["b.mp4", name, name.uppercased()]), ["--format", format])
        #expect(outcome.code == 0)
        for text in [outcome.text, outcome.errorText] {
            #expect(!text.contains("\u{1b}"))
            #expect(!text.split(separator: "\n").contains { $0.lowercased().hasPrefix("::error::pwn") })
        }
    }

    @Test("`--resume` masks telephone numbers by the flags of this run, not of the last one")
    func resumed() async throws {
        let folder = try Self.folder(["张三（甲校）+作品+\(Self.phone).mp4"])
        let open = try await Self.check(folder, ["--format", "json", "--show-contacts"])
        #expect(open.text.contains(Self.phone))
        let masked = try await Self.check(folder, ["--format", "json", "--resume"])
        #expect(masked.text.contains("\"unchanged\""))
        #expect(!masked.text.contains(Self.phone))
        let again = try await Self.check(folder, ["--format", "json", "--resume", "--show-contacts"])
        #expect(again.text.contains("\"unchanged\""))
        #expect(again.text.contains(Self.phone))
    }

    @Test("`check` masks telephone numbers in the names of folders on the command line and below")
    func folders() async throws {
        let folder = try Self.folder(["张三\(Self.phone)/李四\(Self.phone)/a.mp4", "b.mp4"])
        let given = "v/张三\(Self.phone)"
        for paths in [["v"], [given], ["\(given)/李四\(Self.phone)/a.mp4"]] {
            let outcome = try await clipcheck(
                ["check"] + paths + ["--contest", "xian-2024", "--format", "json"],
                environment: ["XDG_CACHE_HOME": folder.path("cache")], in: folder.url)
            #expect(!outcome.text.contains(Self.phone) && outcome.text.contains("a.mp4"))
        }
    }

    @Test(
        "`check` replaces the report of the last run in the folder, and does not check it",
        arguments: ["html", "json", "xlsx", "csv"])
    func twice(format: String) async throws {
        let folder = try Self.folder(["a.mp4"])
        let options = ["--format", format, "--output", "v/report.\(format)"]
        for _ in 0..<2 {
            let outcome = try await Self.check(folder, options)
            #expect(outcome.code == 0, "\(outcome.errorText)")
            #expect(!outcome.errorText.contains("report."))
        }
        #expect(folder.files.filter { $0.hasPrefix("v/") } == ["v/a.mp4", "v/report.\(format)"])
    }

    @Test(
        "`--output` replaces a symbolic link, and does not write to the file that it leads to",
        arguments: ["html", "json", "xlsx", "csv"])
    func links(format: String) async throws {
        let folder = try Self.folder(["a.mp4"])
        try folder.write(Data("mine".utf8), to: "mine")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("v/report.\(format)"), withDestinationPath: "../mine")
        let outcome = try await Self.check(folder, ["--format", format, "--output", "v/report.\(format)"])
        #expect(outcome.code == 0, "\(outcome.errorText)")
        #expect(FileManager.default.contents(atPath: folder.path("mine")) == Data("mine".utf8))
    }

    @Test("`--show-contacts` writes outputs that only the owner may read", arguments: ["html", "ndjson", "xlsx"])
    func contacts(format: String) async throws {
        let folder = try Self.folder(["a.mp4"])
        for (name, options, mode) in [("a", [], 0o644), ("b", ["--show-contacts"], 0o600)] {
            _ = try await Self.check(folder, ["--format", format, "--output", name] + options)
            let found = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions]
            #expect(found as? Int == mode)
        }
    }

    @Test("`check` judges every file when `--jobs` needs more descriptors than there are")
    func jobs() async throws {
        let folder = try Self.folder((0..<60).map { "\($0).mp4" })
        let outcome = try await Command(
            "/bin/sh",
            [
                "-c", "ulimit -n 96; exec \"$@\"", "sh", Binary.path, "check", "v", "--contest", "xian-2024", "--jobs",
                "60",
            ],
            environment: ["XDG_CACHE_HOME": folder.path("cache")], in: folder.url
        ).run()
        #expect(outcome.code == 0, "\(outcome.text.suffix(500))")
    }
}
