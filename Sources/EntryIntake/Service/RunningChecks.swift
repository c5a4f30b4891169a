internal import MediaFacts
internal import Synchronization

/// The content checks that run in this process, their progress, and those that pause before they are tried again.
final class RunningChecks: Sendable {
    private struct Run {
        var entry: String
        var progress: ExaminationProgress?
        var cancel: (@Sendable () -> Void)?
    }

    private struct State {
        var running: [String: Run] = [:]
        var pausing: [String: ContinuousClock.Instant] = [:]
        /// Number of pauses of each check so far.
        var pauses: [String: Int] = [:]
        /// Number of events after which a search may find a check that an earlier one did not.
        var events = 0
        /// Number of events at the last search that found nothing, and the time of the next search without an event.
        var nothing: (events: Int, until: ContinuousClock.Instant)?
    }

    /// Time after which a search is made though nothing happened.
    static let longestRest = Duration.seconds(30)

    /// Notes that an entry changed: a check may wait now.
    func noteChange() { state.withLock { $0.events += 1 } }

    /// The mark of a search that may find something; nil when nothing has happened since a search found nothing.
    func markOfSearch() -> Int? {
        state.withLock { state in
            let isResting = state.nothing.map { $0.events == state.events && $0.until > .now } ?? false
            return isResting && state.pausing.isEmpty ? nil : state.events
        }
    }

    /// Notes that the search with this mark found nothing.
    func noteNothingFound(_ mark: Int) {
        state.withLock { $0.nothing = (mark, .now + Self.longestRest) }
    }

    private let state = Mutex(State())

    /// Longest pause: a machine without memory or disk may need minutes to recover.
    static let longestPause = Duration.seconds(300)

    /// Checks that must not be begun now.
    var taken: Set<String> {
        state.withLock { state in
            state.pausing = state.pausing.filter { $0.value > .now }
            return Set(state.running.keys).union(state.pausing.keys)
        }
    }

    /// Number of checks that run now.
    var count: Int { state.withLock { $0.running.count } }

    /// Begins a check; false when it runs already, or pauses.
    func begin(_ id: String, ofEntry entry: String) -> Bool {
        state.withLock { state in
            guard state.running[id] == nil, state.pausing[id].map({ $0 <= .now }) ?? true else { return false }
            state.running[id] = Run(entry: entry)
            return true
        }
    }

    /// Sets how a running check is broken off.
    func setCancel(of id: String, _ cancel: @escaping @Sendable () -> Void) {
        state.withLock { $0.running[id]?.cancel = cancel }
    }

    /// Breaks off the checks of an entry: it got another file or was deleted, so no report is wanted of them.
    func cancel(ofEntry entry: String) {
        let cancels = state.withLock { $0.running.values.filter { $0.entry == entry }.compactMap(\.cancel) }
        for cancel in cancels { cancel() }
    }

    /// Records the progress of a check.
    func record(_ progress: ExaminationProgress, of id: String) {
        state.withLock { state in
            guard let before = state.running[id] else { return }
            if before.progress.map({ $0.decoded < progress.decoded }) ?? true {
                state.running[id]?.progress = progress
            }
        }
    }

    /// Whether a check runs, and its progress once it decodes.
    func progress(of id: String) -> (isRunning: Bool, progress: ExaminationProgress?) {
        state.withLock { ($0.running[id] != nil, $0.running[id]?.progress) }
    }

    /// Ends a check that runs.
    ///
    /// - Parameter pause: the time before it can begin again, twice that the next time, and so on, at most
    ///   `longestPause`; nil when it is over.
    func end(_ id: String, pausingFrom pause: Duration? = nil) {
        state.withLock { state in
            state.running[id] = nil
            state.events += 1
            guard let pause else {
                state.pauses[id] = nil
                return
            }
            let pauses = state.pauses[id, default: 0]
            state.pauses[id] = min(pauses + 1, 16)
            state.pausing[id] = .now + Self.pause(after: pauses, from: pause)
        }
    }

    /// The pause after `pauses` earlier ones.
    static func pause(after pauses: Int, from first: Duration) -> Duration {
        min(longestPause, first * (1 << min(pauses, 16)))
    }
}
