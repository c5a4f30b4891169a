import Foundation
import TestSupport
import Testing

/// The commands for authors of contest files.
@Suite("`contests show`, `new` and `validate` for authors")
struct AuthorCommandTests {
    private static let own = """
        # 我们的注释
        schema: clipcheck.contest/2
        id: our-own
        revision: 1
        name: {zh: 我们的征集, en: Our contest}
        source: {document: 校发〔2026〕1号, issued: 2026-11-21}
        rules:
          - {id: length, kind: duration, level: required, clause: 时长1-3分钟, min: 1m, max: 3m}
          - {id: item, kind: person, level: required, clause: 每秒25帧}

        """

    private static let answers = """
        信用短视频

        信用办〔2026〕3号
        2026年3月2日


        时长 3-5 分钟





        格式为mp4




        """ + String(repeating: "\n", count: 9)

    @Test("`contests show` prints the rules for people in the chosen language")
    func text() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(Self.own.utf8), to: "own.yaml")
        let chinese = try await clipcheck(["contests", "show", "own.yaml", "--lang", "zh"], in: folder.url)
        #expect(chinese.code == 0 && chinese.text.hasPrefix("我们的征集（our-own, 第 1 版）\n"))
        #expect(chinese.text.contains("  时长（length）：1 分至 3 分\n    原文：时长1-3分钟\n"))
        let english = try await clipcheck(["contests", "show", "own.yaml", "--lang", "en"], in: folder.url)
        #expect(english.text.contains("  Duration (length): 1 min to 3 min\n"))
    }

    @Test("`contests show --format yaml` prints a file that `contests validate` accepts, comments included")
    func yaml() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(Self.own.utf8), to: "own.yaml")
        let own = try await clipcheck(["contests", "show", "own.yaml", "--format", "yaml"], in: folder.url)
        #expect(own.text == Self.own)
        for id in ["xinhua-credit-cup-2019", "weifang-2023", "xian-2024", "demo"] {
            let shown = try await clipcheck(["contests", "show", id, "--format", "yaml"])
            try folder.write(shown.output, to: "\(id).copy.yaml")
            let valid = try await clipcheck(["contests", "validate", "--strict", "\(id).copy.yaml"], in: folder.url)
            #expect(valid.code == 0 && shown.text.contains("#"), "\(valid.errorText)")
        }
    }

    @Test("The JSON of `contests show` is a contest file that is shown as YAML")
    func json() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(Self.own.utf8), to: "own.yaml")
        let json = try await clipcheck(["contests", "show", "own.yaml", "--format", "json"], in: folder.url)
        try folder.write(json.output, to: "own.json")
        let yaml = try await clipcheck(["contests", "show", "own.json", "--format", "yaml"], in: folder.url)
        try folder.write(yaml.output, to: "again.yaml")
        let again = try await clipcheck(["contests", "show", "again.yaml", "--format", "json"], in: folder.url)
        #expect(again.text == json.text && yaml.text.contains("min: 1m"))
    }

    @Test("`contests validate` prints warnings with exit code 0, and with 64 under `--strict`")
    func warnings() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(Self.own.utf8), to: "own.yaml")
        let lax = try await clipcheck(["contests", "validate", "own.yaml", "--lang", "en"], in: folder.url)
        #expect(lax.code == 0 && lax.text == "own.yaml: valid (our-own, 12 rules)\n")
        #expect(lax.errorText.hasPrefix("own.yaml:9:") && lax.errorText.contains(": warning: rules[1].clause: \"25帧\""))
        let strict = try await clipcheck(
            ["contests", "validate", "--strict", "own.yaml", "--lang", "zh"], in: folder.url)
        #expect(strict.code == 64 && strict.errorText.contains("警告"))
    }

    @Test("`contests new` writes a file from a file of answers, and `contests validate` accepts it")
    func new() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(Self.answers.utf8), to: "answers.txt")
        let made = try await clipcheck(
            ["contests", "new", "made.yaml", "--from", "answers.txt", "--lang", "zh"], in: folder.url)
        #expect(made.code == 0, "\(made.errorText)")
        let valid = try await clipcheck(["contests", "validate", "made.yaml"], in: folder.url)
        #expect(valid.code == 0)
        let shown = try await clipcheck(["contests", "show", "made.yaml", "--lang", "zh"], in: folder.url)
        #expect(shown.text.contains("（contest-2026, 第 1 版）") && shown.text.contains("3 分至 5 分"))
        #expect(shown.text.contains("限于 mp4"))
    }

    @Test("`contests new` writes nothing when the answers end early or a file is there")
    func aborted() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data("名称\n".utf8), to: "answers.txt")
        let short = try await clipcheck(["contests", "new", "made.yaml", "--from", "answers.txt"], in: folder.url)
        #expect(short.code == 64)
        #expect(!FileManager.default.fileExists(atPath: folder.path("made.yaml")))
        try folder.write(Data("mine".utf8), to: "made.yaml")
        try folder.write(Data(("n\n" + Self.answers).utf8), to: "answers.txt")
        let kept = try await clipcheck(["contests", "new", "made.yaml", "--from", "answers.txt"], in: folder.url)
        #expect(kept.code == 64)
        #expect(FileManager.default.contents(atPath: folder.path("made.yaml")) == Data("mine".utf8))
    }
}
