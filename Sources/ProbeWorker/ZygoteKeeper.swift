internal import Synchronization

/// The number of a job, and the zygote that will run it.
struct ReservedJob {
    let zygote: Zygote
    let number: UInt64

    /// Reserves a job; nil when `zygote` accepts no jobs.
    init?(in zygote: Zygote) {
        guard let number = zygote.reserveJob() else { return nil }
        (self.zygote, self.number) = (zygote, number)
    }
}

/// Keeps one zygote ready, and starts another one after it has ended or was retired.
final class ZygoteKeeper: Sendable {
    private struct State {
        var current: Zygote?
        var lastFailure: ContinuousClock.Instant?
    }

    private let executable: String
    private let state: Mutex<State>

    /// Keeps `first`, a zygote of `executable`.
    init(_ first: Zygote, executable: String) {
        self.executable = executable
        state = Mutex(State(current: first))
    }

    deinit { state.withLock { $0.current?.end() } }

    /// Reserves a job in a zygote; nil when none can be started.
    ///
    /// Callers that wait for the same start also get its failure, so that ten waiting files do not wait ten times as
    /// long.
    func reserveJob() -> ReservedJob? {
        let asked = ContinuousClock.now
        return state.withLock { state in
            if let current = state.current, let job = ReservedJob(in: current) { return job }
            if let failure = state.lastFailure, failure > asked { return nil }
            state.current = Zygote(executable: executable)
            guard let started = state.current else {
                state.lastFailure = .now
                return nil
            }
            return ReservedJob(in: started)
        }
    }

    /// Sends no more jobs to `zygote`, which ends with its last job.
    func retire(_ zygote: Zygote) {
        state.withLock { state in
            if state.current === zygote { state.current = nil }
        }
        zygote.retire()
    }

    /// The process id of the current zygote, for tests that kill it.
    var processNumber: Int32? { state.withLock { $0.current?.processNumber } }
}
