internal import MediaFacts

/// Steps between consecutive timestamps of one stream, in ticks: decoding timestamps, or presentation timestamps in
/// order where the stream has no others.
struct StepCounter {
    /// Number of times each step occurs; once `mostDifferent` different steps are counted, new ones are ignored.
    private var counts: [Int64: Int] = [:]
    /// Steps of more than a second, and whether the packet before each is stated to last that long.
    private var long: [(step: Int64, isStated: Bool)] = []
    private let ticksPerSecond: Double

    /// Most different steps that are counted. Usual files have a few, those of telephones with a 90 kHz clock some
    /// hundreds.
    private static let mostDifferent = 1000
    /// Most steps of more than a second that are kept; a film of an hour that changes its picture every second has
    /// 3600.
    private static let mostLong = 10_000
    private static let gapFactor = 10.0
    private static let jumpSeconds = 10.0

    /// - Parameter ticksPerSecond: ticks of the stream's time base in a second.
    init(ticksPerSecond: Double) { self.ticksPerSecond = ticksPerSecond }

    /// Adds a step above zero.
    ///
    /// - Parameter stated: the duration of the packet before the step. If it covers nine tenths of the step, the file
    ///   states that the picture is held, and the step is no jump.
    mutating func add(_ step: Int64, stated: Int64) {
        if counts.count < Self.mostDifferent || counts[step] != nil { counts[step, default: 0] += 1 }
        guard Double(step) > ticksPerSecond, long.count < Self.mostLong else { return }
        long.append((step, Double(stated) >= Double(step) * 0.9))
    }

    /// The most frequent step; of equally frequent ones the shortest. Nil without a step.
    var mostFrequent: Int64? { counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }

    /// Average of the steps within one tick of the most frequent one, and their number. It is the interval between
    /// pictures also where some pictures are dropped, or where the container rounds times (Matroska to milliseconds).
    var usual: (average: Double, count: Int)? {
        guard let mode = mostFrequent else { return nil }
        var (sum, count) = (0.0, 0)
        for step in [mode - 1, mode, mode + 1] {
            guard let found = counts[step] else { continue }
            sum += Double(step) * Double(found)
            count += found
        }
        return (sum / Double(count), count)
    }

    /// Whether all steps are as long as the most frequent one, to one millisecond; nil for fewer than two. A clock that is
    /// coarser than a millisecond counts pictures, so its steps must be equal.
    var areEven: Bool? {
        guard let mode = mostFrequent, counts.count > 1 || counts[mode] ?? 0 > 1 else { return nil }
        let tolerance = Int64(ticksPerSecond / 1000)
        return counts.keys.allSatisfy { abs($0 - mode) <= tolerance }
    }

    /// Number of steps of more than a second and more than ten times the most frequent step.
    var gaps: Int {
        guard let mostFrequent else { return 0 }
        return long.count { Double($0.step) > Double(mostFrequent) * Self.gapFactor }
    }

    /// The number of jumps, and the sum of their ticks, each less one usual step. A jump is a step of more than ten
    /// seconds for which the file does not state that a picture is held.
    ///
    /// - Parameter areStated: whether the container states how long every picture is held (ISO, AVI); then no step is a
    ///   jump.
    func jumps(areStated: Bool) -> (count: Int, ticks: Double) {
        guard let mostFrequent, !areStated else { return (0, 0) }
        let found = long.filter { !$0.isStated && Double($0.step) > Self.jumpSeconds * ticksPerSecond }
        return (found.count, found.reduce(0) { $0 + Double($1.step) - Double(mostFrequent) })
    }
}
