internal import BlockingLanes

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// Limits how often one file is tried again after its worker could not start or its zygote ended.
///
/// A file is given up after five such failures, or once ten seconds were spent waiting for a zygote.
struct StartAttempts {
    private(set) var failures = 0
    private var waited = Duration.zero

    /// Number of failures after which a file is given up.
    static let most = 5
    /// Waiting time after which a file is given up.
    static let mostWaiting = Duration.seconds(10)

    /// Whether another attempt is allowed.
    var isAllowed: Bool { failures < Self.most && waited < Self.mostWaiting }

    /// Counts a failure, and the time that was spent in waiting for a zygote.
    mutating func fail(afterWaiting time: Duration = .zero) {
        failures += 1
        waited += time
    }

    /// The pause before the next attempt: none after the first failure, then 50, 100 and 200 ms.
    var pause: Duration { failures < 2 ? .zero : .milliseconds(50 << min(failures - 2, 4)) }

    /// Sleeps for `pause` on the calling thread, or until `withdrawn` is raised.
    func rest(until withdrawn: CancelFlag) {
        let end = ContinuousClock.now + pause
        while ContinuousClock.now < end, !withdrawn.isRaised { usleep(10_000) }
    }
}
