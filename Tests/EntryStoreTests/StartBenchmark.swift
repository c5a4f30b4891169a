import EntryIntake
import Foundation
import TestSupport
import Testing

@testable import EntryStore

/// Measures how long a store of 100,000 entries takes to open, and prints it. Run with
/// `CLIPCHECK_BENCH=1 swift test --filter StartBenchmark`.
@Suite(
    "Start at 100,000 entries",
    .enabled(if: ProcessInfo.processInfo.environment["CLIPCHECK_BENCH"] != nil, "CLIPCHECK_BENCH is not set"))
struct StartBenchmark {
    @Test("`EntryStore` with 100,000 entries and their files opens within a second")
    func start() async throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path
        try ListBenchmark.fill(path)
        try Self.makeFiles(path)
        var store: EntryStore?
        let opening = try ContinuousClock().measure { store = try EntryStore(folder: path) }
        let opened = try #require(store)
        var missing: [String] = []
        let looking = try await ContinuousClock().measure { missing = try await opened.entriesWithoutMedia() }
        let tidying = try await ContinuousClock().measure { try await opened.tidy(at: .sample) }
        _ = try await opened.apply(EntryChange(entry: "entry-5", at: .sample, .deleted))
        let merging = try await ContinuousClock().measure { try await opened.tidy(at: .sample) }
        print(
            "open \(opening), search for missing files \(looking), tidying \(tidying), tidying after a deletion \(merging)"
        )
        #expect(missing.isEmpty)
        #expect(opening < .seconds(1))
    }

    /// Writes the files that the rows of `ListBenchmark.fill` name, one byte each.
    private static func makeFiles(_ path: String) throws {
        for first in 0..<256 {
            try FileManager.default.createDirectory(
                atPath: path + "/media/" + String(format: "%02x", first), withIntermediateDirectories: true)
        }
        for number in 1...100_000 {
            let name = ListBenchmark.sum(number)
            let descriptor = open(path + "/media/\(name.prefix(2))/\(name)", O_WRONLY | O_CREAT, 0o600)
            guard descriptor >= 0, write(descriptor, "a", 1) == 1 else { throw CocoaError(.fileWriteUnknown) }
            close(descriptor)
        }
    }
}
