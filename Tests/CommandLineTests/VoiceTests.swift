import Foundation
import TestSupport
import Testing

@Suite("Progress and notes of `check`")
struct VoiceTests {
    /// A folder with two equal good files and a file that is no video, so that a run has notes.
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in ["a.mp4", "A.mp4"] { try folder.copy(Clip.good, as: "v/\(name)") }
        try folder.write(Data("notes".utf8), to: "v/notes.txt")
        return folder
    }

    private static let check = ["check", "v", "--contest", "xian-2024", "--lang", "en", "--no-digest"]

    @Test(
        "`--quiet` writes nothing to standard error, and changes no result",
        arguments: EveryFormat.outputs.keys.sorted())
    func quiet(format: String) async throws {
        let folder = try Self.folder()
        let target = format == "xlsx" ? ["--output", folder.path("run.xlsx")] : []
        let arguments = Self.check + ["--format", format] + target
        let plain = try await clipcheck(arguments, in: folder.url)
        let quiet = try await clipcheck(arguments + ["--quiet"], in: folder.url)
        #expect(plain.errorText.contains("v/notes.txt") == (format != "text"))
        #expect(quiet.errorText.isEmpty)
        #expect(quiet.code == 0 && plain.code == 0)
        // NDJSON is in the order in which the files end.
        #expect(
            OutputTests.timeless(quiet.text).split(separator: "\n").sorted()
                == OutputTests.timeless(plain.text).split(separator: "\n").sorted()
        )
        let shown = try await clipcheck(arguments + ["--quiet"], in: folder.url, onTerminal: Terminal(columns: 400))
        #expect(!shown.text.contains("\r\u{1b}"), "no progress is drawn")
    }

    @Test(
        "`--quiet` still reports why a run failed when the results do not say it", arguments: ["json", "csv", "text"])
    func failure(format: String) async throws {
        let folder = try Self.folder()
        let gone = ["--manifest", "gone.csv", "--quiet", "--format", format]
        let outcome = try await clipcheck(Self.check + gone, in: folder.url)
        #expect(outcome.code == 66)
        let told = format == "text" ? outcome.text : outcome.errorText
        #expect(told.contains("gone.csv: There is no such file."), "\(told)")
        let empty = try await clipcheck(
            Self.check + ["--quiet", "--include", "*.avi", "--format", format], in: folder.url)
        #expect(empty.code == 66 && empty.errorText == "No video was found (--include '*.avi').\n")
    }

    @Test("`check` writes a summary to standard error when every result goes to a file")
    func summary() async throws {
        let folder = try Self.folder()
        let outcome = try await clipcheck(Self.check + ["--format", "csv", "--output", "run.csv"], in: folder.url)
        #expect(outcome.text.isEmpty)
        #expect(outcome.errorText.hasPrefix("2 files, 2 compliant, 0 need review, 0 non-compliant\nPlease note:\n"))
        #expect(outcome.errorText.contains("v/A.mp4: differs only in case"))
    }

    @Test("`--verbose` writes everything that was found about every file")
    func verbose() async throws {
        let folder = try Self.folder()
        let plain = try await clipcheck(Self.check, in: folder.url)
        let verbose = try await clipcheck(Self.check + ["--verbose"], in: folder.url)
        let facts = "2:30.000 · 1080×1920 (9:16) · mp4 h264+aac"
        #expect(verbose.text.components(separatedBy: facts).count == 3)
        #expect(!plain.text.contains(facts))
        let both = try await clipcheck(Self.check + ["--verbose", "--quiet"], in: folder.url)
        #expect(both.code == 64)
    }

    @Test("`check` reports its progress in plain lines when standard error is no terminal", .timeLimit(.minutes(10)))
    func progress() async throws {
        let folder = try TemporaryFolder()
        let clip = try folder.copy(Clip.good, as: "v/0.mp4")
        for index in 1..<300 { try #require(link(clip, folder.path("v/\(index).mp4")) == 0) }
        for options in [[], ["--quiet"]] {
            let arguments = Self.check + ["--format", "ndjson", "--jobs", "1"] + options
            let running = try RunningCommand(Command(Binary.path, arguments, in: folder.url))
            #expect(try await running.reaches { !running.written("output").isEmpty })
            // The process sleeps until its next line of progress is due, with most files still to check.
            running.signal(SIGSTOP)
            try await Task.sleep(for: .seconds(5.5))
            running.signal(SIGCONT)
            #expect(try await running.reachesEnd())
            let told = running.outcome.errorText
            let lines = told.split(separator: "\n")
            #expect(!told.contains("\r") && !told.contains("\u{1b}"))
            if options.isEmpty {
                let line = try #require(lines.first)
                #expect(
                    line.contains(/^[0-9]+\/300 · [0-9.]+ [kM]?B\/13\.08 MB · .*✓[0-9]+ \?0 ×0 · v\/[0-9]+\.mp4$/),
                    "\(line)")
            } else {
                #expect(told.isEmpty)
            }
        }
    }
}
