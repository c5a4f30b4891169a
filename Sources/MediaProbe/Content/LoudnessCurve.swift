internal import MediaFacts

/// Loudness of each second of the film. Memory is bounded, so in long films one value covers several seconds.
struct LoudnessCurve {
    /// The value of a silent second, in LUFS; also the lowest value.
    static let silence = -70.0
    /// Most values that are kept: one a second for 24 hours.
    private static let capacity = 86_400

    /// The highest loudness in each step from the film's start on; behind the last value the film is silent.
    private var values: [Double] = []
    /// Seconds that each of `values` covers; doubles when there would be more than `capacity` values.
    private var step: Int64 = 1

    /// Records the loudness of a second, in LUFS; the highest value of a second is kept.
    ///
    /// - Parameter second: number of the second, from zero on; negative numbers are ignored.
    mutating func note(_ value: Double, second: Int64) {
        guard second >= 0 else { return }
        while second / step >= Int64(Self.capacity) { coarsen() }
        let place = Int(second / step)
        if place >= values.count {
            values.append(contentsOf: repeatElement(Self.silence, count: place + 1 - values.count))
        }
        values[place] = max(values[place], min(value, FactBounds.levels.upperBound))
    }

    private mutating func coarsen() {
        values = stride(from: 0, to: values.count, by: 2).map {
            values[$0..<min($0 + 2, values.count)].max() ?? Self.silence
        }
        step *= 2
    }

    /// The values from the film's start to `end`, and the time from one value to the next, in whole seconds.
    ///
    /// The last second counts if at least half of it lies before `end`. Adjacent values are merged by their maximum
    /// until there are at most `FactBounds.curveValues`.
    func values(until end: Duration) -> (values: [Double], step: Duration) {
        let seconds = max(1, (min(end, FactBounds.latest) + .milliseconds(500)).components.seconds)
        let steps = (seconds - 1) / step + 1
        let merged = (steps - 1) / Int64(FactBounds.curveValues) + 1
        let count = Int((steps - 1) / merged + 1)
        let result = (0..<count).map { number in
            let first = min(values.count, number * Int(merged))
            return values[first..<min(values.count, first + Int(merged))].max() ?? Self.silence
        }
        return (result, .seconds(step * merged))
    }
}
