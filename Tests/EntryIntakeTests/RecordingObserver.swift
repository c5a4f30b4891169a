import ContestRules
import EntryIntake
import Synchronization

/// An observer that records every call.
final class RecordingObserver: BackgroundObserver {
    private struct State {
        var reports: [Report] = []
        var failures: [BackgroundFailure] = []
        var givenUp: [String] = []
        var attempts: [WebhookOutcome] = []
    }

    private let state = Mutex(State())

    var reports: [Report] { state.withLock { $0.reports } }
    var failures: [BackgroundFailure] { state.withLock { $0.failures } }
    /// Kind of work and id of the entry, such as `backlog 0123…`.
    var givenUp: [String] { state.withLock { $0.givenUp } }

    var attempts: [WebhookOutcome] { state.withLock { $0.attempts } }

    func completed(_ report: Report) { state.withLock { $0.reports.append(report) } }

    func failed(_ failure: BackgroundFailure) { state.withLock { $0.failures.append(failure) } }

    func gaveUp(_ work: BackgroundWork, onEntry entry: String) {
        state.withLock { $0.givenUp.append("\(work.rawValue) \(entry)") }
    }

    func attempted(_ outcome: WebhookOutcome) { state.withLock { $0.attempts.append(outcome) } }
}
