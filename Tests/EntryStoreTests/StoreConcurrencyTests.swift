import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import EntryStore

@Suite("Concurrent calls of `EntryStore`", .timeLimit(.minutes(3)))
struct StoreConcurrencyTests {
    private let folder: TemporaryFolder
    private let store: EntryStore

    init() throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.url.path)
    }

    @Test("Concurrent submissions and deletions leave every entry its file, and no file without an entry")
    func submitAndDelete() async throws {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    await work {
                        try await store.submit(content(number), id: "\(number)")
                        if !number.isMultiple(of: 3) { #expect(try await store.delete("\(number)")) }
                    }
                }
            }
        }
        #expect(try await store.list().count == 34)
        try await expectOrder()
    }

    @Test(
        "Concurrent changes and readings of the same entries leave every entry its file, and no file without an entry",
        arguments: 1...3 as ClosedRange<UInt64>
    )
    func everything(seed: UInt64) async throws {
        for number in 0..<10 { try await store.submit(content(number), id: "\(number)") }
        var random = SeededGenerator(seed: seed)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                let (action, id, version) = (
                    Int.random(in: 0..<5, using: &random), "\(Int.random(in: 0..<10, using: &random))",
                    Int.random(in: 0..<5, using: &random)
                )
                group.addTask { await work { try await act(action, on: id, version) } }
            }
        }
        try await expectOrder()
    }

    @Test(
        "Changes that are cancelled at random times leave every entry its file, and no file without an entry",
        arguments: 1...3 as ClosedRange<UInt64>)
    func cancelled(seed: UInt64) async throws {
        for number in 0..<10 { try await store.submit(content(number), id: "\(number)") }
        var random = SeededGenerator(seed: seed)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                let (action, id) = (Int.random(in: 0..<6, using: &random), "\(Int.random(in: 0..<20, using: &random))")
                let delay = Duration.microseconds(Int.random(in: 0..<4000, using: &random))
                let task = Task { () async -> IntakeError? in
                    // Every action has its own bytes, so that no other entry's need hides a file that is left behind.
                    do { try await act(action, on: id, number) } catch { return error as? IntakeError }
                    return nil
                }
                group.addTask {
                    try? await Task.sleep(for: delay)
                    task.cancel()
                    let code = await task.value?.code
                    #expect(code == nil || code == .cancelled)
                }
            }
        }
        try await expectOrder()
    }

    private func content(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(number % 5), count: 5000 + number % 5) }

    private func act(_ action: Int, on id: String, _ version: Int) async throws {
        let content = Array("version \(version)".utf8)
        switch action {
        case 0: try await store.submit(content)
        case 1: _ = try await store.delete(id)
        case 2:
            guard let media = try await store.entry(id)?.media else { return }
            // The store refuses the report when another task replaced the media.
            _ = try? await store.add(.sample(of: media, verdict: .needsReview), toEntry: id)
        case 3:
            guard let file = try await store.openMedia(of: id) else { return }
            #expect(try file.read(at: 0, count: 1).count == 1)
        default:
            let media = try await store.received(content)
            _ = try await store.replaceMedia(of: id, with: media, .sample(of: media.media, verdict: .needsReview))
        }
    }

    /// Runs `body`, and expects no error.
    private func work(_ body: () async throws -> Void) async {
        await #expect(throws: Never.self) { try await body() }
    }

    /// Expects that every row's file exists with the right bytes, every file has a row, and no part is left.
    private func expectOrder(at sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let lines = try await store.list()
        for line in lines {
            #expect(try await store.holdsItsFile(line.id, line.media), sourceLocation: sourceLocation)
            let report = try await store.entry(line.id)?.report
            #expect(report?.media.sha256 == line.media?.sha256, sourceLocation: sourceLocation)
        }
        #expect(
            folder.kept == Set(lines.compactMap { $0.media?.sha256 }).sorted(), sourceLocation: sourceLocation)
        #expect(folder.incoming == [], sourceLocation: sourceLocation)
    }
}
