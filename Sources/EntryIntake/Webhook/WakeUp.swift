internal import Synchronization

/// Wakes one waiting task. A ring before the wait is not lost; several rings are one.
public final class WakeUp: Sendable {
    private struct State {
        var isRung = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Makes a bell that has not rung.
    public init() {}

    /// Wakes the waiting task, or keeps the next wait from waiting.
    public func ring() {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            state.isRung = state.waiting == nil
            return state.waiting
        }
        waiting?.resume()
    }

    /// Waits for a ring, for the time `longest`, or until the task is cancelled. One task at a time may wait.
    public func wait(atMost longest: Duration) async {
        let timer = Task { [weak self] in
            guard (try? await Task.sleep(for: longest)) != nil else { return }
            self?.ring()
        }
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRung = state.withLock { state in
                    defer { state.isRung = false }
                    if !state.isRung, !Task.isCancelled { state.waiting = continuation }
                    return state.waiting == nil
                }
                if isRung { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}
