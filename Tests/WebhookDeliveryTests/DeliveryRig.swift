import ContestRules
import EntryIntake
import EntryStore
import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

@testable import WebhookDelivery

/// A store, its webhooks, and a service that delivers them by a clock that the test sets.
final class DeliveryRig: Sendable {
    let folder: TemporaryFolder
    let store: EntryStore
    let registry: WebhookRegistry
    let clock = SetClock()
    let observer = CountingObserver()
    let service: DeliveryService

    init(
        resolver: any HostResolving = HostResolver(), timeout: Duration = .seconds(15), random: Double = 0.5
    ) throws {
        folder = try TemporaryFolder()
        store = try EntryStore(folder: folder.path("data"))
        registry = try WebhookRegistry(folder: folder.path("data"))
        let sender = WebhookSender(
            origin: "https://clips.example.cn", resolver: resolver, timeout: timeout, clock: clock.wallClock)
        service = DeliveryService(
            keeper: store, sender: sender, schedule: RetrySchedule { random }, observer: observer,
            clock: clock.wallClock, interval: .zero)
    }

    /// Adds a target that may be on this machine.
    @discardableResult
    func add(
        _ url: String, contest: String? = nil, events: Set<WebhookEvent> = Set(WebhookEvent.allCases),
        allowsPrivate: Bool = true
    ) throws -> (target: WebhookTarget, secret: WebhookSecret) {
        try #require(
            try registry.add(
                url: url, contest: contest, events: events, allowsPrivate: allowsPrivate, at: clock.now))
    }

    /// Lets forms arrive, each of which is an event `entry.created`.
    func arrive(_ ids: [String]) async throws {
        for id in ids {
            _ = try await store.apply(
                EntryChange(entry: id, at: clock.now, .arrived(.init(fields: [:], media: nil)), rules: try .sample()))
        }
    }

    /// Makes every attempt that is due, waits for the ends, and stores them.
    func deliver() async {
        await withTaskGroup(of: Void.self) { group in
            _ = await service.pass { due in group.addTask { await self.service.attempt(due) } }
        }
        _ = await service.pass { _ in Issue.record("an attempt was made twice") }
    }

    /// The only delivery.
    func delivery() throws -> WebhookDelivery { try #require(try registry.deliveries().first) }

    /// Runs the service while `work` runs.
    func withRunningService(_ work: () async throws -> Void) async throws {
        let running = Task { await service.run() }
        defer { running.cancel() }
        try await work()
        running.cancel()
        await running.value
    }
}

/// A clock that stands until a test sets it.
final class SetClock: Sendable {
    private let moment = Mutex(Moment(milliseconds: 1_795_222_800_000, offset: 8 * 3600))

    var now: Moment { moment.withLock { $0 } }
    var wallClock: WallClock { WallClock { self.now } }

    func advance(by duration: Duration) { moment.withLock { $0 = $0.advanced(by: duration) } }

    /// Goes to the time at which a delivery is due.
    func advance(to delivery: WebhookDelivery) {
        advance(by: .milliseconds(delivery.dueMilliseconds - now.milliseconds))
    }
}

/// Counts the outcomes of attempts.
final class CountingObserver: BackgroundObserver {
    private let state = Mutex((outcomes: [WebhookOutcome](), failures: [BackgroundFailure](), givenUp: [String]()))

    var outcomes: [WebhookOutcome] { state.withLock { $0.outcomes } }
    var failures: [BackgroundFailure] { state.withLock { $0.failures } }
    /// Kind of work and entry.
    var givenUp: [String] { state.withLock { $0.givenUp } }

    func completed(_ report: Report) {}
    func failed(_ failure: BackgroundFailure) { state.withLock { $0.failures.append(failure) } }
    func gaveUp(_ work: BackgroundWork, onEntry entry: String) {
        state.withLock { $0.givenUp.append("\(work.rawValue) \(entry)") }
    }
    func attempted(_ outcome: WebhookOutcome) { state.withLock { $0.outcomes.append(outcome) } }
}

/// A resolver with one prepared answer for each look-up; the last answer stays.
final class PreparedResolver: HostResolving {
    private let answers: Mutex<[[String]]>
    private let count = Mutex(0)

    init(_ answers: [String]...) { self.answers = Mutex(answers) }

    /// Look-ups so far.
    var lookUps: Int { count.withLock { $0 } }

    func addresses(of host: String) async -> [IPAddress] {
        count.withLock { $0 += 1 }
        return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }.compactMap { IPAddress($0) }
    }
}

/// Waits until `condition` is true, up to a minute.
func eventually(_ condition: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while try !condition() {
        try #require(ContinuousClock.now < end, "the condition did not become true within a minute")
        try await Task.sleep(for: .milliseconds(10))
    }
}
