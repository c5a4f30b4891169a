import TestSupport
import Testing

@testable import EntryIntake

@Suite("The gate before the probes, in random traffic", .timeLimit(.minutes(10)))
struct ProbeGatePropertyTests {
    @Test("`ProbeGate` keeps its limits and its order in 500 random steps", arguments: 1...6 as ClosedRange<UInt64>)
    func randomTraffic(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var traffic = Traffic(
            running: Int.random(in: 1...4, using: &random), waiting: Int.random(in: 0...5, using: &random))
        for _ in 0..<500 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1: try await traffic.enter(failing: Bool.random(using: &random))
            case 2, 3: try await traffic.leave(&random)
            default: try await traffic.cancel(&random)
            }
        }
        while !traffic.isIdle { try await traffic.leave(&random) }
        for _ in 0..<traffic.mostRunning { try await traffic.enter(failing: false) }
        #expect(traffic.hasAllPlacesTaken)
        while !traffic.isIdle { try await traffic.leave(&random) }
    }
}

/// A gate, and a model of its expected state.
private struct Traffic {
    private struct Job {
        let number: Int
        let fails: Bool
        let task: Task<Int, any Error>
    }

    let mostRunning: Int
    private let mostWaiting: Int
    private let gate: ProbeGate
    private let room = Room()
    private var running: [Job] = []
    private var waiting: [Job] = []
    private var admitted: [Int] = []
    private var nextNumber = 0

    init(running: Int, waiting: Int) {
        mostRunning = running
        mostWaiting = waiting
        gate = ProbeGate(running: running, waiting: waiting)
    }

    var isIdle: Bool { running.isEmpty && waiting.isEmpty }
    var hasAllPlacesTaken: Bool { running.count == mostRunning }

    mutating func enter(failing: Bool) async throws {
        let number = nextNumber
        nextNumber += 1
        let job = Job(
            number: number, fails: failing, task: await gate.start(number, in: room, failing: failing))
        await gate.settle()
        if running.count < mostRunning {
            try await admit(job)
        } else if waiting.count < mostWaiting {
            waiting.append(job)
        } else {
            await #expect(throws: IntakeError.queueFull) { try await job.task.soon() }
        }
        #expect(room.entered == admitted)
    }

    mutating func leave(_ random: inout SeededGenerator) async throws {
        guard let job = running.randomElement(using: &random) else { return }
        running.removeAll { $0.number == job.number }
        room.finish(job.number)
        if job.fails {
            await #expect(throws: IntakeError.mediaMissing) { try await job.task.soon() }
        } else {
            #expect(try await job.task.soon() == job.number)
        }
        if !waiting.isEmpty { try await admit(waiting.removeFirst()) }
        #expect(room.entered == admitted)
    }

    mutating func cancel(_ random: inout SeededGenerator) async throws {
        guard let job = waiting.randomElement(using: &random) else { return }
        waiting.removeAll { $0.number == job.number }
        job.task.cancel()
        await #expect(throws: IntakeError.cancelled) { try await job.task.soon() }
        #expect(room.entered == admitted)
    }

    private mutating func admit(_ job: Job) async throws {
        admitted.append(job.number)
        running.append(job)
        let (room, count) = (room, admitted.count)
        try #require(await eventually { room.entered.count >= count })
    }
}
