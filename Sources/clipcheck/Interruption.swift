@preconcurrency import Dispatch
import Foundation
import Synchronization

/// Handles SIGINT, SIGTERM and SIGHUP: the first one cancels the run, which then prints the results that exist.
///
/// A SIGINT that comes a second or more after the first signal ends the process at once. An earlier one is ignored,
/// because `timeout` sends its signal twice in quick succession.
final class Interruption: Sendable {
    private struct State {
        var first: (number: Int32, moment: ContinuousClock.Instant)?
        var stop: (@Sendable () -> Void)?
    }

    private let sources: [any DispatchSourceSignal]
    private let state = Mutex(State())

    /// Starts to listen. No signal that arrives after the initialiser has returned is lost.
    init() async {
        let numbers = [SIGINT, SIGTERM, SIGHUP]
        sources = numbers.map { DispatchSource.makeSignalSource(signal: $0, queue: .global()) }
        for (source, number) in zip(sources, numbers) {
            source.setEventHandler { [weak self] in self?.take(number) }
            signal(number, SIG_IGN)
            await withCheckedContinuation { isRegistered in
                source.setRegistrationHandler { isRegistered.resume() }
                source.resume()
            }
        }
    }

    deinit { for source in sources { source.cancel() } }

    private func take(_ number: Int32) {
        let (earlier, stop) = state.withLock { state in
            defer { state.first = state.first ?? (number, .now) }
            return (state.first, state.stop)
        }
        guard let earlier else {
            stop?()
            return
        }
        if number == SIGINT, ContinuousClock.now - earlier.moment >= .seconds(1) { _exit(128 + number) }
    }

    /// Runs `work` in a task that the first signal cancels; a signal that came before cancels the task at once.
    func cancelling<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await work() }
        let hasCome = state.withLock { state in
            state.stop = { task.cancel() }
            return state.first != nil
        }
        if hasCome { task.cancel() }
        return await task.value
    }

    /// Number of the first signal; nil when none came.
    var signalNumber: Int32? { state.withLock { $0.first?.number } }
}
