import BlockingLanes
import Foundation
import Synchronization
import Testing

@Suite("Lanes for blocking work", .timeLimit(.minutes(5)))
struct BlockingLanesTests {
    @Test("`BlockingLanes.run` returns and throws what the work returns and throws")
    func results() async throws {
        let lanes = BlockingLanes("test")
        #expect(await lanes.run { 42 } == 42)
        await #expect(throws: Refusal()) {
            try await lanes.run { () throws(Refusal) in throw Refusal() }
        }
    }

    @Test("`BlockingLanes.run` raises the flag of the work when the task is cancelled")
    func cancelling() async {
        let lanes = BlockingLanes("test", count: 1)
        let task = Task {
            await lanes.run { withdrawn in
                while !withdrawn.isRaised { Thread.sleep(forTimeInterval: 0.001) }
                return withdrawn.isRaised
            }
        }
        task.cancel()
        #expect(await task.value)
    }

    @Test("A free `BlockingLanes` runs its work while sixteen others are blocked")
    func independence() async {
        let blocked = (0..<16).map { BlockingLanes("blocked-\($0)", count: 4) }
        let release = Flag()
        await withTaskGroup(of: Void.self) { group in
            for lanes in blocked {
                for _ in 0..<4 {
                    group.addTask {
                        await lanes.run { while !release.isRaised { Thread.sleep(forTimeInterval: 0.001) } }
                    }
                }
            }
            group.addTask {
                #expect(await BlockingLanes("free", count: 1).run { 7 } == 7)
                release.raise()
            }
        }
    }

    @Test("A released `BlockingLanes` ends its threads")
    func threads() async throws {
        #if os(Linux)
            func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count }
            let before = try count()
            for _ in 0..<200 { #expect(await BlockingLanes("short", count: 1).run { 1 } == 1) }
            var after = try count()
            for _ in 0..<500 where after > before + 50 {
                try await Task.sleep(for: .milliseconds(10))
                after = try count()
            }
            #expect(after <= before + 50)
        #endif
    }

    @Test(
        "`BlockingLanes` runs as much work at once as it has lanes, and no more",
        arguments: [(1, 1), (3, 3), (0, 1), (-1, 1)])
    func bound(count: Int, expected: Int) async {
        let lanes = BlockingLanes("test", count: count)
        let tally = Tally()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    await lanes.run {
                        tally.enter()
                        // Threads start slowly on a busy machine, so each piece of work waits until `expected` of them
                        // run at once.
                        for _ in 0..<10_000 where tally.most < expected { Thread.sleep(forTimeInterval: 0.001) }
                        tally.leave()
                    }
                }
            }
        }
        #expect(tally.most == expected)
    }

    @Test("Tasks run on the cooperative pool while twice as many lanes as cores are blocked")
    func pool() async {
        let lanes = BlockingLanes("test", count: BlockingLanes.cores * 2)
        let release = Flag()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<BlockingLanes.cores * 2 {
                group.addTask {
                    await lanes.run {
                        while !release.isRaised { Thread.sleep(forTimeInterval: 0.001) }
                    }
                }
            }
            // If the cooperative pool were blocked, this task would never run and the lanes would stay blocked.
            group.addTask { release.raise() }
        }
        #expect(release.isRaised)
    }

    @Test("`BlockingLanes.cores` is at least one")
    func cores() { #expect(BlockingLanes.cores >= 1) }
}

private struct Refusal: Error, Equatable {}

/// Counts how many pieces of work run at once, and the highest such number.
private final class Tally: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func enter() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }
}

/// A flag that one thread raises and all threads read.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }
}
