import Synchronization
import Testing

@testable import EntryIntake

@Suite("The gate before the probes", .timeLimit(.minutes(5)))
struct ProbeGateTests {
    @Test("`ProbeGate` runs at most `running` calls at once", arguments: [1, 2, 3, 8])
    func bound(running: Int) async throws {
        let gate = ProbeGate(running: running, waiting: 1000)
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<300 {
                group.addTask {
                    try await gate.pass { () async throws(IntakeError) in
                        tally.enter()
                        for _ in 0..<5 { await Task.yield() }
                        tally.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(tally.most <= running)
        #expect(tally.done == 300)
    }

    @Test("`ProbeGate` runs `running` calls at once, and at least one", arguments: [(1, 1), (3, 3), (0, 1), (-5, 1)])
    func width(running: Int, expected: Int) async throws {
        let (gate, room) = (ProbeGate(running: running, waiting: 0), Room())
        var tasks: [Task<Int, any Error>] = []
        for number in 0..<expected { tasks.append(await gate.start(number, in: room)) }
        #expect(await eventually { room.entered.count == expected })
        await refusal(of: gate, .queueFull)
        for number in 0..<expected { room.finish(number) }
        for (number, task) in tasks.enumerated() { #expect(try await task.soon() == number) }
    }

    @Test("`ProbeGate` runs waiting calls in the order of their arrival")
    func order() async throws {
        let (gate, room) = (ProbeGate(running: 1, waiting: 50), Room())
        var tasks: [Task<Int, any Error>] = []
        for number in 0..<50 {
            tasks.append(await gate.start(number, in: room))
            room.finish(number)
        }
        for task in tasks { _ = try await task.soon() }
        #expect(room.entered == Array(0..<50))
    }

    @Test("`ProbeGate` throws `.queueFull` at once when its queue is full", arguments: [0, 1, 5, -1])
    func fullLine(waiting: Int) async throws {
        let (gate, room) = (ProbeGate(running: 1, waiting: waiting), Room())
        var tasks: [Task<Int, any Error>] = []
        for number in 0...max(0, waiting) { tasks.append(await gate.start(number, in: room)) }
        await gate.settle()
        await refusal(of: gate, .queueFull)
        #expect(room.entered.count <= 1)
        for number in tasks.indices { room.finish(number) }
        for task in tasks { _ = try await task.soon() }
        #expect(try await gate.once(7) == 7)
    }

    @Test("A cancelled call leaves the queue of `ProbeGate` at once and frees its place there")
    func cancelledWaiter() async throws {
        let (gate, room) = (ProbeGate(running: 1, waiting: 1), Room())
        let first = await gate.start(0, in: room)
        let cancelled = await gate.start(1, in: room)
        await gate.settle()
        cancelled.cancel()
        await #expect(throws: IntakeError.cancelled) { try await cancelled.soon() }
        let next = await gate.start(2, in: room)
        await gate.settle()
        await refusal(of: gate, .queueFull)
        room.finish(0)
        room.finish(2)
        #expect(try await first.soon() == 0)
        #expect(try await next.soon() == 2)
        #expect(room.entered == [0, 2])
    }

    @Test("`ProbeGate` throws `.cancelled` for a task that was cancelled before it arrived")
    func cancelledBefore() async throws {
        let (gate, room) = (ProbeGate(running: 1, waiting: 1), Room())
        let first = await gate.start(0, in: room)
        await gate.settle()
        let held = Latch()
        let late = Task {
            await held.wait()
            return try await gate.pass { () async throws(IntakeError) in 1 }
        }
        late.cancel()
        held.open()
        await #expect(throws: IntakeError.cancelled) { try await late.soon() }
        room.finish(0)
        #expect(try await first.soon() == 0)
        #expect(try await gate.once(2) == 2)
    }

    @Test("`ProbeGate` frees the place of work that throws, and passes on its error")
    func throwing() async throws {
        let gate = ProbeGate(running: 2, waiting: 0)
        for _ in 0..<20 {
            await #expect(throws: IntakeError.mediaMissing) {
                try await gate.pass { () async throws(IntakeError) in throw .mediaMissing }
            }
        }
        #expect(try await gate.once(1) == 1)
    }

    @Test("`ProbeGate` loses no place when the next call is cancelled as the place becomes free")
    func cancelledOnTheThreshold() async throws {
        let gate = ProbeGate(running: 1, waiting: 4)
        for number in 0..<300 {
            let room = Room()
            let first = await gate.start(0, in: room)
            let second = await gate.start(1, in: room)
            await gate.settle()
            room.finish(1)
            if number.isMultiple(of: 2) { room.finish(0) }
            second.cancel()
            room.finish(0)
            _ = try await first.soon()
            do { _ = try await second.soon() } catch is IntakeError {}
            #expect(try await gate.once(number) == number)
        }
    }

    private func refusal(of gate: ProbeGate, _ error: IntakeError) async {
        await #expect(throws: error) { _ = try await gate.once(0) }
    }
}

/// Holds work until the test calls `finish`, and records the numbers of the work in the order of its start.
final class Room: Sendable {
    private let state = Mutex<(entered: [Int], latches: [Int: Latch])>(([], [:]))

    var entered: [Int] { state.withLock { $0.entered } }

    func finish(_ number: Int) { latch(number).open() }

    func stay(_ number: Int) async {
        state.withLock { $0.entered.append(number) }
        await latch(number).wait()
    }

    private func latch(_ number: Int) -> Latch {
        state.withLock { state in
            if let known = state.latches[number] { return known }
            let latch = Latch()
            state.latches[number] = latch
            return latch
        }
    }
}

extension ProbeGate {
    /// Starts work that stays in `room`. The tasks of successive calls reach the gate in the order of the calls, as
    /// each task begins on the gate's actor.
    func start(_ number: Int, in room: Room, failing: Bool = false) -> Task<Int, any Error> {
        Task {
            try await pass { () async throws(IntakeError) in
                await room.stay(number)
                if failing { throw .mediaMissing }
                return number
            }
        }
    }

    /// Runs work that returns at once.
    func once(_ number: Int) async throws -> Int {
        try await Task { try await pass { () async throws(IntakeError) in number } }.soon()
    }

    /// Returns when all work started before runs, waits or was refused.
    func settle() {}
}
