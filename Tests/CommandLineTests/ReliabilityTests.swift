import Foundation
import TestSupport
import Testing

/// Checks that nothing acknowledged is lost, with the built binary: Python and C programs beside the tests kill it and
/// take its disk and memory away. `CLIPCHECK_SOAK` chooses the long forms.
@Suite(
    "Reliability of `serve`", .serialized, .timeLimit(.minutes(60)),
    .enabled(if: python != nil, "CLIPCHECK_PYTHON is not set"))
struct ReliabilityTests {
    private static let isLong = ProcessInfo.processInfo.environment["CLIPCHECK_SOAK"] != nil
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    @Test("A real tus client resumes its upload after `serve` was killed", arguments: ["tuspy", "aiotus"])
    func uploads(client: String) async throws {
        let rounds = Self.isLong ? 100 : 20
        let clip = TestMedia.path("作品.mp4")
        try await run("tus_kill.py", [Binary.path, clip, "--rounds", "\(rounds)", "--client", client])
    }

    @Test("Acknowledged entries survive SIGKILL, and their digests stay correct")
    func kills() async throws {
        try await run("crash_load.py", [Binary.path, "--rounds", Self.isLong ? "200" : "8"])
    }

    @Test("A large upload does not make the memory of `serve` grow with its size")
    func memory() async throws {
        try await run("large_upload.py", [Binary.path, "--bytes", "\(Self.isLong ? 4 << 30 : 256 << 20)"])
    }

    @Test("Acknowledged data survives a power cut and a full disk, and a missing fsync is noticed")
    func faults() async throws {
        let script = Self.tests.appending(components: "Faults", "run.sh").path
        let command = Command(
            "/bin/sh", [script, Self.isLong ? "long" : "short", Binary.path],
            environment: ["CLIPCHECK_PYTHON": try #require(python)])
        let outcome = try await command.run(within: .seconds(Self.isLong ? 3000 : 900))
        print(outcome.text)
        #expect(outcome.code == 0, "\(outcome.text.suffix(3000)) \(outcome.errorText.suffix(2000))")
    }

    /// Runs a script, prints its last two lines, which are the figures, and expects the exit code 0.
    private func run(_ script: String, _ arguments: [String]) async throws {
        let path = Self.tests.appending(components: "EntryServerTests", "python", script).path
        let command = Command(try #require(python), [path] + arguments)
        let outcome = try await command.run(within: .seconds(Self.isLong ? 3000 : 600))
        print("\(script): \(outcome.text.split(separator: "\n").suffix(2).joined(separator: "\n"))")
        #expect(outcome.code == 0, "\(outcome.text.suffix(3000)) \(outcome.errorText.suffix(2000))")
    }
}

private let python = ProcessInfo.processInfo.environment["CLIPCHECK_PYTHON"]
