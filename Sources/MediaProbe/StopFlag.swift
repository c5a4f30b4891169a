internal import Synchronization

/// Tells a running read to end: raised by a cancelled caller, or by the clock.
final class StopFlag: Sendable {
    /// Why a read must end.
    enum Reason: UInt8 {
        case none, cancelled, timedOut
    }

    private let state = Atomic<UInt8>(Reason.none.rawValue)
    private let deadline: ContinuousClock.Instant

    /// Makes a flag that raises itself after `limit` of wall time.
    init(after limit: Duration) {
        deadline = .now + limit
    }

    /// Ends the read because nobody waits for it any more.
    func cancel() {
        _ = state.compareExchange(
            expected: Reason.none.rawValue, desired: Reason.cancelled.rawValue, ordering: .relaxed)
    }

    /// Why the read must end; `.none` while it may go on. Costs one clock reading.
    var reason: Reason {
        let raised = Reason(rawValue: state.load(ordering: .relaxed)) ?? .none
        return raised == .none && ContinuousClock.now >= deadline ? .timedOut : raised
    }
}
