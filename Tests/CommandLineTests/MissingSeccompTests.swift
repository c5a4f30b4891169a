import TestSupport
import Testing

/// Commands on a kernel without seccomp. The test runs in a process of its own, because a filter cannot be removed again.
@Suite("Commands without seccomp", .timeLimit(.minutes(10)))
struct MissingSeccompTests {
    @Test("A command that requires isolation exits with 70 without seccomp, and says what it did not do")
    func refused() async {
        await #expect(processExitsWith: .success) {
            // Where the kernel has no seccomp at all, no filter is needed.
            _ = SystemCallRefusal.install(SystemCallRefusal.seccomp)
            let check = ["check", Clip.good, "--contest", "xian-2024", "--isolation", "required"]
            for (arguments, words) in [
                (
                    ["serve", "--port", "0", "--data", "/nonexistent", "--lang", "en"],
                    "cannot be isolated and the service was not started."
                ),
                (check + ["--lang", "en"], "cannot be isolated and no file was read."), (check, "没有读取任何文件。"),
            ] {
                let outcome = try await clipcheck(arguments)
                precondition(outcome.code == 70, "\(arguments): \(outcome.code)")
                precondition(outcome.text.isEmpty, outcome.text)
                precondition(outcome.errorText.contains(words), outcome.errorText)
            }
            let probe = try await clipcheck(["probe", Clip.good], environment: ["CLIPCHECK_ISOLATION": "required"])
            precondition(probe.code == 70 && probe.errorText.contains("没有读取任何文件。"), probe.errorText)
        }
    }
}
