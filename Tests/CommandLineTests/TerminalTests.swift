import Foundation
import TestSupport
import Testing

@Suite("`check` on a terminal")
struct TerminalTests {
    private static let check = ["check", Clip.good, "empty.mp4", Clip.review, Clip.missing, "--contest", "xian-2024"]

    private static func show(
        _ arguments: [String], columns: UInt16 = 80, _ environment: [String: String] = [:],
        in folder: URL? = TestMedia.folder
    ) async throws -> Outcome {
        try await clipcheck(arguments, environment: environment, in: folder, onTerminal: Terminal(columns: columns))
    }

    @Test(
        "A terminal has its verdicts coloured, unless NO_COLOR or TERM=dumb forbids colours",
        arguments: [
            ([:], true), (["NO_COLOR": ""], true), (["NO_COLOR": "1"], false), (["NO_COLOR": "0"], false),
            (["TERM": "dumb"], false),
        ] as [([String: String], Bool)])
    func colours(environment: [String: String], isColoured: Bool) async throws {
        let outcome = try await Self.show(Self.check, environment)
        #expect(outcome.code == 66)
        for colour in ["32m", "31m", "33m"] { #expect(outcome.text.contains(colour) == isColoured) }
        #expect(outcome.text.contains("\u{1b}[0m") == isColoured)
    }

    @Test("A pipe gets neither colours nor progress", arguments: ["text", "json", "ndjson"])
    func piped(format: String) async throws {
        let outcome = try await clipcheck(Self.check + ["--format", format])
        #expect(!outcome.output.contains(0x1B) && !outcome.errors.contains(0x1B))
        #expect(!outcome.output.contains(0x0D) && !outcome.errors.contains(0x0D))
        #expect(outcome.errors.isEmpty)
    }

    @Test("A terminal shows the same words as a pipe, once the progress line is cleared", arguments: ["zh", "en"])
    func sameWords(language: String) async throws {
        let piped = try await clipcheck(Self.check + ["--lang", language])
        let shown = try await Self.show(Self.check + ["--lang", language], columns: 400)
        #expect(Terminal.screen(shown.text) == piped.lines)
    }

    @Test("An output file gets no colours when `check` runs on a terminal", arguments: ["text", "ndjson", "html"])
    func outputToFile(format: String) async throws {
        let folder = try TemporaryFolder()
        let shown = try await Self.show(Self.check + ["--format", format, "--output", folder.path("report")])
        #expect(shown.code == 66)
        let written = try #require(FileManager.default.contents(atPath: folder.path("report")))
        #expect(!written.isEmpty && !written.contains(0x1B))
        #expect(Terminal.screen(shown.text).first == "共 4 个文件，合格 1，需人工确认 1，不合格 1，出错 1", "progress is drawn over")
        #expect(shown.text.contains("4/4"))
    }

    @Test("A terminal shows how much of a file has been decoded, also for a single file", arguments: [1, 2])
    func look(files: Int) async throws {
        let folder = try TemporaryFolder()
        let clip = try MadeClip(
            "long.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=640x360:r=25:d=60", "-c:v", "libx264", "-preset", "ultrafast", "-g", "5"])
        let contest = """
            schema: clipcheck.contest/1
            id: sample
            revision: 1
            name: {zh: 示例, en: Sample}
            source: {document: 示例通知, issued: 2024-02-27}
            rules:
              - {id: readable, kind: readable, level: required, clause: 文件能够打开}
              - {id: decodable, kind: decodable, level: required, clause: 能够播放, depth: full}
            """
        try contest.write(to: folder.url.appending(path: "contest.yaml"), atomically: true, encoding: .utf8)
        for number in 0..<files {
            try FileManager.default.copyItem(atPath: clip.path, toPath: folder.path("作品\(number).mp4"))
        }
        let names = (0..<files).map { "作品\($0).mp4" }
        let outcome = try await Self.show(
            ["check"] + names + ["--contest", "contest.yaml", "--jobs", "1"], in: folder.url)
        #expect(outcome.code == 0)
        #expect(outcome.text.contains(/作品0\.mp4 0:[0-5][0-9]\/1:00/))
        for line in Terminal.screen(outcome.text) { #expect(!line.contains("/1:00"), "progress is drawn over") }
        let piped = try await clipcheck(
            ["check"] + names + ["--contest", "contest.yaml", "--jobs", "1"], in: folder.url)
        #expect(!piped.errorText.contains("/1:00") || files > 1)
    }

    @Test("`Terminal.screen` keeps neither overwritten text nor a cleared progress line before an empty line")
    func screen() {
        #expect(
            Terminal.screen("1/2\r\u{1b}[K2/2\r\u{1b}[K\r\n\u{1b}[1mtwo files\u{1b}[0m\r\nend\r\n") == [
                "two files", "end",
            ])
    }

    @Test(
        "`check` writes no line that is wider than the terminal",
        arguments: ["xinhua-credit-cup-2019", "xian-2024", "weifang-2023"], ["zh", "en"])
    func width(contest: String, language: String) async throws {
        let arguments = ["check", ".", "gone.mp4", "/dev/null", "--contest", contest, "--lang", language]
        for columns in [60, 80] as [UInt16] {
            let outcome = try await Self.show(arguments, columns: columns)
            let lines = Terminal.screen(outcome.text)
            #expect(lines.count > 300)
            for line in lines where Terminal.columns(line) > columns {
                Issue.record("\(Terminal.columns(line)) columns: \(line)")
            }
        }
    }

    @Test("Text is broken between words at the width of the terminal, which COLUMNS overrides")
    func columns() async throws {
        let arguments = ["check", "short.mpg", "--contest", "xian-2024", "--lang", "en"]
        let wide = try await Self.show(arguments, columns: 200)
        let narrow = try await Self.show(arguments, columns: 200, ["COLUMNS": "50"])
        let lines = Terminal.screen(narrow.text)
        #expect(lines.count > Terminal.screen(wide.text).count)
        #expect(lines.allSatisfy { Terminal.columns($0) <= 50 })
        let words = { (text: String) in Terminal.screen(text).flatMap { $0.split(separator: " ") } }
        #expect(words(narrow.text) == words(wide.text))
    }

    @Test("A terminal shows the paths of all results in one column", arguments: ["zh", "en"])
    func alignment(language: String) async throws {
        let outcome = try await Self.show(Self.check + ["--lang", language])
        let paths = [Clip.good, "empty.mp4", Clip.review, Clip.missing]
        let starts = Terminal.screen(outcome.text).compactMap { line -> Int? in
            guard !line.hasPrefix(" "), let path = paths.first(where: line.hasSuffix) else { return nil }
            return Terminal.columns(String(line.dropLast(path.count)))
        }
        #expect(starts.count == paths.count)
        #expect(Set(starts).count == 1)
    }

    @Test(
        "A file name cannot control the terminal",
        arguments: ["\u{1b}[2J", "\u{1b}]0;title\u{7}", "\r", "\n", "\u{8}", "\u{9b}31m", "\u{202e}4pm", "\u{7f}"])
    func hostileNames(sequence: String) async throws {
        let folder = try TemporaryFolder()
        try folder.copy(Clip.good, as: "v\(sequence)v.mp4")
        try folder.write(Data("text".utf8), to: "t\(sequence)t.txt")
        for arguments in [["check", "."], ["check", "v\(sequence)v.mp4", "t\(sequence)t.txt", "gone\(sequence)"]] {
            let shown = try await Self.show(arguments + ["--contest", "xian-2024"], ["NO_COLOR": "1"], in: folder.url)
            #expect(shown.text.contains(".mp4"))
            let ours = shown.text.replacing("\r\n", with: "\n").replacing("\r\u{1b}[K", with: "")
            #expect(!ours.contains(sequence) || sequence == "\n")
            if sequence == "\n" { #expect(!ours.contains("\nv.mp4") && !ours.contains("\nt.txt")) }
        }
    }
}
