import CLockdown
import Foundation
import MediaFacts
import TestSupport
import Testing

@testable import ProbeWorker

/// Workers under container runtimes that answer EPERM for calls that the kernel has. Each test runs in a process of its
/// own, because a filter cannot be removed again.
@Suite(
    "Lockdown under a container runtime", .serialized, .timeLimit(.minutes(10)),
    .enabled(if: cld_available_layers() == Int32(CLD_LANDLOCK | CLD_SECCOMP)))
struct RefusedLockdownTests {
    /// Reads a good clip with a new `ProbeWorker`. Returns the isolation of the prober, or the error.
    private static func isolationAfterReading() async -> String {
        do throws(ProbeError) {
            let worker = try ProbeWorker(
                executable: Binary.path, limits: WorkerLimits(wallTime: .seconds(30)), isolation: .full, lanes: 1)
            guard let file = ProbedFile(TestMedia.path("short.mp4")) else { return "no clip" }
            let outcome = await worker.outcome(of: file.media)
            return outcome.code?.rawValue ?? worker.isolation.rawValue
        } catch {
            return error.message.en
        }
    }

    @Test("Workers read at full isolation when close_range(2) fails with EPERM")
    func closeRange() async {
        await #expect(processExitsWith: .success) {
            precondition(SystemCallRefusal.install(SystemCallRefusal.closeRange))
            precondition(cld_close_range(1000, 1001) == 0)
            let result = await Self.isolationAfterReading()
            precondition(result == "full", result)
        }
    }

    @Test("`cld_close_range` closes descriptors one by one when close_range(2) fails with EPERM")
    func closesOneByOne() async {
        await #expect(processExitsWith: .success) {
            precondition(SystemCallRefusal.install(SystemCallRefusal.closeRange))
            for number in [200, 201, 202] as [Int32] { precondition(dup2(STDIN_FILENO, number) == number) }
            precondition(cld_close_range(200, 201) == 0)
            precondition([200, 201, 202].map { fcntl($0, F_GETFD) >= 0 } == [false, false, true])
        }
    }

    @Test("`ProbeWorker` works without Landlock and reports that when landlock_restrict_self(2) is refused")
    func landlock() async {
        await #expect(processExitsWith: .success) {
            precondition(SystemCallRefusal.install(SystemCallRefusal.landlockRestrictSelf))
            precondition(Isolation.available == .full, "the kernel still says that it has Landlock")
            let result = await Self.isolationAfterReading()
            precondition(result == "without-landlock", result)
        }
    }

    @Test("`ProbeWorker` throws when the kernel offers seccomp and refuses to apply it")
    func seccomp() async {
        await #expect(processExitsWith: .success) {
            let setFilter: UInt32 = 1
            precondition(SystemCallRefusal.install(SystemCallRefusal.seccomp, whenFirstArgumentIs: setFilter))
            precondition(Isolation.available == .full, "the kernel still says that it has seccomp")
            let result = await Self.isolationAfterReading()
            precondition(result.hasPrefix("No worker can be started (lockdown)"), result)
        }
    }
}
