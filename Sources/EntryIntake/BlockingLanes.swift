internal import class Foundation.OperationQueue
internal import class Foundation.ProcessInfo

/// Threads of our own for work that blocks (disk, digests), so that the cooperative pool never waits.
public struct BlockingLanes: Sendable {
    private let queue = OperationQueue()

    /// Makes `count` lanes; nil means one for every core.
    public init(_ name: String, count: Int? = nil) {
        queue.name = "clipcheck.\(name)"
        queue.maxConcurrentOperationCount = max(1, count ?? Self.cores)
    }

    /// The number of cores that this process may use.
    public static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Runs `work` on a lane and returns what it returns.
    public func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result = await withCheckedContinuation { done in
            queue.addOperation {
                done.resume(returning: Result { () throws(Failure) in try work() })
            }
        }
        return try result.get()
    }
}
