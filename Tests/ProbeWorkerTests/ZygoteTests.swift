import CLockdown
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ProbeWorker

/// Zygotes that cannot be reached, cannot start, or must not be used again.
@Suite("Zygotes", .serialized, .timeLimit(.minutes(3)))
struct ZygoteTests {
    @Test("`Zygote.submit` refuses a descriptor that is not open with its errno")
    func badDescriptor() throws {
        let zygote = try #require(Zygote(executable: Binary.path))
        defer { zygote.end() }
        var job = cld_job()
        job.number = try #require(zygote.reserveJob())
        #expect(zygote.submit(job, media: -1, reply: STDIN_FILENO) == .refused(code: EBADF))
        #expect(zygote.isServing)
    }

    @Test("`Zygote.submit` returns `.gone` once the zygote was ended or killed")
    func gone() async throws {
        for isKilled in [true, false] {
            let zygote = try #require(Zygote(executable: Binary.path))
            var job = cld_job()
            job.number = try #require(zygote.reserveJob())
            if isKilled { kill(zygote.processNumber, SIGKILL) } else { zygote.end() }
            #expect(
                await eventually(within: 30) {
                    zygote.submit(job, media: STDIN_FILENO, reply: STDIN_FILENO) == .gone
                })
            #expect(!zygote.isServing)
            #expect(zygote.reserveJob() == nil)
            #expect(await eventually(within: 30) { zygote.state(of: job.number) == .lost })
        }
    }

    @Test("`Zygote.submit` returns `.busy` for a full socket and does not wait for a stopped zygote")
    func fullSocket() throws {
        let zygote = try #require(Zygote(executable: Binary.path))
        defer { zygote.end() }
        kill(zygote.processNumber, SIGSTOP)
        let file = try #require(ProbedFile(TestMedia.path("short.mp4")))
        var submissions: [Zygote.Submission] = []
        repeat {
            var job = cld_job()
            job.number = zygote.reserveJob() ?? 0
            submissions.append(zygote.submit(job, media: file.media.descriptor, reply: STDIN_FILENO))
        } while submissions.last == .sent && submissions.count < 100_000
        #expect([.busy(code: EAGAIN), .busy(code: ETOOMANYREFS)].contains(submissions.last))
        #expect(submissions.count > 1)
    }

    @Test("`Zygote` numbers its jobs from 1 upwards")
    func numbers() throws {
        let zygote = try #require(Zygote(executable: Binary.path))
        defer { zygote.end() }
        #expect((0..<3).map { _ in zygote.reserveJob() } == [1, 2, 3])
    }

    /// Ways in which a zygote fails when it is started again, as lines of the script that starts it.
    private static let failures = [
        "exit 1", "(sleep 0.02; kill -9 $$) & exec '\(Binary.path)' \"$@\"",
    ]

    @Test("A file is given up within ten seconds, with the cause, when every new zygote fails", arguments: failures)
    func noZygote(failure: String) async throws {
        let folder = try TemporaryFolder()
        let failing = folder.path("failing")
        let script = try Self.script(
            "if [ -e '\(failing)' ]; then \(failure); fi; exec '\(Binary.path)' \"$@\"", in: folder)
        let file = try #require(ProbedFile(TestMedia.path("short.mp4")))
        let worker = try ProbeWorker(executable: script, lanes: 1)
        #expect(await worker.outcome(of: file.media).code == nil)
        try folder.write(Data(), to: "failing")
        kill(try #require(worker.zygoteProcess), SIGKILL)
        let start = ContinuousClock.now
        #expect(await worker.outcome(of: file.media) == .failure(.noWorker("zygote")))
        #expect(ContinuousClock.now - start < .seconds(10))
        await #expect(throws: ProbeError.noWorker("zygote")) { try await worker.checkReaderStarts() }
        // The prober recovers as soon as zygotes start again.
        try FileManager.default.removeItem(atPath: failing)
        try await worker.checkReaderStarts()
        #expect(await worker.outcome(of: file.media).code == nil)
    }

    @Test("`ProbeWorker` throws when its executable is no zygote", arguments: ["/bin/false", "/nonexistent"])
    func noExecutable(path: String) {
        #expect(throws: ProbeError.noWorker("zygote")) { try ProbeWorker(executable: path) }
    }

    @Test(
        "A zygote is replaced when one of its workers ends by a signal that the parent did not send",
        arguments: [SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP, SIGSYS])
    func replaced(signal: Int32) async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.endless(in: folder)))
        let file = try #require(ProbedFile(TestMedia.path("short.mp4")))
        let worker = try ProbeWorker.built()
        let zygote = try #require(worker.zygoteProcess)
        let (reading, child) = await worker.signal(signal, whileReading: slow.media)
        #expect(child != nil)
        #expect(await reading.value.code == .crashed)
        #expect(await eventually(within: 30) { !ProcessTable.isRunning(zygote) })
        #expect(await worker.outcome(of: file.media).code == nil)
        #expect(worker.zygoteProcess != zygote)
    }

    @Test("A retired zygote finishes the readings that run in it")
    func retired() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.slow(in: folder)))
        let worker = try ProbeWorker.built()
        let honest = await worker.outcome(of: slow.media)
        let zygote = try #require(worker.zygoteProcess)
        #expect(await worker.becomesIdle())
        async let other = worker.outcome(of: slow.media)
        #expect(await eventually(within: 30) { worker.children.count == 1 })
        let reading = Task { await worker.outcome(of: slow.media) }
        #expect(await eventually(within: 30) { worker.children.count == 2 })
        let victim = try #require(worker.children.max())
        kill(victim, SIGSEGV)
        let results = [await other, await reading.value]
        #expect(results.filter { $0 == honest }.count == 1)
        #expect(results.filter { $0.code == .crashed }.count == 1)
        #expect(await eventually(within: 30) { !ProcessTable.isRunning(zygote) })
    }

    @Test("A file whose worker is killed by SIGKILL is read again, and a second SIGKILL gives `crashed`")
    func killedWorker() async throws {
        let folder = try TemporaryFolder()
        let slow = try #require(ProbedFile(try Bomb.slow(in: folder)))
        let worker = try ProbeWorker.built()
        let honest = await worker.outcome(of: slow.media)
        let (reading, child) = await worker.signal(SIGKILL, whileReading: slow.media)
        #expect(child != nil)
        #expect(await reading.value == honest)
        let (second, first) = await worker.signal(SIGKILL, whileReading: slow.media)
        #expect(await eventually(within: 30) { worker.children.contains { $0 != first } })
        for child in worker.children { kill(child, SIGKILL) }
        #expect(await second.value.code == .crashed)
    }

    @Test("A zygote has the LD_LIBRARY_PATH of its parent, and not its HOME")
    func libraryPath() async {
        await #expect(processExitsWith: .success) {
            setenv("LD_LIBRARY_PATH", "/nonexistent/clipcheck", 1)
            let folder = try TemporaryFolder()
            let script = try Self.script("env >'\(folder.path("env"))'; exec '\(Binary.path)' \"$@\"", in: folder)
            _ = try ProbeWorker(executable: script, lanes: 1)
            let lines = try String(contentsOfFile: folder.path("env"), encoding: .utf8).split(separator: "\n")
            precondition(lines.contains("LD_LIBRARY_PATH=/nonexistent/clipcheck"), "\(lines)")
            precondition(!lines.contains { $0.hasPrefix("HOME=") }, "\(lines)")
        }
    }

    private static func script(_ text: String, in folder: TemporaryFolder) throws -> String {
        let path = try folder.write(Data("#!/bin/sh\n\(text)\n".utf8), to: "zygote.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }
}
