internal import MediaFacts

/// Reports the progress of decoding at most four times a second, and never backwards.
final class ProgressTeller {
    private let handler: ExaminationProgress.Handler?
    private let length: Duration
    private let passes: Int
    /// Number of the current pass over the film, from 0.
    private var pass = 0
    private var last = Duration.zero
    private var next: ContinuousClock.Instant

    /// Shortest time between two reports.
    private static let pause = Duration.milliseconds(250)

    /// - Parameters:
    ///   - length: length of the film; with nil or zero nothing is reported.
    ///   - passes: number of passes over the film.
    ///   - now: start of decoding; the first report comes at least 250 ms later.
    init(_ handler: ExaminationProgress.Handler?, length: Duration?, passes: Int, now: ContinuousClock.Instant = .now) {
        self.length = FactBounds.length(length ?? .zero) ?? .zero
        self.handler = self.length > .zero ? handler : nil
        self.passes = max(1, passes)
        next = now + Self.pause
    }

    /// Reports that everything before `time` was decoded in this pass.
    func reached(_ time: Duration?, now: @autoclosure () -> ContinuousClock.Instant = .now) {
        guard let handler, let time else { return }
        let done = (min(max(.zero, time), length) + length * pass) / passes
        guard done > last else { return }
        let now = now()
        guard now >= next else { return }
        (last, next) = (done, now + Self.pause)
        handler(ExaminationProgress(decoded: done, length: length))
    }

    /// Begins the next pass over the film.
    func beginPass() { pass = min(pass + 1, passes - 1) }
}
