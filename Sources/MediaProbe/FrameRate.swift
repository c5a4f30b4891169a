internal import MediaFacts

/// The frame rate of a stream: the header's claim where the packets agree with it, else the rate of the packets.
enum FrameRate {
    /// Relative tolerance of a claimed rate. Rules must distinguish 24 from 24000/1001 and 30 from 29.97.
    private static let tolerance = 0.000_5
    /// Relative distance within which a measured rate is rounded to a customary rate.
    private static let customaryTolerance = 0.001

    /// Whether the pictures come at the rate `claimed`, on average or at most steps.
    ///
    /// - Parameters:
    ///   - pictures: number of pictures in the stream.
    ///   - seconds: length of the film.
    ///   - steps: steps between timestamps, in ticks.
    ///   - ticksPerSecond: ticks of the stream's time base in a second.
    static func isBorneOut(
        _ claimed: Ratio, pictures: Int, seconds: Double, steps: StepCounter, ticksPerSecond: Double
    ) -> Bool {
        matchesOverall(claimed, pictures, seconds, tick: 1 / ticksPerSecond)
            || matchesUsualStep(claimed, steps, ticksPerSecond)
    }

    /// Whether the number of pictures fits the length, to within 0.05 % or one tick.
    private static func matchesOverall(_ claimed: Ratio, _ pictures: Int, _ seconds: Double, tick: Double) -> Bool {
        let expected = claimed.value * seconds
        return abs(expected - Double(pictures)) <= max(Double(pictures) * tolerance, claimed.value * tick)
    }

    /// Whether the usual interval between pictures fits: the rate is constant and some pictures were dropped.
    /// Timestamps are rounded to a tick, so the average of few steps is less exact and its tolerance larger.
    private static func matchesUsualStep(_ claimed: Ratio, _ steps: StepCounter, _ ticksPerSecond: Double) -> Bool {
        guard let usual = steps.usual, usual.count > 0 else { return false }
        let expected = ticksPerSecond / claimed.value
        return abs(usual.average - expected) <= max(expected * tolerance, 1 / Double(usual.count))
    }

    /// The customary rate within 0.1 %, else the nearest simple fraction.
    static func nearest(to framesPerSecond: Double) -> Ratio? {
        customary.filter { abs($0.value / framesPerSecond - 1) <= customaryTolerance }
            .min { abs($0.value - framesPerSecond) < abs($1.value - framesPerSecond) }
            ?? Ratio(approximating: framesPerSecond, maximumDenominator: 1001)
    }

    private static let customary: [Ratio] = [
        Ratio(24000, 1001), Ratio(24, 1), Ratio(25, 1), Ratio(30000, 1001), Ratio(30, 1), Ratio(50, 1),
        Ratio(60000, 1001), Ratio(60, 1), Ratio(10, 1), Ratio(12, 1), Ratio(15, 1), Ratio(120, 1),
    ].compactMap(\.self)
}
