internal import CoreMetrics
internal import Synchronization

/// One number of a counter or a gauge. Changing it takes no lock.
///
/// The number is a `Double`, as in Prometheus: whole numbers are exact up to 2⁵³.
final class NumberSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler {
    private let bits: Atomic<UInt64>

    /// Begins with `value`; NaN means that there is no value yet.
    init(_ value: Double) { bits = Atomic(value.bitPattern) }

    /// The number now.
    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    /// Sets the number.
    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

    /// Adds to the number. A number that was never set begins at zero.
    func increment(by amount: Double) { bits.add(amount) }

    func set(_ value: Int64) { set(Double(value)) }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func decrement(by amount: Double) { increment(by: -amount) }
    func reset() { set(0.0) }
}

extension Atomic<UInt64> {
    /// Adds to the `Double` whose bits the atomic holds; NaN counts as zero.
    func add(_ amount: Double) {
        var old = load(ordering: .relaxed)
        while true {
            let value = Double(bitPattern: old)
            let new = ((value.isNaN ? 0 : value) + amount).bitPattern
            let (isExchanged, found) = weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if isExchanged { return }
            old = found
        }
    }
}
