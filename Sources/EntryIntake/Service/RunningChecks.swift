internal import MediaFacts
internal import Synchronization

/// The content checks that run in this process with their progress, and the checks that pause before a retry.
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
        /// Number of events so far that can make a check available, so that a new search may find one.
        var events = 0
        /// `events` at the last search that found nothing, and the time of the next search without an event.
        var nothing: (events: Int, until: ContinuousClock.Instant)?
    }

    /// Time after a search that found nothing, after which a search is made even without an event.
    static let longestRest = Duration.seconds(30)

    /// Notes that an entry changed, so that a new check may wait.
    func noteChange() { state.withLock { $0.events += 1 } }

    /// The mark to pass to `noteNothingFound`; nil while no search is needed: since a search without result there was no
    /// event, no check pauses, and `longestRest` is not over.
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

    /// Longest pause before a retry. A machine that is short of memory or disk space may need minutes to recover.
    static let longestPause = Duration.seconds(300)

    /// Ids of the checks that must not be begun now, because they run or pause.
    var taken: Set<String> {
        state.withLock { state in
            state.pausing = state.pausing.filter { $0.value > .now }
            return Set(state.running.keys).union(state.pausing.keys)
        }
    }

    /// Number of checks that run now.
    var count: Int { state.withLock { $0.running.count } }

    /// Begins a check; returns `false` when it runs already or pauses.
    func begin(_ id: String, ofEntry entry: String) -> Bool {
        state.withLock { state in
            guard state.running[id] == nil, state.pausing[id].map({ $0 <= .now }) ?? true else { return false }
            state.running[id] = Run(entry: entry)
            return true
        }
    }

    /// Sets the closure that cancels a running check.
    func setCancel(of id: String, _ cancel: @escaping @Sendable () -> Void) {
        state.withLock { $0.running[id]?.cancel = cancel }
    }

    /// Cancels the checks of an entry that got another file or was deleted, because their reports could not be stored.
    func cancel(ofEntry entry: String) {
        let cancels = state.withLock { $0.running.values.filter { $0.entry == entry }.compactMap(\.cancel) }
        for cancel in cancels { cancel() }
    }

    /// Records the progress of a running check, unless more was decoded already.
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
    /// - Parameter pause: the first pause before a retry; each later one is twice as long, at most `longestPause`. Nil
    ///   when the check needs no retry.
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

    /// The next pause of a check that has paused `pauses` times.
    static func pause(after pauses: Int, from first: Duration) -> Duration {
        min(longestPause, first * (1 << min(pauses, 16)))
    }
}
