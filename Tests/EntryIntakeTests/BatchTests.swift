import EntryIntake
import Synchronization
import Testing

@Suite("A batch", .timeLimit(.minutes(5)))
struct BatchTests {
    /// The reported events as text: `+3` began, `-3` ended, `=3` in turn.
    private static func log(
        _ batch: Batch, _ count: Int, work: @escaping @Sendable (Int) async -> Int?
    ) async -> (log: [String], left: Int) {
        var log: [String] = []
        let left = await batch.run(count, work: work) { index, event in
            switch event {
            case .began: log.append("+\(index)")
            case .ended(let result): log.append("-\(result)")
            case .inTurn(let result): log.append("=\(result)")
            }
        }
        return (log, left)
    }

    @Test("`Batch` reports each result once when it ends and once in list order", arguments: [1, 2, 3, 8, 64])
    func order(atOnce: Int) async {
        let (log, left) = await Self.log(Batch(atOnce: atOnce), 40) { index in
            for _ in 0..<(index * 7919 % 13) { await Task.yield() }
            return index
        }
        #expect(left == 0)
        #expect(log.filter { $0.hasPrefix("=") } == (0..<40).map { "=\($0)" })
        #expect(log.filter { $0.hasPrefix("+") } == (0..<40).map { "+\($0)" })
        #expect(Set(log.filter { $0.hasPrefix("-") }) == Set((0..<40).map { "-\($0)" }))
        for index in 0..<40 {
            let places = ["+", "-", "="].compactMap { log.firstIndex(of: "\($0)\(index)") }
            #expect(places == places.sorted())
        }
    }

    @Test("`Batch` processes exactly `atOnce` items at once", arguments: [1, 2, 5])
    func bounded(atOnce: Int) async {
        let running = Mutex((now: 0, most: 0))
        _ = await Self.log(Batch(atOnce: atOnce), 60) { index in
            running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            try? await Task.sleep(for: .milliseconds(2))
            running.withLock { $0.now -= 1 }
            return index
        }
        #expect(running.withLock { $0.most } == atOnce)
    }

    @Test("`Batch` runs at most `ahead` items ahead of a slow one")
    func ahead() async {
        let slow = Latch()
        let most = Mutex(0)
        let (log, _) = await Self.log(Batch(atOnce: 2, ahead: 5), 30) { index in
            most.withLock { $0 = max($0, index) }
            if index == 0 { await slow.wait() }
            if index == 4 { slow.open() }
            return index
        }
        #expect(log.filter { $0.hasPrefix("=") }.count == 30)
        let begun = log.prefix { $0 != "-0" }.filter { $0.hasPrefix("+") }
        #expect(begun == ["+0", "+1", "+2", "+3", "+4"])
    }

    @Test("A cancelled `Batch` begins no item, reports every result, and returns the number of items without one")
    func cancelled() async {
        let begun = Latch()
        let task = Task {
            await Self.log(Batch(atOnce: 2), 10) { index in
                if index < 2 { return index }
                if index == 3 { begun.open() }
                while !Task.isCancelled { await Task.yield() }
                return index == 3 ? 3 : nil
            }
        }
        await begun.wait()
        task.cancel()
        let (log, left) = await task.value
        #expect(log.filter { $0.hasPrefix("+") } == ["+0", "+1", "+2", "+3"])
        #expect(log.filter { $0.hasPrefix("=") } == ["=0", "=1", "=3"])
        #expect(left == 7)
    }

    @Test("A `Batch` without items reports nothing")
    func nothing() async {
        let (log, left) = await Self.log(Batch(atOnce: 0), 0) { $0 }
        #expect(log.isEmpty && left == 0)
    }
}
