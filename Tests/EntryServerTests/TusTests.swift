import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryServer

/// Resumable uploads against programs of others: a script that checks every requirement of the protocol, and two
/// clients.
@Suite("tus 1.0.0", .serialized, .timeLimit(.minutes(10)), .enabled(if: Program.python != nil, "no Python"))
struct TusTests {
    @Test("The service meets every requirement of tus 1.0.0 that it advertises")
    func requirements() async throws {
        let lifetime = 6
        let service = try TestService(uploadLifetime: .seconds(lifetime), clock: .system)
        try await service.listening { port in
            let outcome = try await run(
                "tus_requirements.py", ["http://127.0.0.1:\(port)", "--lifetime", "\(lifetime)"])
            let lines = outcome.text.split(separator: "\n")
            let wrong = lines.filter { !$0.hasPrefix("ok ") }.joined(separator: "\n")
            print("tus: \(lines.last ?? "")")
            #expect(outcome.status == 0, "\(wrong) \(outcome.errors)")
            #expect(lines.count { $0.hasPrefix("ok ") } > 250)
        }
    }

    @Test(
        "A tus client uploads a file, and the entry has these bytes",
        arguments: [
            ["--client", "tuspy"], ["--client", "tuspy", "--chunk", "3000", "--checksums"], ["--client", "aiotus"],
            ["--client", "aiotus", "--chunk", "3000"],
        ])
    func clients(options: [String]) async throws {
        let service = try TestService()
        try await service.listening { port in
            let outcome = try await run(
                "tus_clients.py", ["http://127.0.0.1:\(port)", TestMedia.path(Clip.compliantName)] + options)
            #expect(outcome.status == 0, "\(outcome.text) \(outcome.errors)")
        }
    }

    private func run(_ script: String, _ arguments: [String]) async throws -> Program.Outcome {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let path = folder.appending(components: "python", script).path
        return try await Program.run(try #require(Program.python), [path] + arguments)
    }
}
