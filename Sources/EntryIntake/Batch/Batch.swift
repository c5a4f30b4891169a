/// Processes a list of items, a bounded number at once. Each result is reported twice: when its item ends, and in the
/// order of the list.
public struct Batch: Sendable {
    /// Number of items processed at once, one or more.
    public var atOnce: Int
    /// Number of items by which processing may run ahead of the oldest item that has not ended. The limit bounds the
    /// results that wait for their turn: a slow item holds up the others once `ahead` items, its
    /// own included, have begun.
    public var ahead: Int

    /// Makes a batch; values below 1 become 1, and `ahead` is at least `atOnce`.
    public init(atOnce: Int, ahead: Int = 1024) {
        self.atOnce = max(1, atOnce)
        self.ahead = max(self.atOnce, ahead)
    }

    /// An event about one item, which is given by its index.
    public enum Event<Result: Sendable>: Sendable {
        /// Processing of the item begins.
        case began
        /// Processing of the item has ended, possibly before earlier items.
        case ended(Result)
        /// The result in the order of the list: every earlier item has ended or was given up.
        case inTurn(Result)
    }

    /// Calls `work` for the indices from 0 up to `count`. Events come one at a time, on the caller's task.
    ///
    /// When the task is cancelled, no further item begins, running items are cancelled, and existing results are still
    /// reported in order.
    ///
    /// - Parameter work: returns nil when it was cancelled.
    /// - Returns: number of items without a result.
    public func run<Result: Sendable>(
        _ count: Int, work: @escaping @Sendable (Int) async -> Result?, report: (Int, Event<Result>) -> Void
    ) async -> Int {
        await withTaskGroup(of: (Int, Result?).self) { group in
            var (next, turn, running, left) = (0, 0, 0, count)
            var waiting: [Int: Result] = [:]
            while true {
                while running < atOnce, next < count, next - turn < ahead, !Task.isCancelled {
                    let index = next
                    (next, running) = (next + 1, running + 1)
                    report(index, .began)
                    group.addTask { (index, await work(index)) }
                }
                guard let (index, result) = await group.next() else { break }
                running -= 1
                guard let result else { continue }
                left -= 1
                report(index, .ended(result))
                waiting[index] = result
                while let ready = waiting.removeValue(forKey: turn) {
                    report(turn, .inTurn(ready))
                    turn += 1
                }
            }
            for (index, result) in waiting.sorted(by: { $0.key < $1.key }) { report(index, .inTurn(result)) }
            return left
        }
    }
}
