import ContestRules
import Foundation
import TestSupport
import Testing

@Suite("The output of `check`")
struct OutputTests {
    private static let paths = [Clip.good, "empty.mp4", Clip.missing, Clip.review]
    private static let gists = ["compliant", "non-compliant", "file-missing", "needs-review"]

    private static func arguments(_ format: String, _ more: [String] = []) -> [String] {
        ["check"] + paths + ["--contest", "xian-2024", "--format", format] + more
    }

    @Test("`--format json` writes one array that decodes")
    func json() async throws {
        let outcome = try await clipcheck(Self.arguments("json"))
        let results = try JSONDecoder().decode([CheckResult].self, from: outcome.output)
        #expect(results.map(\.path) == Self.paths)
        #expect(results.map(\.gist) == Self.gists)
        #expect(outcome.text.hasPrefix("[\n") && outcome.text.hasSuffix("\n]\n"))
    }

    @Test("`--format ndjson` writes one object a line, in the order in which the files end")
    func ndjson() async throws {
        let outcome = try await clipcheck(Self.arguments("ndjson"))
        #expect(outcome.text.hasSuffix("}\n"))
        let results = try outcome.lines.map(CheckResult.init)
        #expect(Set(results.map(\.path)) == Set(Self.paths))
        #expect(Self.paths.map { path in results.first { $0.path == path }?.gist } == Self.gists)
        for result in results { #expect((result.report == nil) != (result.error == nil)) }
    }

    @Test("`--format json` and `--format ndjson` write the same results")
    func formatsAgree() async throws {
        let array = try await clipcheck(Self.arguments("json"))
        let lines = try await clipcheck(Self.arguments("ndjson", ["--jobs", "1"]))
        let one = try JSONDecoder().decode([CheckResult].self, from: array.output)
        let other = try lines.lines.map(CheckResult.init)
        #expect(one.map(\.report?.findings) == other.map(\.report?.findings))
        #expect(one.map(\.report?.facts) == other.map(\.report?.facts))
        #expect(one.map(\.report?.checklist) == other.map(\.report?.checklist))
    }

    @Test("`--format text` writes a table with a line for each file, then counts of verdicts and reasons")
    func table() async throws {
        let outcome = try await clipcheck(Self.arguments("text", ["--lang", "en"]))
        #expect(
            outcome.lines.filter { !$0.hasPrefix(" ") } == [
                "verdict        length     picture    file", "compliant      2:30.000   1080×1920  作品.mp4",
                "non-compliant  –          –          empty.mp4", "error          –          –          没有这个.mp4",
                "needs review   3:20.000   1080×1920  mirrored-90.mp4",
                "4 files, 1 compliant, 1 needs review, 1 non-compliant, 1 error", "Reasons (files):",
            ])
        #expect(outcome.text.contains("\n               × The file is empty"))
        #expect(outcome.text.contains("\n     1  Readable · fail · \"通用要求：文件能够打开\"\n"))
    }

    @Test("`--verbose` begins each result with its verdict, and ends with the counts")
    func text() async throws {
        let outcome = try await clipcheck(Self.arguments("text", ["--lang", "en", "--verbose"]))
        let heads = outcome.lines.filter { !$0.hasPrefix(" ") }
        #expect(
            heads == [
                "compliant      作品.mp4", "non-compliant  empty.mp4", "error          没有这个.mp4",
                "needs review   mirrored-90.mp4",
                "4 files, 1 compliant, 1 needs review, 1 non-compliant, 1 error", "Reasons (files):",
            ])
    }

    @Test("`--format text` does not mention rules that one compliant file meets")
    func onlyWhatNeedsAttention() async throws {
        let outcome = try await clipcheck(["check", Clip.good, "--contest", "xian-2024", "--lang", "zh"])
        #expect(outcome.lines.count == 3, "verdict, facts, checklist; and one file needs no count")
        #expect(!outcome.text.contains("×") || outcome.text.contains("1080×1920"))
        #expect(!outcome.text.contains("duration"))
    }

    @Test(
        "`--output` writes the same bytes as standard output, and replaces an existing file",
        arguments: ["text", "json", "csv", "junit", "html", "github"])
    func toFile(format: String) async throws {
        let folder = try TemporaryFolder()
        let target = try folder.write(Data(repeating: 0x2E, count: 100_000), to: "report")
        let shown = try await clipcheck(Self.arguments(format))
        let written = try await clipcheck(Self.arguments(format, ["--output", target]))
        #expect(written.code == shown.code)
        #expect(written.text.isEmpty)
        #expect(shown.errorText.isEmpty)
        #expect(written.errorText.hasPrefix("共 4 个文件，合格 1，需人工确认 1，不合格 1，出错 1\n"))
        let bytes = try Data(contentsOf: URL(filePath: target))  // a string made of a file loses its byte order mark
        #expect(Self.timeless(String(decoding: bytes, as: UTF8.self)) == Self.timeless(shown.text))
    }

    /// The text without the values that differ between two runs.
    static func timeless(_ text: String) -> String {
        text.replacing(/[-0-9a-f]{36}/, with: "").replacing(/20[0-9]{2}-[-0-9]{5}[T ][0-9:+.Z]*/, with: "")
    }

    @Test(
        "`--output` to a file that cannot be created exits with 70 and a message",
        arguments: ["gone/report.json", ".", "", "作品.mp4/x"])
    func noFile(target: String) async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good)
        let outcome = try await clipcheck(
            ["check", Clip.good, "--contest", "xian-2024", "--lang", "en", "--output", target], in: folder.url)
        #expect(outcome.code == 70)
        #expect(outcome.text.isEmpty)
        #expect(outcome.errorText.contains("\(target) cannot be written: "))
    }

    @Test("`--output` over one of the inputs is refused, and the input stays unchanged", arguments: ["text", "json"])
    func overInput(format: String) async throws {
        let folder = try TemporaryFolder()
        let clip = try folder.copy(Clip.good)
        let before = FileManager.default.contents(atPath: clip)
        let outcome = try await clipcheck(
            ["check", Clip.good, "--contest", "xian-2024", "--format", format, "--output", "./\(Clip.good)"],
            in: folder.url)
        #expect([64, 70].contains(outcome.code))
        #expect(FileManager.default.contents(atPath: clip) == before)
    }

    @Test("A JSON report holds the digest that sha256sum prints, or null with `--no-digest`")
    func digest() async throws {
        let tool = try #require(Binary.tool("sha256sum"))
        for clip in [Clip.good, "container.webm", "empty.mp4"] {
            let sum = try await Command(tool, [clip], in: TestMedia.folder).run()
            let run = try await check([clip])
            #expect(run.results.first?.report?.media.sha256 == sum.text.split(separator: " ").first.map(String.init))
        }
        let without = try await clipcheck(
            ["check", Clip.good, "--contest", "xian-2024", "--format", "ndjson", "--no-digest"])
        #expect(without.code == 0)
        #expect(without.text.contains("\"sha256\":null"))
    }

    @Test(
        "`check` ends without a message when the reader of its pipe closes it", arguments: ["text", "json", "ndjson"])
    func closedPipe(format: String) async throws {
        let shell = try #require(Binary.tool("sh"))
        let clips = try FileManager.default.contentsOfDirectory(atPath: TestMedia.folder.path)
            .filter { $0.hasSuffix(".mp4") }
        let words = [Binary.path, "check", "--contest", "xian-2024", "--format", format] + clips
        let outcome = try await Command(shell, ["-c", "\"$@\" | head -n 1", "sh"] + words, in: TestMedia.folder).run()
        #expect(outcome.code == 0)
        #expect(outcome.lines.count == 1)
        #expect(!outcome.errorText.contains("Fatal") && !outcome.errorText.contains("Backtrac"))
    }
}
