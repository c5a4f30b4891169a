import Foundation
import MediaFacts
import TestSupport
import Testing

import enum MediaFacts.Measurement

@testable import ProbeWorker

/// A reading gives the same result however late the machine runs its processes.
@Suite("Workers on a busy machine", .serialized, .timeLimit(.minutes(90)))
struct BusyMachineTests {
    /// Starts reading `file`, waits until its child runs, and stops the zygote.
    private static func stopZygote(
        of worker: ProbeWorker, whileReading file: MediaFile
    ) async throws -> (reading: Task<Result<MediaFacts, ProbeError>, Never>, zygote: Int32, child: Int32) {
        let zygote = try #require(worker.zygoteProcess)
        #expect(await worker.becomesIdle())
        let reading = Task { await worker.outcome(of: file) }
        #expect(await eventually(within: 30) { !worker.children.isEmpty })
        let child = try #require(worker.children.first)
        kill(zygote, SIGSTOP)
        return (reading, zygote, child)
    }

    @Test("A whole answer is the result of a reading although the zygote does not report the worker's end")
    func silentZygote() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.slow(in: folder)))
        let worker = try ProbeWorker.built()
        let honest = await worker.outcome(of: slow.media)
        let (reading, zygote, _) = try await Self.stopZygote(of: worker, whileReading: slow.media)
        #expect(await reading.value == honest)
        kill(zygote, SIGCONT)
        #expect(await worker.outcome(of: slow.media) == honest)
        #expect(worker.zygoteProcess == zygote)
    }

    @Test("A worker's end by SIGXCPU is reported as `timedOut` although the zygote reports it six seconds late")
    func lateZygote() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let worker = try ProbeWorker.built()
        let (reading, zygote, child) = try await Self.stopZygote(of: worker, whileReading: slow.media)
        kill(child, SIGXCPU)  // the signal for an exceeded limit of CPU time
        try await Task.sleep(for: .seconds(6))
        kill(zygote, SIGCONT)
        #expect(await reading.value.code == .timedOut)
    }

    @Test("A file is read by another zygote when its own reports nothing until the time limit")
    func stuckZygote() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.slow(in: folder, zeros: 40_000_000)))
        let worker = try ProbeWorker.built(WorkerLimits(wallTime: .seconds(4)))
        let honest = await worker.outcome(of: slow.media)
        let (reading, zygote, child) = try await Self.stopZygote(of: worker, whileReading: slow.media)
        kill(child, SIGKILL)
        #expect(await reading.value == honest)
        #expect(await eventually(within: 30) { !ProcessTable.isRunning(zygote) })
    }

    @Test(
        "Readings of one clip have equal results for minutes while every core is busy",
        .enabled(if: Effort.number("CLIPCHECK_BUSY_MINUTES") != nil, "skipped: CLIPCHECK_BUSY_MINUTES is not set"))
    func soak() async throws {
        let minutes = min(try #require(Effort.number("CLIPCHECK_BUSY_MINUTES")), 60)
        let file = try #require(ProbedFile(TestMedia.path("作品.mp4")))
        let worker = try ProbeWorker.built(WorkerLimits(), lanes: 4)
        let examinations = [Depth.quick, .standard].map { Examination(Set(Measurement.allCases), depth: $0) }
        var honest: [ExaminedFile] = []
        for examination in examinations { honest.append(try await worker.examine(file.media, for: examination)) }
        let load = try (0..<6).map { _ in
            try ChildProcess(
                "/bin/sh", ["-c", "while :; do :; done"], environment: [:], output: SystemCallTrace.null,
                errors: SystemCallTrace.null)
        }
        defer { for process in load { process.signal(SIGKILL) } }
        let (tally, end) = (Tally(), ContinuousClock.now + .seconds(60 * minutes))
        await withTaskGroup { group in
            for lane in 0..<4 {
                group.addTask { [honest] in
                    while ContinuousClock.now < end {
                        let kind = lane % 2
                        do throws(ProbeError) {
                            let examined = try await worker.examine(file.media, for: examinations[kind])
                            tally.count("facts")
                            #expect(examined == honest[kind])
                        } catch {
                            tally.count(error.code.rawValue)
                            Issue.record(error)
                        }
                    }
                }
            }
        }
        print("busy machine, \(minutes) min: \(tally)")
    }
}
