import Foundation
import MediaFacts
import MediaProbe
import Synchronization
import TestSupport
import Testing

@testable import ProbeWorker

/// Workers start, read one file and end, also when they are killed, stopped or cancelled while reading.
@Suite("Lifecycle of workers", .serialized, .timeLimit(.minutes(10)))
struct LifecycleTests {
    @Test("A worker reads the same facts of every clip as a prober in this process")
    func sameFacts() async throws {
        #expect(!ExpectedClip.all.isEmpty)
        let (worker, prober) = (try ProbeWorker.built(), InProcessProber())
        for clip in ExpectedClip.all {
            let file = try #require(ProbedFile(TestMedia.path(clip.file)))
            let expected = Result { () throws(ProbeError) in
                try prober.readFacts(of: file.media, measuring: [.header, .packets])
            }
            #expect(await worker.outcome(of: file.media) == expected, "\(clip)")
        }
    }

    @Test("Hundreds of readings leave no zombie process and no open descriptor")
    func soak() async throws {
        let checks = Effort.number("CLIPCHECK_SOAK") ?? 300
        let clips = ["short.mp4", "short.mkv", "text-named.mp4", "short.ts"]
        let files = try clips.map { try #require(ProbedFile(TestMedia.path($0))) }
        let worker = try ProbeWorker.built()
        for file in files { _ = await worker.outcome(of: file.media) }
        let zygote = try #require(worker.zygoteProcess)
        let before = (own: ProcessTable.descriptors(of: getpid()), zygote: ProcessTable.descriptors(of: zygote))
        await withTaskGroup { group in
            for lane in 0..<4 {
                group.addTask {
                    for number in stride(from: lane, to: checks, by: 4) {
                        let outcome = await worker.outcome(of: files[number % files.count].media)
                        #expect((outcome.code == nil) == (number % 4 != 2))
                    }
                }
            }
        }
        #expect(worker.zygoteProcess == zygote)
        #expect(await eventually(within: 30) { ProcessTable.descriptors(of: zygote) == before.zygote })
        #expect(await eventually(within: 30) { ProcessTable.children(of: zygote).isEmpty })
        #expect(await eventually(within: 30) { ProcessTable.zombies(of: zygote).isEmpty })
        // Other tests in this process open descriptors too, but fewer than two for every three readings.
        #expect(await eventually(within: 30) { ProcessTable.descriptors(of: getpid()) < before.own + checks * 2 / 3 })
    }

    @Test("Every reading gets a result while children and zygotes are killed at random")
    func killing() async throws {
        let checks = Effort.number("CLIPCHECK_SOAK") == nil ? 200 : 1000
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.slow(in: folder, zeros: 200_000)))
        let file = try #require(ProbedFile(TestMedia.path("container.webm")))
        let worker = try ProbeWorker.built()
        let honest = (await worker.outcome(of: file.media), await worker.outcome(of: slow.media))
        let before = ProcessTable.descriptors(of: getpid())
        let tally = Tally()
        let killedZygotes = Numbers()
        await withTaskGroup { group in
            group.addTask {
                while tally["answered"] < checks {
                    if let child = worker.children.randomElement(), kill(child, SIGKILL) == 0 {
                        tally.count("killed children")
                        if tally["killed children"] % 10 == 0, let zygote = worker.zygoteProcess {
                            kill(zygote, SIGKILL)
                            killedZygotes.insert(zygote)
                            tally.count("killed zygotes")
                        }
                    }
                    try? await Task.sleep(for: .milliseconds(Int.random(in: 5...25)))
                }
            }
            await withTaskGroup { readers in
                for lane in 0..<4 {
                    readers.addTask {
                        for number in stride(from: lane, to: checks, by: 4) {
                            let isFast = number % 2 == 0
                            let outcome = await worker.outcome(of: isFast ? file.media : slow.media)
                            tally.count("answered")
                            if outcome.code == .crashed { tally.count("crashed") }
                            #expect(outcome.code == .crashed || outcome == (isFast ? honest.0 : honest.1))
                        }
                    }
                }
            }
        }
        print("killing: \(tally)")
        #expect(tally["answered"] == checks)
        #expect(tally["killed children"] > 0 && tally["killed zygotes"] > 0)
        #expect(await worker.outcome(of: file.media) == honest.0)
        #expect(await eventually(within: 30) { ProcessTable.descriptors(of: getpid()) < before + checks * 2 / 3 })
        let killed = killedZygotes.all
        #expect(
            await eventually(within: 30) {
                ProcessTable.zombies(of: getpid()).allSatisfy { !killed.contains($0.process) }
            })
    }

    @Test(
        "A worker that ends by a signal gives the error `crashed`",
        arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGFPE, SIGTERM, SIGSYS])
    func signals(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let worker = try ProbeWorker.built()
        let (reading, child) = await worker.signal(signal, whileReading: slow.media)
        #expect(child != nil)
        #expect(await reading.value.code == .crashed)
    }

    @Test("A stopped worker is killed when its time limit passes")
    func stopped() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let worker = try ProbeWorker.built(WorkerLimits(wallTime: .seconds(2)))
        let start = ContinuousClock.now
        let (reading, stopped) = await worker.signal(SIGSTOP, whileReading: slow.media)
        let child = try #require(stopped)
        #expect(await reading.value.code == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(30))
        #expect(await eventually(within: 30) { !ProcessTable.isRunning(child) })
    }

    @Test("A stopped zygote is replaced, and another zygote reads the file")
    func stoppedZygote() async throws {
        let file = try #require(ProbedFile(TestMedia.path("short.mp4")))
        let worker = try ProbeWorker.built(WorkerLimits(wallTime: .seconds(1)))
        let zygote = try #require(worker.zygoteProcess)
        kill(zygote, SIGSTOP)
        let first = await worker.outcome(of: file.media)
        #expect(first.code == nil)
        #expect(await worker.outcome(of: file.media).code == nil)
        #expect(await eventually(within: 30) { !ProcessTable.isRunning(zygote) })
    }

    @Test("The kernel ends a worker that exceeds its CPU time, which gives `timedOut`")
    func processorTime() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let worker = try ProbeWorker.built(WorkerLimits(wallTime: .seconds(60), cpuSeconds: 1))
        let start = ContinuousClock.now
        #expect(await worker.outcome(of: slow.media).code == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(50), "the limit of wall time is 60 s")
    }

    @Test("Cancelling a task kills its worker at once and keeps the zygote", arguments: [0, SIGSTOP])
    func cancellation(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let worker = try ProbeWorker.built()
        let zygote = worker.zygoteProcess
        let (reading, signalled) = await worker.signal(signal, whileReading: slow.media)
        let child = try #require(signalled)
        #expect(ProcessTable.isRunning(child))
        let start = ContinuousClock.now
        reading.cancel()
        #expect(await reading.value.code == .cancelled)
        #expect(await eventually(within: 30) { !ProcessTable.isRunning(child) })
        #expect(ContinuousClock.now - start < .seconds(30), "its time limit is two minutes")
        #expect(worker.zygoteProcess == zygote)
    }

    @Test("Cancelling one reading at any moment does not disturb another reading")
    func cancellationBeside() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.slow(in: folder, zeros: 100_000_000)))
        let file = try #require(ProbedFile(TestMedia.path("short.mp4")))
        let worker = try ProbeWorker.built()
        let zygote = worker.zygoteProcess
        async let long = worker.outcome(of: slow.media)
        for round in 0..<40 {
            let reading = Task { await worker.outcome(of: file.media) }
            try await Task.sleep(for: .microseconds(100 * round))
            reading.cancel()
            let code = await reading.value.code
            #expect(code == nil || code == .cancelled)
        }
        #expect(await long.code != .crashed)
        #expect(worker.zygoteProcess == zygote)
    }

    @Test("A zygote outlives the thread that started it")
    func startingThread() async throws {
        let made = Mutex<ProbeWorker?>(nil)
        let thread = Thread { made.withLock { $0 = try? .built() } }
        thread.start()
        #expect(await eventually(within: 30) { thread.isFinished })
        let worker = try #require(made.withLock { $0 })
        let zygote = try #require(worker.zygoteProcess)
        try await Task.sleep(for: .milliseconds(300))
        #expect(ProcessTable.isRunning(zygote))
    }

    @Test("A released `ProbeWorker` ends its zygote")
    func dropped() async throws {
        var worker: ProbeWorker? = try .built()
        let zygote = try #require(worker?.zygoteProcess)
        #expect(ProcessTable.isRunning(zygote))
        worker = nil
        #expect(await eventually(within: 30) { ProcessTable.row(zygote) == nil })
    }
}

/// Counters by name that several tasks share.
final class Tally: Sendable, CustomStringConvertible {
    private let counts = Mutex<[String: Int]>([:])

    /// Adds one to the counter `name`.
    func count(_ name: String) { counts.withLock { $0[name, default: 0] += 1 } }

    /// The value of the counter `name`.
    subscript(name: String) -> Int { counts.withLock { $0[name, default: 0] } }

    var description: String {
        counts.withLock { $0.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") }
    }
}

/// A set of numbers that several tasks share.
private final class Numbers: Sendable {
    private let state = Mutex<Set<Int32>>([])

    var all: Set<Int32> { state.withLock { $0 } }

    func insert(_ number: Int32) { state.withLock { _ = $0.insert(number) } }
}
