import ContestRules
import Foundation
import TestSupport
import Testing

/// A contest file that rejects videos shorter than its minimum, such as the clips of TestMedia named `short`.
private let ownContest = """
    schema: clipcheck.contest/1
    id: our-own-2026
    revision: 3
    name: {zh: 我们自己的征集, en: Our own contest}
    source: {document: 校发〔2026〕1号, issued: 2026-11-21}
    rules:
      - {id: readable, kind: readable, level: required, clause: 文件能够打开}
      - id: length
        kind: duration
        level: required
        clause: 时长不少于10秒
        min: 10s

    """

@Suite("Contest files on the command line")
struct ContestFileTests {
    @Test("`check` and `serve` judge by a contest file that the user wrote")
    func own() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Data(ownContest.utf8), to: "own.yaml")
        let run = try await check([Clip.good, "short.mp4", "empty.mp4"], contest: file)
        #expect(run.results.map(\.gist) == ["compliant", "non-compliant", "non-compliant"])
        #expect(run.results.first?.report?.contest.id == "our-own-2026")
        #expect(run.results.first?.report?.contest.revision == 3)
        #expect(run.results.first?.report?.findings.map(\.rule) == ["readable", "length"])
        let shown = try await clipcheck(["contests", "show", "own.yaml", "--format", "json"], in: folder.url)
        #expect(
            JSONTree.text(JSONTree.value("id", in: try JSONSerialization.jsonObject(with: shown.output))).contains(
                "our-own"))
        let service = try Service(["--contest", "own.yaml"], data: folder.path("data"), in: folder.url)
        let page = try await fetch(try await service.address() + "/v1/contests/our-own-2026")
        #expect(page.status == 200)
        #expect(page.body.contains("时长不少于10秒"))
    }

    /// Mistakes: the text that is replaced in the contest file above, its replacement, and the place that the message
    /// names.
    private static let mistakes = [
        ("kind: duration", "kind: durration", "9:11: rules[1].kind: "),
        ("min: 10s", "min: ten", "12:10: rules[1].min: "),
        ("min: 10s", "minn: 10s", "12:5: rules[1].minn: "), ("revision: 3", "revision: 0", "3:11: revision: "),
        ("id: length", "id: readable", "8:9: rules[1].id: "),
        ("level: required\n", "level: must\n", "10:12: rules[1].level: "),
        ("schema: clipcheck.contest/1", "schema: clipcheck.contest/9", "1:9: schema: "),
        ("issued: 2026-11-21", "issued: 昨天", "5:40: source.issued: "), ("rules:", "ruels:", "6:1: ruels: "),
        ("id: our-own-2026\n", "", "1:1: id: "), ("rules:", "rules: [", "7:"),
    ]

    @Test(
        "A mistake in a contest file gives exit code 64 and is named with file, line, column and key",
        arguments: mistakes)
    func mistake(original: String, replacement: String, place: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(ownContest.replacing(original, with: replacement).utf8), to: "own.yaml")
        for command in [
            ["check", TestMedia.path(Clip.good), "--contest", "own.yaml"], ["contests", "validate", "own.yaml"],
            ["contests", "show", "own.yaml"], ["serve", "--contest", "own.yaml", "--data", "data"],
        ] {
            let outcome = try await clipcheck(command, in: folder.url)
            #expect(outcome.code == 64)
            #expect(outcome.text.isEmpty)
            let lines = outcome.errorText.split(separator: "\n")
            #expect(lines.contains { $0.hasPrefix("own.yaml:\(place)") }, "\(outcome.errorText)")
        }
    }

    @Test(
        "A file that is no contest file gives exit code 64 and is named",
        arguments: ["empty", "binary", "list", "folder", "gone", "latin"])
    func none(kind: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(), to: "empty")
        try folder.write(Data([0, 1, 2, 0xFF, 0xFE]), to: "binary")
        try folder.write(Data("- one\n- two\n".utf8), to: "list")
        try folder.write(Data([0x6E, 0xE9, 0x0A]), to: "latin")
        try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
        for command in [["check", TestMedia.path(Clip.good), "--contest", kind], ["contests", "validate", kind]] {
            let outcome = try await clipcheck(command, in: folder.url)
            #expect(outcome.code == 64)
            #expect(outcome.errorText.contains(kind))
            #expect(outcome.text.isEmpty)
        }
    }

    @Test("Every mistake in a contest file is named in one run")
    func several() async throws {
        let folder = try TemporaryFolder()
        let text = ownContest.replacing("revision: 3", with: "revision: x").replacing(
            "10s", with: "10s\n    tolerance: much")
        try folder.write(Data(text.utf8), to: "own.yaml")
        let outcome = try await clipcheck(["contests", "validate", "own.yaml"], in: folder.url)
        let places = outcome.errorText.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(places == ["own.yaml:3:11:", "own.yaml:13:16:"])
    }

    @Test("`contests validate` accepts a valid file even when other files are missing or invalid")
    func besideOthers() async throws {
        let folder = try TemporaryFolder()
        try folder.write(Data(ownContest.utf8), to: "good.yaml")
        try folder.write(Data("rules: 3".utf8), to: "bad.yaml")
        let outcome = try await clipcheck(
            ["contests", "validate", "gone.yaml", "bad.yaml", "good.yaml", "--lang", "en"], in: folder.url)
        #expect(outcome.code == 64)
        #expect(outcome.text == "good.yaml: valid (our-own-2026, 2 rules)\n")
        for file in ["gone.yaml", "bad.yaml"] { #expect(outcome.errorText.contains("\(file):")) }
        let alone = try await clipcheck(["contests", "validate", "good.yaml", "--lang", "zh"], in: folder.url)
        #expect(alone.code == 0)
        #expect(alone.text == "good.yaml：有效（our-own-2026，2 条规则）\n")
        #expect(alone.errorText.isEmpty)
    }
}

@Suite("The built-in contests on the command line")
struct BuiltInContestTests {
    @Test("`contests list` prints the built-in contests with their names in columns", arguments: ["zh", "en"])
    func list(language: String) async throws {
        let outcome = try await clipcheck(["contests", "list", "--lang", language])
        #expect(outcome.code == 0)
        #expect(outcome.lines.count == 4)
        let columns = Set(outcome.lines.compactMap { $0.firstRange(of: /\ {2,}/)?.upperBound.utf16Offset(in: $0) })
        #expect(columns.count == 1)
        for id in ["xinhua-credit-cup-2019", "xian-2024", "weifang-2023", "demo"] { #expect(outcome.text.contains(id)) }
        let word = language == "zh" ? "西安" : "Xi'an"
        #expect(outcome.text.contains(word))
    }

    @Test(
        "`contests show --format json` prints a built-in contest as the same JSON as the service",
        arguments: ["xinhua-credit-cup-2019", "xian-2024", "weifang-2023"])
    func show(id: String) async throws {
        let outcome = try await clipcheck(["contests", "show", id, "--format", "json"])
        #expect(outcome.code == 0)
        let tree = try JSONSerialization.jsonObject(with: outcome.output)
        #expect(JSONTree.text(JSONTree.value("id", in: tree)) == "\"\(id)\"")
        #expect(JSONTree.text(JSONTree.value("schema", in: tree)) == "\"clipcheck.contest/1\"")
        let rules = JSONTree.value("rules", in: tree) as? [[String: Any]]
        #expect(rules?.compactMap { $0["clause"] as? String }.count ?? 0 > 8)
    }
}
