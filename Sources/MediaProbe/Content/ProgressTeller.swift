internal import MediaFacts

/// Reports how far decoding is: at most four times a second, and never backwards.
final class ProgressTeller {
    private let handler: ExaminationProgress.Handler?
    private let length: Int64
    private let passes: Int64
    /// Number of the current pass over the film, from 0.
    private var pass: Int64 = 0
    private var last: Int64 = 0
    private var next: ContinuousClock.Instant

    /// Time between two reports.
    private static let pause = Duration.milliseconds(250)

    /// - Parameters:
    ///   - length: of the film; nil reports nothing.
    ///   - passes: over the film.
    ///   - now: the first report comes a pause later.
    init(_ handler: ExaminationProgress.Handler?, length: Duration?, passes: Int, now: ContinuousClock.Instant = .now) {
        self.length = FactBounds.length(length ?? .zero)?.wholeMilliseconds ?? 0
        self.handler = self.length > 0 ? handler : nil
        self.passes = Int64(max(1, passes))
        next = now + Self.pause
    }

    /// Reports that everything before `time` was decoded in this pass.
    func reached(_ time: Duration?, now: @autoclosure () -> ContinuousClock.Instant = .now) {
        guard let handler, let time else { return }
        let done = (min(max(0, time.wholeMilliseconds), length) + pass * length) / passes
        guard done > last else { return }
        let now = now()
        guard now >= next else { return }
        (last, next) = (done, now + Self.pause)
        handler(ExaminationProgress(milliseconds: done, lengthMilliseconds: length))
    }

    /// Begins the next pass over the film.
    func beginPass() { pass = min(pass + 1, passes - 1) }
}
