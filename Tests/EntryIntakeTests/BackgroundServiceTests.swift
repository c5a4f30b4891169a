import ContestRules
import EntryIntake
import MediaFacts
import Synchronization
import TestSupport
import Testing

@testable import EntryIntake

@Suite("Background services", .timeLimit(.minutes(5)))
struct BackgroundServiceTests {
    private let observer = RecordingObserver()

    private func intake(_ keeper: KeeperDouble, _ prober: any MediaProbing) throws -> Intake {
        var intake = Intake(
            contests: ContestCatalogue(try [.content(), .sample()]),
            inspector: Inspector(prober: prober, running: 2, waiting: 10, clock: .stopped), keeper: keeper,
            vault: keeper, clock: .stopped)
        intake.retryPause = .milliseconds(1)
        return intake
    }

    /// Runs a service until `isEnough` returns `true`, and expects that cancelling ends the service.
    private func run(_ service: any BackgroundService, until isEnough: @Sendable () async -> Bool) async {
        let work = Task { await service.run() }
        #expect(await eventually(isEnough))
        work.cancel()
        await work.value
    }

    @Test("`ContentCheckService` reports a completed report, and ends when cancelled")
    func completes() async throws {
        let keeper = try KeeperDouble()
        let intake = try intake(keeper, DecodingDouble())
        let entry = try await intake.submit(
            contest: "content", fields: [:], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        await run(ContentCheckService(intake: intake, observer: observer)) { observer.reports.count == 1 }
        #expect(observer.failures == [])
        #expect(observer.reports.first?.id == (try await intake.entry(entry.id).report?.id))
    }

    @Test("`ContentCheckService` reports a failure with its code, its cause and the entry")
    func fails() async throws {
        let keeper = try KeeperDouble(failing: .complete)
        let intake = try intake(keeper, DecodingDouble())
        let entry = try await intake.submit(
            contest: "content", fields: [:], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        await run(ContentCheckService(intake: intake, observer: observer)) { observer.failures.count >= 2 }
        #expect(
            observer.failures.first == BackgroundFailure(.contentCheck, KeeperDouble.failure, entry: entry.id))
        #expect(observer.reports == [])
    }

    @Test("`ContentCheckService` reports a check that was begun three times as given up")
    func givesUp() async throws {
        let keeper = try KeeperDouble()
        let intake = try intake(keeper, DecodingDouble())
        let entry = try await intake.submit(
            contest: "content", fields: [:], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        try await keeper.setAttempts(3, ofCheck: try #require(entry.report?.id))
        await run(ContentCheckService(intake: intake, observer: observer)) { !observer.givenUp.isEmpty }
        #expect(observer.givenUp == ["content-check \(entry.id)"])
        #expect(observer.failures == [])
    }

    @Test("`BacklogService` reports each failure of an entry, and gives it up after the third")
    func backlogGivesUp() async throws {
        let keeper = try KeeperDouble(failing: .check)
        let intake = try intake(keeper, DecodingDouble())
        let upload = ResumableUpload(
            id: "u", contest: "sample", fields: [:], filename: "a.mp4", metadata: nil, length: 1, expires: intake.now)
        let entry = try await intake.accept(try await keeper.staged([1]), of: upload, at: intake.now)
        await run(BacklogService(intake: intake, observer: observer)) { !observer.givenUp.isEmpty }
        #expect(observer.givenUp == ["backlog \(entry.id)"])
        let failure = BackgroundFailure(.backlog, KeeperDouble.failure, entry: entry.id)
        #expect(observer.failures == [failure, failure, failure])
    }

    @Test("`ContentCheckService` reports a cancelled check neither as a failure nor as given up")
    func cancelled() async throws {
        let keeper = try KeeperDouble()
        let prober = DecodingDouble(.untilCancelled)
        let intake = try intake(keeper, prober)
        _ = try await intake.submit(
            contest: "content", fields: [:], media: keeper.staged([1]), named: "a.mp4"
        ).entry
        await run(ContentCheckService(intake: intake, observer: observer)) { intake.checksRunning == 1 }
        #expect(observer.failures == [])
        #expect(observer.givenUp == [])
        #expect(intake.checksRunning == 0)
    }
}
