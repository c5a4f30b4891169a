/// Works on many things, a bounded number at once, and hands the results on twice: as they end, and in order.
public struct Batch: Sendable {
    /// Things worked on at once, one or more.
    public var atOnce: Int
    /// How far the work may run ahead of the oldest thing that has not ended, so that what waits for its turn stays
    /// bounded: one slow file among ten thousand holds up no other until that many have overtaken it.
    public var ahead: Int

    /// Sets the bounds.
    public init(atOnce: Int, ahead: Int = 1024) {
        self.atOnce = max(1, atOnce)
        self.ahead = max(self.atOnce, ahead)
    }

    /// What happened to one thing, by its index.
    public enum Event<Result: Sendable>: Sendable {
        /// Work on it begins.
        case began
        /// Work on it has ended, out of turn perhaps.
        case ended(Result)
        /// Its turn has come: everything before it has ended or was given up.
        case inTurn(Result)
    }

    /// Does `work` for 0 up to `count`; the events come one at a time, on the caller's task.
    ///
    /// When the task is cancelled nothing new begins, what runs is cancelled, and what has ended still comes in turn.
    ///
    /// - Parameter work: returns nil when it gave up because it was cancelled.
    /// - Returns: how many things were not worked on to their end.
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
