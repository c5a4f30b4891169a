internal import Foundation
internal import Synchronization

/// A program that a test starts.
///
/// Tests do not use Foundation's `Process`, which sometimes crashes in `run` while other threads open descriptors.
public final class ChildProcess: Sendable {
    /// The way in which a program ended.
    public enum End: Sendable, Hashable {
        /// The program ended with an exit code.
        case exited(Int32)
        /// A signal ended the program.
        case signalled(Int32)
    }

    /// The process id of the program.
    public let number: Int32
    private let end = Mutex<End?>(nil)

    /// Starts `program` with its standard descriptors and no others.
    ///
    /// - Parameter folder: working folder of the program; nil for that of the test.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String], folder: String? = nil,
        input: Int32? = nil, output: Int32, errors: Int32
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        for descriptor in Self.openDescriptors where descriptor > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, descriptor)  // may be closed already, which is harmless
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // The threads that run tests block some signals and ignore others; a program must start without that.
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        let command = (folder.map { ["/usr/bin/env", "-C", $0] } ?? []) + [program] + arguments
        var words = command.map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var started = pid_t()
        let code = posix_spawn(&started, command[0], &actions, &attributes, &words, &variables)
        guard code == 0 else { throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EINVAL) }
        number = started
    }

    /// Descriptors that this process has open now; empty where the system does not list them.
    private static var openDescriptors: [Int32] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { Int32($0) }
    }

    /// Whether the program has not ended yet.
    public var isRunning: Bool { ended(waiting: false) == nil }

    /// Waits until the program ends, and returns how it ended.
    @discardableResult
    public func wait() -> End { ended(waiting: true) ?? .exited(-1) }

    /// Waits for the end on a thread of its own, because the threads of the cooperative pool must not block.
    public func hasEnded() async -> End {
        await withCheckedContinuation { done in Thread.detachNewThread { done.resume(returning: self.wait()) } }
    }

    /// Sends the program a signal, unless the program has ended.
    public func signal(_ signal: Int32) {
        end.withLock { if $0 == nil { kill(number, signal) } }
    }

    private func ended(waiting: Bool) -> End? {
        while true {
            let known = end.withLock { end in
                var status: Int32 = 0
                if end == nil, waitpid(number, &status, WNOHANG) == number {
                    end = status & 0x7f == 0 ? .exited(status >> 8 & 0xff) : .signalled(status & 0x7f)
                }
                return end
            }
            if known != nil || !waiting { return known }
            usleep(2000)
        }
    }
}
