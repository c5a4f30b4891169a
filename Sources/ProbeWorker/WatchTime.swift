/// The time for which a parent has watched one worker, compared with a limit.
///
/// Wall time counts only while the parent runs: one step counts as one second at most. A parent that was stopped for a
/// minute (Ctrl-Z, a suspended machine) makes one step in that minute, so the minute counts as one second. A worker is
/// not killed for time in which the machine did not run it.
struct WatchTime {
    /// Time counted so far.
    private(set) var elapsed = Duration.zero
    private let limit: Duration
    private var lastLook: ContinuousClock.Instant

    /// The longest step that counts in full.
    static let longestStep = Duration.seconds(1)

    /// Starts counting at `start`.
    init(limit: Duration, from start: ContinuousClock.Instant = .now) {
        self.limit = limit
        lastLook = start
    }

    /// Counts the time since the last call; `true` once the limit is reached.
    mutating func isOver(at now: ContinuousClock.Instant = .now) -> Bool {
        elapsed += min(max(now - lastLook, .zero), Self.longestStep)
        lastLook = now
        return elapsed >= limit
    }
}
