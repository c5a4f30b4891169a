internal import CoreMetrics
internal import Synchronization

/// The counts of one histogram with fixed buckets. Recording takes no lock.
final class HistogramSeries: RecorderHandler, TimerHandler {
    /// Upper bounds of the buckets, each included.
    let bounds: [Double]
    /// Counts of the buckets, not cumulated; the last one is of the values above every bound.
    private let counts: AtomicCounts
    private let sum = Atomic<UInt64>(0)

    init(bounds: [Double]) {
        self.bounds = bounds
        counts = AtomicCounts(bounds.count + 1)
    }

    /// Counts a value. NaN is ignored.
    func record(_ value: Double) {
        guard !value.isNaN else { return }
        counts.increment(bounds.firstIndex { value <= $0 } ?? bounds.count)
        sum.add(value)
    }

    func record(_ value: Int64) { record(Double(value)) }

    /// Counts a time in seconds.
    func recordNanoseconds(_ time: Int64) { record(Double(time) / 1e9) }

    /// Number of values up to each bound and, last, of all values; and the sum of the values. The counts agree with
    /// each other; a value that is recorded meanwhile may be in the sum and not yet in the counts, or the reverse.
    var state: (cumulated: [Int], sum: Double) {
        var total = 0
        let cumulated = (0...bounds.count).map { index in
            total += counts[index]
            return total
        }
        return (cumulated, Double(bitPattern: sum.load(ordering: .relaxed)))
    }
}

/// A fixed number of atomic counts.
private final class AtomicCounts: @unchecked Sendable {
    // The pointer is never changed, and what it points to is atomic.
    private let first: UnsafeMutablePointer<Atomic<Int>>
    private let count: Int

    init(_ count: Int) {
        self.count = count
        first = .allocate(capacity: count)
        for index in 0..<count { (first + index).initialize(to: Atomic(0)) }
    }

    deinit {
        first.deinitialize(count: count)
        first.deallocate()
    }

    func increment(_ index: Int) { first[index].wrappingAdd(1, ordering: .relaxed) }

    subscript(index: Int) -> Int { first[index].load(ordering: .relaxed) }
}
