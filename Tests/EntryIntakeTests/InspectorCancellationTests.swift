import ContestRules
import EntryIntake
import Foundation
import MediaFacts
import TestSupport
import Testing

@Suite("Cancelling an inspection", .timeLimit(.minutes(10)))
struct InspectorCancellationTests {
    /// A sparse file of the largest size that gets a SHA-256, which takes more than half a minute to compute.
    private let (folder, file): (TemporaryFolder, OpenMediaFile)
    private static let size: Int64 = 64 << 30

    init() throws {
        folder = try TemporaryFolder()
        let path = try folder.write([], to: "large.mp4")
        try #require(truncate(path, off_t(Self.size)) == 0)
        file = try OpenMediaFile(path: path)
    }

    @Test("Cancelling `Inspector.report` cancels the probe")
    func probe() async throws {
        let prober = ProbeDouble(.untilCancelled)
        let inspector = Inspector(prober: prober, running: 1, waiting: 0)
        let contest = try Contest.sample()
        let task = Task { [file] in
            try await inspector.report(on: file, named: nil, contest: contest, digest: .omitted)
        }
        #expect(await eventually { prober.questions.count == 1 })
        task.cancel()
        await #expect(throws: IntakeError.cancelled) { try await task.value }
    }

    @Test("Cancelling `Inspector.report` ends the computation of the SHA-256")
    func digest() async throws {
        let prober = ProbeDouble()
        let inspector = Inspector(prober: prober, running: 1, waiting: 0)
        let contest = try Contest.sample()
        let task = Task { [file] in try await inspector.report(on: file, named: nil, contest: contest) }
        #expect(await eventually { prober.questions.count == 1 })
        let waited = await ContinuousClock().measure {
            task.cancel()
            await #expect(throws: IntakeError.cancelled) { try await task.value }
        }
        #expect(waited < .seconds(30))
    }

    @Test("`Inspector.report` throws a failure of the machine without waiting for the SHA-256")
    func failing() async throws {
        let inspector = Inspector(prober: ProbeDouble(.error(.inputOutput)), running: 1, waiting: 0)
        let contest = try Contest.sample()
        let waited = await ContinuousClock().measure {
            await #expect(throws: IntakeError.self) {
                try await inspector.report(on: file, named: nil, contest: contest)
            }
        }
        #expect(waited < .seconds(30))
    }
}
