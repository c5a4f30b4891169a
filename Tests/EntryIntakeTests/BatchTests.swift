import EntryIntake
import Synchronization
import Testing

@Suite("A batch", .timeLimit(.minutes(5)))
struct BatchTests {
    /// What was reported, as text: `+3` begun, `-3` ended, `=3` in turn.
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

    @Test("hands every result on once as it ends and once in order, whatever ends first", arguments: [1, 2, 3, 8, 64])
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

    @Test("never works on more at once than it may, and on as many as it may", arguments: [1, 2, 5])
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

    @Test("lets the work run ahead of a slow one only so far")
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

    @Test("when cancelled begins nothing new, loses nothing that has ended, and says how much is left")
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

    @Test("of nothing ends at once")
    func nothing() async {
        let (log, left) = await Self.log(Batch(atOnce: 0), 0) { $0 }
        #expect(log.isEmpty && left == 0)
    }
}
