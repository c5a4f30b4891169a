internal import CLockdown
internal import Foundation

/// The parent's side of one zygote: starts it, hands it jobs, and keeps what it tells of them.
///
/// `condition` guards everything that changes.
final class Zygote: @unchecked Sendable {
    /// What is known of a job.
    enum Progress: Equatable {
        /// Handed over; no child yet.
        case waiting
        /// A child runs: its number, and a descriptor that stands for it.
        case running(process: Int32, descriptor: Int32)
        /// The child has ended, with its status as wait(2) gives it.
        case ended(status: Int32)
        /// No child could be made.
        case failed(code: Int32)
        /// The zygote has died, and all its children with it.
        case lost
    }

    private let condition = NSCondition()
    private let control: Int32
    private var process: pid_t = 0
    private var jobs: [UInt64: Progress] = [:]
    private var isReady = false
    private var isGone = false

    /// Starts `executable` as a zygote; nil when that is impossible.
    init?(executable: String) {
        var sockets: [Int32] = [-1, -1]
        guard cld_socket_pair(&sockets) == 0 else { return nil }
        control = sockets[0]
        defer { close(sockets[1]) }
        guard let process = Self.spawn(executable, control: sockets[1]) else {
            close(sockets[0])
            return nil
        }
        self.process = process
        Thread.detachNewThread { [self] in listen() }
        guard waitUntilReady() else {
            Foundation.kill(process, SIGKILL)
            return nil
        }
    }

    /// Whether it still takes jobs.
    var isAlive: Bool { condition.withLock { !isGone } }

    /// Its process number, for tests that kill it.
    var processNumber: Int32 { condition.withLock { process } }

    /// Hands over a job with its two descriptors; false when the zygote is gone.
    func submit(_ job: cld_job, media: Int32, reply: Int32) -> Bool {
        condition.withLock {
            // Under the lock, because `listen` closes the socket under it when the zygote goes.
            guard !isGone else { return false }
            jobs[job.number] = .waiting
            var job = job
            return cld_send(control, &job, MemoryLayout<cld_job>.size, [media, reply], 2) == 0
        }
    }

    /// What is known of a job now.
    func progress(of job: UInt64) -> Progress { condition.withLock { jobs[job] ?? .lost } }

    /// Waits until a job's child has ended, or the zygote is lost, or `seconds` have passed.
    func end(of job: UInt64, within seconds: Double) -> Progress {
        condition.withLock {
            let deadline = Date(timeIntervalSinceNow: seconds)
            while true {
                switch jobs[job] ?? .lost {
                case .waiting, .running:
                    guard condition.wait(until: deadline) else { return jobs[job] ?? .lost }
                case let final: return final
                }
            }
        }
    }

    /// Kills the child of a job, if it has one.
    func kill(job: UInt64) {
        condition.withLock {
            guard case .running(let child, let descriptor) = jobs[job] else { return }
            // Without a descriptor for it the number must do; its zygote has not reaped it, so it is nobody else's.
            if descriptor < 0 || cld_kill(descriptor) != 0 { Foundation.kill(child, SIGKILL) }
        }
    }

    /// Forgets a job that has been answered.
    func forget(_ job: UInt64) {
        condition.withLock {
            if case .running(_, let descriptor) = jobs.removeValue(forKey: job), descriptor >= 0 { close(descriptor) }
        }
    }

    /// Kills the zygote, and with it every child.
    func killAll() {
        condition.withLock {
            guard !isGone else { return }
            Foundation.kill(process, SIGKILL)
            // What was started may have started the zygote in turn (a tracer); that one ends when its parent hangs up.
            shutdown(control, Int32(SHUT_RDWR))
        }
    }

    private func waitUntilReady() -> Bool {
        condition.withLock {
            let deadline = Date(timeIntervalSinceNow: 10)
            while !isReady, !isGone, condition.wait(until: deadline) {}
            return isReady && !isGone
        }
    }

    /// Takes notices until the zygote goes; runs on a thread of its own.
    private func listen() {
        var notice = cld_notice()
        var descriptors: [Int32] = [-1, -1, -1, -1]
        var count: Int32 = 0
        while cld_receive(control, &notice, MemoryLayout<cld_notice>.size, &descriptors, &count)
            == MemoryLayout<cld_notice>.size
        {
            take(notice, descriptor: count > 0 ? descriptors[0] : -1)
        }
        var orphans: [pid_t] = []
        condition.withLock {
            isGone = true
            for (job, progress) in jobs {
                if case .running(let child, let descriptor) = progress {
                    orphans.append(child)
                    if descriptor >= 0 { close(descriptor) }
                }
                if case .ended = progress { continue }
                jobs[job] = .lost
            }
            condition.broadcast()
            close(control)
        }
        // Its children die with it. Where we are process 1, or a subreaper, they are ours to bury; elsewhere this ends at
        // once with ECHILD.
        for ended in [process] + orphans {
            var status: Int32 = 0
            while waitpid(ended, &status, 0) < 0 && errno == EINTR {}
        }
    }

    private func take(_ notice: cld_notice, descriptor: Int32) {
        condition.withLock {
            defer { condition.broadcast() }
            guard notice.kind != UInt32(CLD_READY) else {
                isReady = true
                return
            }
            guard let known = jobs[notice.job] else {  // withdrawn meanwhile
                if descriptor >= 0 {
                    cld_kill(descriptor)
                    close(descriptor)
                }
                return
            }
            if case .running(_, let old) = known, old >= 0 { close(old) }
            switch notice.kind {
            case UInt32(CLD_STARTED): jobs[notice.job] = .running(process: notice.process, descriptor: descriptor)
            case UInt32(CLD_ENDED): jobs[notice.job] = .ended(status: notice.status)
            default: jobs[notice.job] = .failed(code: notice.status)
            }
        }
    }

    /// Starts the executable with the control socket on its agreed descriptor, no input and next to no environment.
    private static func spawn(_ executable: String, control: Int32) -> pid_t? {
        #if canImport(Darwin)
            var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
        #else
            var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, control, ZygoteProcess.controlDescriptor)
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Threads of Swift's block signals; a zygote and its children are to die of them as everybody does.
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var arguments = [strdup(executable), strdup(ZygoteProcess.argument), nil]
        defer { for argument in arguments { free(argument) } }
        // Every symbol is looked up once, in the zygote, and not again in every child. A child that crashes just ends:
        // Swift's runtime would start a program to say where.
        var environment = [strdup("LD_BIND_NOW=1"), strdup("SWIFT_BACKTRACE=enable=no"), nil]
        defer { for variable in environment { free(variable) } }
        var process = pid_t()
        return posix_spawn(&process, executable, &actions, &attributes, &arguments, &environment) == 0 ? process : nil
    }
}
