import Foundation
import TestSupport
import Testing

@Suite("Usage errors and help of `clipcheck`")
struct UsageTests {
    private static let known = ["--contest", "xian-2024"]

    @Test(
        "`clipcheck` exits with 64 for unknown arguments, with a message and no output",
        arguments: [
            ["nonsense"], ["--nonsense"], ["check"], ["check"] + known, ["check", Clip.good],
            ["check", Clip.good, "--contest"], ["check", Clip.good, "--contest", "xian-2042"],
            ["check", Clip.good, "--contest", ""], ["check", Clip.good, "--contest", "."],
            ["check", Clip.good, "--nonsense"] + known, ["check", Clip.good, "--format", "yaml"] + known,
            ["check", Clip.good, "--format", "TEXT"] + known, ["check", Clip.good, "--lang", "fr"] + known,
            ["check", Clip.good, "--lang"] + known, ["check", Clip.good, "--jobs", "0"] + known,
            ["check", Clip.good, "--jobs=-1"] + known, ["check", Clip.good, "--jobs", "many"] + known,
            ["check", Clip.good, "--store", "--no-digest", "--data", "/nonexistent"] + known,
            ["contests", "nonsense"], ["contests", "show"], ["contests", "show", "xian-2042"],
            ["contests", "validate"],
            ["contests", "list", "--lang", "de"], ["probe", "--nonsense", Clip.good], ["serve", "nonsense"],
            ["serve", "--port", "eighty"], ["serve", "--contest", "xian-2042", "--data", "/nonexistent"],
        ])
    func refused(arguments: [String]) async throws {
        let outcome = try await clipcheck(arguments)
        #expect(outcome.code == 64)
        #expect(outcome.text.isEmpty)
        #expect(!outcome.errorText.isEmpty)
    }

    @Test(
        "`serve` exits with 64 for a number out of range, before it touches the data folder",
        arguments: [
            ["--port", "65536"], ["--port=-1"], ["--max-upload", "0"], ["--max-upload=-1"],
            ["--max-upload", "9223372036854775807"], ["--jobs", "0"], ["--jobs=-1"], ["--waiting=-1"],
        ])
    func impossibleNumbers(arguments: [String]) async throws {
        let folder = try TemporaryFolder()
        let service = try Service(arguments, data: folder.path("data"))
        let ended = await service.ends()
        #expect(ended?.code == 64)
        #expect(folder.files.isEmpty)
    }

    @Test(
        "`clipcheck` exits with 64 for an environment variable with an invalid value",
        arguments: [
            ("CLIPCHECK_JOBS", "many"), ("CLIPCHECK_JOBS", "1.5"), ("CLIPCHECK_JOBS", "0"), ("CLIPCHECK_JOBS", "-1"),
            ("CLIPCHECK_CONTEST", "xian-2042"), ("CLIPCHECK_LANG", "fr"), ("CLIPCHECK_ISOLATION", "maximal"),
            ("CLIPCHECK_ISOLATION", "Required"),
        ])
    func environment(variable: String, value: String) async throws {
        let environment = ["CLIPCHECK_CONTEST": "xian-2024"].merging([variable: value]) { $1 }
        let outcome = try await clipcheck(["check", Clip.good], environment: environment)
        #expect(outcome.code == 64)
        #expect(outcome.text.isEmpty)
        #expect(outcome.errorText.contains(value))
    }

    @Test(
        "`serve` exits with 64 for an environment variable with an invalid value, and names what the variable allows",
        arguments: [
            (
                "LOG_LEVEL", "loud",
                "应为其中之一：trace、debug、info、notice、warning、error、critical"
                    + " is not one of trace, debug, info, notice, warning, error, critical"
            ),
            ("ISOLATION", "maximal", "应为其中之一：required、best-effort is not one of required, best-effort"),
            ("SHUTDOWN_TIME", "86401", "应为 0 到 86400 的整数 is not a whole number from 0 to 86400"),
            ("OPEN", "yes", "应为 0 到 1 的整数 is not a whole number from 0 to 1"),
            ("JOBS", "0", "应为 1 以上的整数 is not a whole number of at least 1"),
        ])
    func namesAllowedValues(name: String, value: String, allowed: String) async throws {
        let folder = try TemporaryFolder()
        let service = try Service(data: folder.path("data"), environment: ["CLIPCHECK_\(name)": value])
        let ended = try #require(await service.ends())
        #expect(ended.code == 64)
        #expect(ended.text.isEmpty)
        #expect(ended.errorText.contains("CLIPCHECK_\(name) \(allowed): \(value)"), "\(ended.errorText)")
        #expect(folder.files.isEmpty)
    }

    @Test("`check` takes contest and jobs from the environment when no flag is given")
    func environmentDefaults() async throws {
        let variables = ["CLIPCHECK_CONTEST": "xian-2024", "CLIPCHECK_JOBS": "2"]
        #expect(try await clipcheck(["check", Clip.good], environment: variables).code == 0)
        let flag = try await clipcheck(["check", Clip.good, "--contest", "weifang-2023"], environment: variables)
        #expect(flag.code == 1)
        let broken = variables.merging(["CLIPCHECK_JOBS": "many", "CLIPCHECK_CONTEST": "xian-2042"]) { $1 }
        let flags = ["check", Clip.good, "--contest", "xian-2024", "--jobs", "1"]
        #expect(try await clipcheck(flags, environment: broken).code == 0)
        let empty = ["CLIPCHECK_CONTEST": "", "CLIPCHECK_JOBS": ""]
        #expect(try await clipcheck(["check", Clip.good], environment: empty).code == 64)
    }

    @Test("`check` names the built-in contests when `--contest` is unknown", arguments: ["zh", "en"])
    func contestNames(language: String) async throws {
        let outcome = try await clipcheck(["check", Clip.good, "--contest", "xian-2042", "--lang", language])
        for id in ["xian-2042", "xinhua-credit-cup-2019", "weifang-2023", "xian-2024"] {
            #expect(outcome.errorText.contains(id))
        }
    }

    @Test(
        "`--help` prints to standard output and exits with 0",
        arguments: [
            (["--help"], "check"), (["--help"], "3 仅用 only with --fail-on advisory"),
            (["check", "--help"], "--contest"), (["help", "serve"], "--port"),
            (["probe", "--help"], "66"), (["contests", "--help"], "validate"), ([], "check"),
        ])
    func help(arguments: [String], word: String) async throws {
        let outcome = try await clipcheck(arguments)
        #expect(outcome.code == 0)
        #expect(outcome.text.contains(word))
        #expect(outcome.errorText.isEmpty)
    }

    @Test("`--version` names the release, and a version of every library that reads, measures or stores")
    func version() async throws {
        let outcome = try await clipcheck(["--version"])
        #expect(outcome.code == 0 && outcome.errorText.isEmpty)
        #expect(outcome.lines.first?.wholeMatch(of: /clipcheck [0-9]+\.[0-9]+\.[0-9]+( \([0-9a-z+]+\))?/) != nil)
        let names = outcome.lines.dropFirst().map { $0.split(separator: " ").first.map(String.init) ?? "" }
        #expect(
            names == ["swift", "libavcodec", "libavformat", "libavutil", "libebur128", "sqlite"])
        for line in outcome.lines.dropFirst(2) {
            #expect(line.wholeMatch(of: /[a-z0-9]+ [0-9]+\.[0-9]+\.[0-9]+/) != nil, "\(line)")
        }
    }
}
