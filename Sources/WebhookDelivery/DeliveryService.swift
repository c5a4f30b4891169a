public import EntryIntake
internal import MediaFacts
internal import Synchronization

/// Delivers events to webhook targets for as long as the service runs.
///
/// At least once: a delivery counts as made when its row says so, after the answer. A crash in between repeats it with the
/// same id. At most 4 attempts to a target run at once, 1 while the target fails, and 32 in all.
public struct DeliveryService: BackgroundService {
    private let keeper: any WebhookKeeping
    private let sender: WebhookSender
    private let schedule: RetrySchedule
    private let observer: any BackgroundObserver
    private let clock: WallClock
    private let interval: Duration
    private let progress = Progress()

    /// Attempts at once: to one target, to one that fails, and in all.
    static let (mostOfTarget, mostOfFailing, most) = (4, 1, 32)

    /// Longest time until the service sees what another process stored.
    private static let longestPause = Duration.seconds(5)

    /// Makes the service; nothing runs before `run`.
    ///
    /// - Parameter interval: least time between two transactions that store results, so that they leave the disk to
    ///   uploads. A crash repeats the deliveries of one interval.
    public init(
        keeper: any WebhookKeeping, sender: WebhookSender, schedule: RetrySchedule = RetrySchedule(),
        observer: any BackgroundObserver, clock: WallClock = .system, interval: Duration = .milliseconds(500)
    ) {
        self.keeper = keeper
        self.sender = sender
        self.schedule = schedule
        self.observer = observer
        self.clock = clock
        self.interval = interval
    }

    /// `.webhook`.
    public var work: BackgroundWork { .webhook }

    /// Delivers until the task is cancelled. Attempts without an answer by then are made again at the next start.
    public func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let pause = await pass { due in group.addTask { await attempt(due) } }
                await keeper.deliveryBell.wait(atMost: pause)
            }
        }
        // A task of its own: an answer that came is stored, although this task is cancelled.
        await Task {
            await recordResults()
            await sender.shutDown()
        }.value
    }

    /// Stores the results so far when their interval is over, starts every attempt that is due and has a place, and gives
    /// the time back after which to look again.
    func pass(_ start: (DueDelivery) -> Void) async -> Duration {
        let wait = progress.timeToStore(interval)
        if wait == .zero, await !recordResults() { return .seconds(1) }
        do throws(IntakeError) {
            let now = clock.now()
            let answer = try await keeper.dueDeliveries(
                at: now, most: Self.mostOfTarget, beyond: progress.running())
            for due in inTurn(answer.due) where progress.begin(due.delivery) { start(due) }
            let next = answer.nextMilliseconds.map { Duration.milliseconds(max(0, $0 - now.milliseconds)) }
            let pause = min(next ?? Self.longestPause, Self.longestPause)
            return wait > .zero ? min(pause, wait) : pause
        } catch {
            observer.note(error)
            return .seconds(1)
        }
    }

    /// Makes an attempt and keeps its result until the next pass.
    func attempt(_ due: DueDelivery) async {
        let answer = await sender.attempt(due)
        progress.end(due.delivery, answer.map { result($0, of: due.delivery) })
        keeper.deliveryBell.ring()
    }

    /// The first of every target, then the second of every target, and so on, so that no target is served last.
    private func inTurn(_ due: [DueDelivery]) -> [DueDelivery] {
        var counts: [String: Int] = [:]
        let numbered = due.enumerated().map { index, due in
            counts[due.target.id, default: 0] += 1
            return (turn: counts[due.target.id] ?? 0, index: index, due: due)
        }
        return numbered.sorted { ($0.turn, $0.index) < ($1.turn, $1.index) }.map(\.due)
    }

    private func result(_ answer: AttemptAnswer, of delivery: WebhookDelivery) -> WebhookResult {
        let attempts = delivery.attempts + 1
        var result = WebhookResult(
            delivery: delivery.id, state: .delivered, attempts: attempts, dueMilliseconds: clock.now().milliseconds,
            status: answer.status, failure: answer.failure)
        guard let failure = answer.failure else { return result }
        let pause = failure == .gone ? nil : schedule.pause(after: attempts, requested: answer.retryAfter)
        result.state = pause == nil ? .dead : .waiting
        result.dueMilliseconds += pause?.wholeMilliseconds ?? 0
        return result
    }

    /// Stores what the attempts came to, in one transaction; false when that failed and must be tried again.
    @discardableResult
    private func recordResults() async -> Bool {
        let ended = progress.ended()
        guard !ended.isEmpty else { return true }
        do throws(IntakeError) {
            try await keeper.record(ended.map(\.result), at: clock.now())
        } catch {
            observer.note(error)
            return false
        }
        progress.forget(ended)
        for (delivery, result) in ended {
            observer.attempted(WebhookOutcome(result))
            if result.state == .dead { observer.gaveUp(.webhook, onEntry: delivery.entry) }
        }
        return true
    }
}

extension BackgroundObserver {
    /// Reports a failure of the store.
    fileprivate func note(_ error: IntakeError) {
        if error.code != .cancelled { failed(BackgroundFailure(.webhook, error)) }
    }
}

extension WebhookOutcome {
    fileprivate init(_ result: WebhookResult) {
        switch (result.state, result.failure) {
        case (.delivered, _): self = .delivered
        case (.dead, _): self = .dead
        case (.waiting, .addressRefused?): self = .refused
        case (.waiting, _): self = .retry
        }
    }
}
