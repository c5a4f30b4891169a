import Foundation
import TestSupport
import Testing

/// Runs programs without root's capability to ignore permissions.
enum Unprivileged {
    /// The words before a program's name that drop the capability; nil when the machine has no way to do it.
    static let prefix: [String]? = {
        if getuid() != 0 { return [] }
        guard let tool = Binary.tool("setpriv") else { return nil }
        let flags = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
        let trial = try? RunningCommand(Command(tool, flags + ["true"]))
        return trial?.waitForEnd() == true && trial?.outcome.code == 0 ? [tool] + flags : nil
    }()

    /// Runs `clipcheck` with these arguments and without the capability.
    static func command(_ arguments: [String], in folder: TemporaryFolder) -> Command {
        let words = (prefix ?? []) + [Binary.path] + QuickContests.replacing(in: arguments)
        return Command(words[0], Array(words.dropFirst()), in: folder.url)
    }

    static func check(_ paths: [String], in folder: TemporaryFolder) async throws -> [String] {
        let outcome = try await command(
            ["check"] + paths + ["--contest", "xian-2024", "--format", "ndjson"], in: folder
        ).run()
        return try ["\(outcome.code)"] + outcome.lines.map { try CheckResult(line: $0).gist }
    }

    /// Makes a path that no `command` can read as a file: a file without permissions, or a named pipe where permissions
    /// are ignored.
    static func makeUnreadable(_ name: String, in folder: TemporaryFolder) throws {
        let path = try folder.copy(Clip.good, as: name)
        if prefix != nil {
            try #require(chmod(path, 0) == 0)
        } else {
            try FileManager.default.removeItem(atPath: path)
            try #require(mkfifo(path, 0o600) == 0)
        }
    }
}
