internal import Foundation

/// A few threads for blocking work (libav, disks, digests). The work blocks neither the cooperative pool of Swift
/// concurrency nor the threads of another `BlockingLanes`.
///
/// An `OperationQueue` would not do: on Linux all operation queues share one small pool of threads, and a hanging disk
/// under one queue would slow down all others.
public final class BlockingLanes: Sendable {
    private let threads: LaneThreads

    /// Makes `count` lanes, at least one; nil means one for every core. Threads start when there is work.
    public init(_ name: String, count: Int? = nil) {
        threads = LaneThreads(name: "clipcheck.\(name)", most: max(1, count ?? Self.cores))
    }

    deinit { threads.dismiss() }

    /// The number of cores that this process may use.
    public static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Runs `work` on a lane, in order of arrival, and returns its result.
    ///
    /// Cancelling the calling task raises the flag. Long work should read the flag now and then, and return.
    public func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable (CancelFlag) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let flag = CancelFlag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                threads.add {
                    done.resume(returning: Result { () throws(Failure) in try work(flag) })
                }
            }
        } onCancel: {
            flag.raise()
        }
        return try result.get()
    }

    /// Runs `work` on a lane as `run(_:)` with a flag does, but `work` cannot read the flag: use it for short work
    /// only.
    public func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await run { (_: CancelFlag) throws(Failure) in try work() }
    }
}
