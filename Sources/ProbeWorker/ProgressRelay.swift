internal import MediaFacts

/// Passes a worker's progress to the caller if its values are possible. The file that a worker reads may have taken
/// control of it, so progress records are checked.
struct ProgressRelay {
    private let handler: ExaminationProgress.Handler?
    private var last: ExaminationProgress?
    private var next = ContinuousClock.now

    /// Shortest time between two calls of the handler. It is less than the interval of the worker (250 ms), because
    /// records take different times to arrive.
    private static let pause = Duration.milliseconds(200)
    /// Greatest film length that is accepted: a year.
    private static let longest = Duration.seconds(366 * 86_400)

    /// Makes a relay to `handler`; a relay without a handler does nothing.
    init(_ handler: ExaminationProgress.Handler?) { self.handler = handler }

    /// Passes `progress` on, unless it is impossible, gives another length than the records before it, does not advance,
    /// or arrives too soon.
    mutating func accept(_ progress: ExaminationProgress, now: ContinuousClock.Instant = .now) {
        guard let handler, (.milliseconds(1)...Self.longest).contains(progress.length),
            (.zero...progress.length).contains(progress.decoded), now >= next
        else { return }
        if let last {
            guard last.length == progress.length, progress.decoded > last.decoded else { return }
        }
        (last, next) = (progress, now + Self.pause)
        handler(progress)
    }
}
