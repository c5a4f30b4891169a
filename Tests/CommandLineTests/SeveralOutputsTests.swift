import Foundation
import TestSupport
import Testing

@Suite("Several outputs of one `check`")
struct SeveralOutputsTests {
    private static let check = ["check", Clip.good, "empty.mp4", "--contest", "xian-2024", "--lang", "en"]

    private static func run(_ options: [String], in folder: TemporaryFolder) async throws -> Outcome {
        for clip in [Clip.good, "empty.mp4"] where !folder.files.contains(clip) { try folder.copy(clip) }
        return try await clipcheck(check + options, in: folder.url)
    }

    /// The format of a text, recognised by its beginning.
    private static func kind(_ text: String) -> String {
        let starts = [
            ("verdict  ", "text"), ("[\n", "json"), ("{\"", "ndjson"), ("\u{feff}File,", "csv"), ("PK", "xlsx"),
            ("<?xml", "junit"), ("<!doctype html>", "html"), ("::", "github"),
        ]
        return text.isEmpty ? "nothing" : starts.first { text.hasPrefix($0.0) }?.1 ?? "unknown: \(text.prefix(40))"
    }

    private static func written(_ folder: TemporaryFolder) throws -> [String: String] {
        let names = folder.files.filter { !$0.hasSuffix(".mp4") }
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                let data = try Data(contentsOf: folder.url.appending(path: name))
                return (name, kind(String(decoding: data, as: UTF8.self)))
            })
    }

    @Test(
        "Each format goes to its own `--output`, and a format without one to standard output",
        arguments: [
            ([], "text", [:]), (["--output", "a"], "nothing", ["a": "text"]), (["--format", "csv"], "csv", [:]),
            (
                ["--format", "html", "--output", "a", "--format", "junit", "--output", "b"], "nothing",
                ["a": "html", "b": "junit"]
            ),
            (
                ["--output", "a", "--output", "b", "--format", "html", "--format", "junit"], "nothing",
                ["a": "html", "b": "junit"]
            ),
            (
                ["--output", "a", "--format", "html", "--output", "b", "--format", "csv"], "nothing",
                ["a": "html", "b": "csv"]
            ),
            (["--format", "html", "--format", "csv", "--output", "a"], "html", ["a": "csv"]),
            (["--format", "html", "--output", "a", "--format", "csv"], "csv", ["a": "html"]),
            (["--format=html", "--output=a", "--format=text"], "text", ["a": "html"]),
            (["--format=xlsx", "--output=a b.xlsx", "--format", "json"], "json", ["a b.xlsx": "xlsx"]),
            (
                ["--format", "csv", "--output", "a=b.csv", "--format", "csv", "--output", "b.csv"], "nothing",
                ["a=b.csv": "csv", "b.csv": "csv"]
            ),
            (["--format", "json", "--output", "a", "--", "--output"], "nothing", ["a": "json"]),
        ] as [([String], String, [String: String])])
    func pairs(options: [String], shown: String, files: [String: String]) async throws {
        let folder = try TemporaryFolder()
        let outcome = try await Self.run(options, in: folder)
        #expect(outcome.code == (options.contains("--") ? 66 : 1))
        #expect(Self.kind(outcome.text) == shown)
        #expect(try Self.written(folder) == files)
    }

    @Test(
        "Outputs that cannot be told apart give exit code 64, and no file is written or emptied",
        arguments: [
            ["--format", "json", "--format", "csv"],
            ["--format", "json", "--format", "csv", "--format", "text", "--output", "a"],
            ["--format", "json", "--format", "json"], ["--format", "xlsx"],
            ["--format", "xlsx", "--format", "csv", "--output", "a"],
            ["--output", "a", "--output", "b"], ["--format", "html", "--output", "a", "--output", "b"],
            ["--format", "html", "--output", "a", "--format", "csv", "--output", "a"],
            ["--format", "html", "--output", "a", "--format", "csv", "--output", "./a"],
            ["--format", "html", "--output", "sub/../a", "--format", "csv", "--output", "a"],
            ["--format", "html", "--output", "a", "--format", "pdf", "--output", "b"],
            ["--format", "html", "--output"],
        ])
    func refused(options: [String]) async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data("PK, kept".utf8), to: "a")
        let outcome = try await Self.run(options, in: folder)
        #expect(outcome.code == 64)
        #expect(outcome.text.isEmpty && !outcome.errorText.isEmpty)
        #expect(try Self.written(folder) == ["a": "xlsx"])
    }

    @Test(
        "An output that cannot be written is named and gives exit code 70, and the others are complete",
        arguments: EveryFormat.outputs.keys.sorted(),
        ["missing/run", "folder", "empty.mp4/run", "/dev/full", "/proc/run"])
    func oneUnwritable(format: String, place: String) async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
        let good = EveryFormat.outputs.keys.sorted()
        let before = good.prefix(4).flatMap { ["--format", $0, "--output", $0] }
        let after = good.dropFirst(4).flatMap { ["--format", $0, "--output", $0] }
        let outcome = try await Self.run(before + ["--format", format, "--output", place] + after, in: folder)
        #expect(outcome.code == 70)
        #expect(outcome.text.isEmpty)
        #expect(outcome.errorText.contains(place) && outcome.errorText.contains("written"), "\(outcome.errorText)")
        #expect(try Self.written(folder) == Dictionary(uniqueKeysWithValues: good.map { ($0, $0) }))
        let text = try String(contentsOfFile: folder.path("text"), encoding: .utf8)
        #expect(text.contains("\n2 files, 1 compliant, 0 need review, 1 non-compliant\n"))
        let json = try Data(contentsOf: URL(filePath: folder.path("json")))
        #expect(try JSONDecoder().decode([CheckResult].self, from: json).map(\.gist) == ["compliant", "non-compliant"])
    }

    @Test("Every output that can be written is complete when the files or standard output fail")
    func standardOutput() async throws {
        let folder = try TemporaryFolder()
        let lost = ["--format", "html", "--output", "x/a", "--format", "csv", "--output", "x/b", "--format", "ndjson"]
        let outcome = try await Self.run(lost, in: folder)
        #expect(outcome.code == 70)
        #expect(try outcome.lines.map(CheckResult.init).count == 2)
        for name in ["x/a", "x/b"] { #expect(outcome.errorText.contains("\(name) cannot be written")) }
        let shell = try #require(Binary.tool("sh"))
        for format in ["json", "text"] {
            for voice in [[], ["--quiet"]] {
                let words =
                    [Binary.path] + Self.check
                    + [
                        "--format", format, "--format", "csv", "--output", "kept.csv", "--format", "html", "--output",
                        "x/c",
                    ]
                let full = try await Command(
                    shell, ["-c", "\"$@\" > /dev/full", "sh"] + words + voice, in: folder.url
                ).run()
                #expect(full.code == 70)
                for words in ["The results could not be written", "x/c cannot be written"] {
                    #expect(full.errorText.components(separatedBy: words).count == 2, "\(full.errorText)")
                }
            }
        }
        #expect(
            try String(contentsOfFile: folder.path("kept.csv"), encoding: .utf8).split(separator: "\r\n").count == 3)
    }

    @Test(
        "Outputs never replace a video, the manifest or the contest file that the run reads",
        arguments: ["", "./", "link/"])
    func inputs(spelling: String) async throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createSymbolicLink(atPath: folder.path("link"), withDestinationPath: ".")
        let contest = """
            schema: clipcheck.contest/1
            id: small
            revision: 1
            name: {zh: 小, en: Small}
            source: {document: 通知, issued: 2024-02-27}
            rules:
              - {id: readable, kind: readable, level: required, clause: 能够打开}
            """
        let kept = [
            "table.csv": Data("文件名\n作品.mp4\n".utf8), "contest.yaml": Data(contest.utf8), "empty.mp4": Data(),
        ]
        for (name, content) in kept { try folder.write(content, to: name) }
        for (name, content) in kept {
            for format in ["text", "xlsx"] {
                let outcome = try await clipcheck(
                    [
                        "check", "empty.mp4", "--contest", "contest.yaml", "--manifest", "table.csv", "--format",
                        format,
                        "--output", spelling + name,
                    ], in: folder.url)
                #expect(outcome.code == 64, "\(name) as \(format)")
                #expect(try Data(contentsOf: URL(filePath: folder.path(name))) == content)
            }
        }
    }
}
