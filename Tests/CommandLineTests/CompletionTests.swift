import Foundation
import TestSupport
import Testing

@Suite("The completion scripts for shells")
struct CompletionTests {
    @Test(
        "The shell bash reads its completion script without an error",
        .enabled(if: Shell.bash.program != nil, "no bash is installed"))
    func bashReads() async throws { try await expectRead(by: .bash) }

    @Test(
        "The shell zsh reads its completion script without an error",
        .enabled(if: Shell.zsh.program != nil, "no zsh is installed"))
    func zshReads() async throws { try await expectRead(by: .zsh) }

    @Test(
        "The shell fish reads its completion script without an error",
        .enabled(if: Shell.fish.program != nil, "no fish is installed"))
    func fishReads() async throws { try await expectRead(by: .fish) }

    private func expectRead(by shell: Shell) async throws {
        let folder = try TemporaryFolder()
        let program = try #require(shell.program)
        let outcome = try await Command(program, ["-n", try await shell.script(in: folder)]).run()
        #expect(outcome.code == 0)
        #expect(outcome.errorText.isEmpty)
    }

    @Test(
        "The completion script offers commands, options and values in bash",
        .enabled(if: Shell.bash.program != nil, "no bash is installed"),
        arguments: [
            (["che"], ["check"]), (["check", "--fo"], ["--format"]),
            (["check", "--format", ""], ["text", "json", "ndjson", "csv", "xlsx", "junit", "html", "github"]),
            (["check", "--format", "j"], ["json", "junit"]),
            (["check", "--fail-on", ""], ["non-compliant", "needs-review", "advisory"]),
            (["check", "clip.mp4", "--contest", "xi"], ["xinhua-credit-cup-2019", "xian-2024"]),
            (["contests", "v"], ["validate"]),
        ])
    func bash(words: [String], offered: [String]) async throws {
        let folder = try TemporaryFolder()
        let script = try await Shell.bash.script(in: folder)
        // The script does what readline does when Tab is pressed after the last of the words.
        let tab = """
            source "$1"; shift
            COMP_WORDS=(clipcheck "$@"); COMP_CWORD=$#; COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
            _clipcheck clipcheck "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let program = try #require(Shell.bash.program)
        let outcome = try await Command(program, ["-c", tab, "bash", script] + words, in: folder.url).run()
        #expect(outcome.code == 0)
        let replies = outcome.lines.map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(replies.sorted() == offered.sorted(), "\(outcome.errorText)")
    }

    @Test(
        "The completion script offers commands and values in fish",
        .enabled(if: Shell.fish.program != nil, "no fish is installed"),
        arguments: [
            ("clipcheck che", ["check"]),
            ("clipcheck check --format ", ["text", "json", "ndjson", "csv", "xlsx", "junit", "html", "github"]),
        ])
    func fish(line: String, offered: [String]) async throws {
        let folder = try TemporaryFolder()
        let script = try await Shell.fish.script(in: folder)
        let program = try #require(Shell.fish.program)
        let arguments = ["--no-config", "-c", "source $argv[1]; complete --do-complete $argv[2]", script, line]
        let environment = ["HOME": folder.url.path]
        let outcome = try await Command(program, arguments, environment: environment, in: folder.url).run()
        let replies = outcome.lines.map { String($0.prefix { $0 != "\t" }) }
        #expect(replies.sorted() == offered.sorted(), "\(outcome.errorText)")
    }

    /// A shell that has a completion script; it need not be installed.
    enum Shell: String {
        case bash, zsh, fish

        /// Path of the shell; nil when it is not installed.
        var program: String? { Binary.tool(rawValue) }

        /// Path of the shell's completion script, which `clipcheck` has written.
        func script(in folder: TemporaryFolder) async throws -> String {
            let made = try await clipcheck(["--generate-completion-script", rawValue])
            #expect(made.code == 0)
            #expect(made.errorText.isEmpty)
            let path = folder.path("completion")
            try made.output.write(to: URL(filePath: path))
            return path
        }
    }
}
