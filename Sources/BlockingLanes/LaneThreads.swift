internal import Foundation

/// The threads of one `BlockingLanes` and the work that waits for them.
///
/// `condition` guards every stored property that changes.
final class LaneThreads: @unchecked Sendable {
    private let condition = NSCondition()
    private let name: String
    private let most: Int
    private var waiting: [@Sendable () -> Void] = []
    private var threads = 0
    private var idle = 0
    private var isDismissed = false

    /// Starts no thread yet; `most` may run at once.
    init(name: String, most: Int) {
        self.name = name
        self.most = most
    }

    /// Adds work, and a thread for it when all threads are busy and another one is allowed.
    func add(_ work: @escaping @Sendable () -> Void) {
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

    /// Ends each thread once no work is waiting.
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
