import Foundation
import TestSupport
import Testing

/// Folders whose names were chosen by strangers, and what lies in them already.
@Suite("A stranger's folder")
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
        "cannot begin a line, drive a terminal or command a runner through a name",
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

    @Test("shows as much of a number as this run may, whatever the last one showed")
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

    @Test("does not show the numbers in the names of its folders either, given or found")
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

    @Test("may hold what the last run wrote, which is replaced", arguments: ["html", "json", "xlsx", "csv"])
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

    @Test("leads no output elsewhere by a link", arguments: ["html", "json", "xlsx", "csv"])
    func links(format: String) async throws {
        let folder = try Self.folder(["a.mp4"])
        try folder.write(Data("mine".utf8), to: "mine")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("v/report.\(format)"), withDestinationPath: "../mine")
        let outcome = try await Self.check(folder, ["--format", format, "--output", "v/report.\(format)"])
        #expect(outcome.code == 0, "\(outcome.errorText)")
        #expect(FileManager.default.contents(atPath: folder.path("mine")) == Data("mine".utf8))
    }

    @Test("with contacts shown is written for this user alone", arguments: ["html", "ndjson", "xlsx"])
    func contacts(format: String) async throws {
        let folder = try Self.folder(["a.mp4"])
        for (name, options, mode) in [("a", [], 0o644), ("b", ["--show-contacts"], 0o600)] {
            _ = try await Self.check(folder, ["--format", format, "--output", name] + options)
            let found = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions]
            #expect(found as? Int == mode)
        }
    }

    @Test("with more jobs than there are descriptors is checked all the same")
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
