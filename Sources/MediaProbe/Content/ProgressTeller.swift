internal import MediaFacts

/// Tells how far decoding is: not too often, and never backwards.
final class ProgressTeller {
    private let handler: ExaminationProgress.Handler?
    private let length: Int64
    private let passes: Int64
    /// How often the video has been gone over.
    private var pass: Int64 = 0
    private var last: Int64 = 0
    private var next: ContinuousClock.Instant

    /// Time between two words.
    private static let pause = Duration.milliseconds(250)

    /// - Parameters:
    ///   - length: of the video in milliseconds; nil tells nothing.
    ///   - passes: how often the video is gone over.
    ///   - now: the first word comes a pause later.
    init(_ handler: ExaminationProgress.Handler?, length: Int64?, passes: Int, now: ContinuousClock.Instant = .now) {
        self.length = min(max(0, length ?? 0), StreamClock.latest)
        self.handler = self.length > 0 ? handler : nil
        self.passes = Int64(max(1, passes))
        next = now + Self.pause
    }

    /// Everything before `time` has been decoded in this pass.
    func reached(_ time: Int64?, now: @autoclosure () -> ContinuousClock.Instant = .now) {
        guard let handler, let time else { return }
        let done = (min(max(0, time), length) + pass * length) / passes
        guard done > last else { return }
        let now = now()
        guard now >= next else { return }
        (last, next) = (done, now + Self.pause)
        handler(ExaminationProgress(milliseconds: done, lengthMilliseconds: length))
    }

    /// The video is gone over once more.
    func beginPass() { pass = min(pass + 1, passes - 1) }
}
