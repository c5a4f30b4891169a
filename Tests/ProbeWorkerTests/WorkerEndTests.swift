import Foundation
import MediaFacts
import Synchronization
import TestSupport
import Testing

@testable import ProbeWorker

@Suite("WorkerEnd")
struct WorkerEndTests {
    @Test(
        "Every outcome of a job is one end of a worker, or none when the file or the caller is its cause",
        arguments: [
            (.ended(signal: SIGSEGV), .crashed), (.ended(signal: SIGKILL), .killed), (.ended(signal: SIGSYS), .crashed),
            (.lockdownRefused, .lockdownRefused), (.notStarted(call: "fork", code: 11), .notStarted),
            (.zygoteLost, .zygoteLost), (.finished(.failure(.overtime)), .timedOut),
            (.finished(.failure(.memoryExceeded)), .outOfMemory), (.finished(.failure(.garbled)), .garbled),
            (.finished(.failure(.crashed)), .crashed), (.finished(.failure(.noWorker("request"))), .noWorker),
            (.finished(.failure(.withdrawn)), nil),
        ] as [(JobOutcome, WorkerEnd?)])
    func outcomes(outcome: JobOutcome, end: WorkerEnd?) {
        #expect(WorkerEnd(outcome) == end)
    }

    @Test("`ProbeWorker` reports a worker that exceeds its wall time, and nothing of a file that is no video")
    func observed() async throws {
        let observer = EndsObserver()
        let worker = try ProbeWorker(
            executable: Binary.path, limits: WorkerLimits(wallTime: .seconds(2)), lanes: 1, observer: observer)
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let text = try #require(ProbedFile(TestMedia.path("text-named.mp4")))
        #expect(await worker.outcome(of: text.media).code == .notMedia)
        #expect(observer.ends == [])
        #expect(await worker.outcome(of: slow.media).code == .timedOut)
        #expect(observer.ends == [.timedOut])
    }
}

/// Keeps the ends of workers.
private final class EndsObserver: WorkerObserver {
    private let kept = Mutex<[WorkerEnd]>([])

    var ends: [WorkerEnd] { kept.withLock { $0 } }
    func workerEnded(_ end: WorkerEnd) { kept.withLock { $0.append(end) } }
}
