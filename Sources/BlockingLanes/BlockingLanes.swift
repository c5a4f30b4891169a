internal import Foundation

/// A few threads of our own for work that blocks (libav, disk, digests), so that neither the cooperative pool nor
/// anybody else's queue ever waits for it.
///
/// Not an `OperationQueue`: on Linux all of those share one small pool, and a hanging disk under one would slow all.
public final class BlockingLanes: Sendable {
    private let crew: Crew

    /// Makes `count` lanes; nil means one for every core. Threads start when there is work.
    public init(_ name: String, count: Int? = nil) {
        crew = Crew(name: "clipcheck.\(name)", most: max(1, count ?? Self.cores))
    }

    deinit { crew.dismiss() }

    /// The number of cores that this process may use.
    public static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// Runs `work` on a lane, in order of arrival, and returns what it returns.
    ///
    /// The flag is raised when the calling task is cancelled; work that takes long looks at it now and then.
    public func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable (CancelFlag) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let flag = CancelFlag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { done in
                crew.take {
                    done.resume(returning: Result { () throws(Failure) in try work(flag) })
                }
            }
        } onCancel: {
            flag.raise()
        }
        return try result.get()
    }

    /// Runs work that is too short to be worth interrupting.
    public func run<Value: Sendable, Failure: Error>(
        _ work: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await run { (_: CancelFlag) throws(Failure) in try work() }
    }
}

/// The threads and the work that waits for them. `condition` guards everything that changes.
private final class Crew: @unchecked Sendable {
    private let condition = NSCondition()
    private let name: String
    private let most: Int
    private var waiting: [@Sendable () -> Void] = []
    private var threads = 0
    private var idle = 0
    private var isDismissed = false

    init(name: String, most: Int) {
        self.name = name
        self.most = most
    }

    /// Adds work, and a thread for it when all are busy and another is allowed.
    func take(_ work: @escaping @Sendable () -> Void) {
        condition.withLock {
            waiting.append(work)
            if idle < waiting.count, threads < most {
                threads += 1
                let thread = Thread { [self] in serve() }
                thread.name = name
                thread.stackSize = 8 << 20  // libav's demuxers recurse
                thread.start()
            }
            condition.signal()
        }
    }

    /// Lets the threads go once everything is done.
    func dismiss() {
        condition.withLock {
            isDismissed = true
            condition.broadcast()
        }
    }

    private func serve() {
        while let work = next() { work() }
    }

    private func next() -> (@Sendable () -> Void)? {
        condition.withLock {
            idle += 1
            defer { idle -= 1 }
            while waiting.isEmpty {
                if isDismissed { return nil }
                condition.wait()
            }
            return waiting.removeFirst()
        }
    }
}
