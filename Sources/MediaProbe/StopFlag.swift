internal import BlockingLanes

/// A flag that ends a running read: the caller withdrew the request, or the time limit passed.
struct StopFlag: Sendable {
    /// The reason why a read must end.
    enum Reason {
        case none, cancelled, timedOut
    }

    private let withdrawn: CancelFlag
    private let deadline: ContinuousClock.Instant

    /// Makes a flag that counts as raised after `limit` of wall time, or when `withdrawn` is raised.
    init(after limit: Duration, or withdrawn: CancelFlag = CancelFlag()) {
        deadline = .now + limit
        self.withdrawn = withdrawn
    }

    /// The reason why the read must end; `.none` while it may go on. Costs one reading of the clock.
    var reason: Reason {
        if withdrawn.isRaised { return .cancelled }
        return ContinuousClock.now >= deadline ? .timedOut : .none
    }
}
