internal import Foundation

/// The clock of a `ReadingMeter`.
package protocol ReadingClock {
    /// Time since a fixed moment.
    var now: Duration { get }
}

/// The CPU time of the calling thread.
///
/// Source: `CLOCK_THREAD_CPUTIME_ID` of POSIX. Two readings compare only when one thread takes both.
package struct ThreadClock: ReadingClock {
    package init() {}

    package var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }
}
