internal import CLockdown
internal import Foundation

/// The parent's side of one zygote process: sends jobs to it, and keeps the state of each job from the zygote's
/// notices.
///
/// `condition` guards every stored property that changes. `control` stays open as long as the object exists, so jobs
/// are sent without the lock.
final class Zygote: @unchecked Sendable {
    private let condition = NSCondition()
    private let control: Int32
    private let process: pid_t
    private var jobs: [UInt64: JobState] = [:]
    private var lastNumber: UInt64 = 0
    private var isReady = false
    /// Set once the zygote may get no more jobs: it was killed, or a job could not reach it.
    private var isEnding = false
    /// Set once the socket has closed. All jobs are `.lost` from then on.
    private var isGone = false
    private var isRetired = false

    /// Longest time, in seconds, from the start of a zygote until it serves.
    static let mostStartSeconds = 10.0

    /// Starts `executable` as a zygote and waits until it serves; nil when it does not within `mostStartSeconds`.
    init?(executable: String) {
        var sockets: [Int32] = [-1, -1]
        guard cld_socket_pair(&sockets) == 0 else { return nil }
        control = sockets[0]
        let process = ZygoteProcess.spawn(executable, control: sockets[1])
        close(sockets[1])
        self.process = process ?? 0
        guard process != nil else { return nil }
        Thread.detachNewThread { [self] in listen() }
        guard waitUntilReady() else {
            end()
            return nil
        }
    }

    deinit { close(control) }

    /// Whether the zygote accepts jobs.
    var isServing: Bool { condition.withLock { !isGone && !isEnding } }

    /// The process id of the zygote.
    var processNumber: Int32 { process }

    /// Registers a new job and returns its number; nil when the zygote accepts no jobs. A retired zygote is kept until
    /// `forget(_:)` is called with the number.
    func reserveJob() -> UInt64? {
        condition.withLock {
            guard !isGone, !isEnding else { return nil }
            lastNumber += 1
            jobs[lastNumber] = .waiting
            return lastNumber
        }
    }

    /// The result of sending a job.
    enum Submission: Equatable {
        case sent
        /// The socket or the kernel has no room at the moment (an errno); the caller may try again.
        case busy(code: Int32)
        /// The zygote has ended or is being ended.
        case gone
        /// The job cannot be sent (an errno), and another attempt would fail too.
        case refused(code: Int32)
    }

    /// Sends a reserved job with its two descriptors, without waiting.
    func submit(_ job: cld_job, media: Int32, reply: Int32) -> Submission {
        guard isServing else { return .gone }
        var job = job
        let code = -cld_try_send(control, &job, MemoryLayout<cld_job>.size, [media, reply], 2)
        switch code {
        case 0: return .sent
        case EAGAIN, ENOBUFS, ENOMEM, ETOOMANYREFS: return .busy(code: code)
        case EPIPE, ECONNRESET, ENOTCONN:
            condition.withLock { isEnding = true }
            return .gone
        default: return .refused(code: code)
        }
    }

    /// The current state of a job; `.lost` for an unknown one.
    func state(of job: UInt64) -> JobState { condition.withLock { jobs[job] ?? .lost } }

    /// Waits for the final state of a job; after `seconds` returns the state that it has then.
    func finalState(of job: UInt64, within seconds: Double) -> JobState {
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

    /// Resident memory of the child of `job` in bytes; nil when no child runs.
    ///
    /// The process id may belong to another process once the zygote has reaped the child. The process descriptor shows
    /// whether the child was still there after its memory was read.
    func residentBytes(ofChildOf job: UInt64) -> Int64? {
        condition.withLock {
            guard case .running(let child, let descriptor) = jobs[job], let bytes = ResidentMemory.bytes(of: child)
            else { return nil }
            return descriptor >= 0 && Self.hasEnded(descriptor) ? nil : bytes
        }
    }

    /// Whether the child of `job` has ended although the zygote has not reported its end.
    func hasUnreportedEnd(_ job: UInt64) -> Bool {
        condition.withLock {
            guard case .running(_, let descriptor) = jobs[job], descriptor >= 0 else { return false }
            return Self.hasEnded(descriptor)
        }
    }

    /// A process descriptor becomes readable when its process ends. Source: pidfd_open(2).
    private static func hasEnded(_ descriptor: Int32) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&waiting, 1, 0) > 0
    }

    /// Kills the child of a job, if one runs.
    func kill(job: UInt64) {
        condition.withLock {
            guard case .running(let child, let descriptor) = jobs[job] else { return }
            let code = descriptor >= 0 ? -cld_kill(descriptor) : ENOSYS
            // Where the kernel or the container refuses process descriptors, the process id is used instead. It must
            // not be used for a child that has ended (ESRCH), because another process may have that number by now.
            if code != 0, code != ESRCH { Foundation.kill(child, SIGKILL) }
        }
    }

    /// Removes a job that was reserved. A retired zygote ends with its last job.
    func forget(_ job: UInt64) {
        let isDone = condition.withLock {
            if case .running(_, let descriptor) = jobs.removeValue(forKey: job), descriptor >= 0 { close(descriptor) }
            return isRetired && jobs.isEmpty
        }
        if isDone { end() }
    }

    /// Lets the running jobs finish and then ends the zygote.
    func retire() {
        let isDone = condition.withLock {
            isRetired = true
            return jobs.isEmpty
        }
        if isDone { end() }
    }

    /// Kills the zygote, and with it every child.
    func end() {
        condition.withLock {
            guard !isGone else { return }
            isEnding = true
            Foundation.kill(process, SIGKILL)
            // `process` may be a wrapper such as strace. Closing the socket ends the zygote that the wrapper started.
            shutdown(control, Int32(SHUT_RDWR))
        }
    }

    private func waitUntilReady() -> Bool {
        condition.withLock {
            let deadline = Date(timeIntervalSinceNow: Self.mostStartSeconds)
            while !isReady, !isGone, condition.wait(until: deadline) {}
            return isReady && !isGone
        }
    }
}

extension Zygote {
    /// Handles notices until the zygote closes its socket. Runs on a thread of its own.
    private func listen() {
        var notice = cld_notice()
        var descriptors: [Int32] = [-1, -1, -1, -1]
        var count: Int32 = 0
        while cld_receive(control, &notice, MemoryLayout<cld_notice>.size, &descriptors, &count)
            == MemoryLayout<cld_notice>.size
        {
            handle(notice, descriptor: count > 0 ? descriptors[0] : -1)
        }
        end()
        let orphans = loseJobs()
        // The children die with the zygote. Where this process is process 1 or a subreaper it becomes their parent and
        // must reap them; elsewhere waitpid fails at once with ECHILD.
        for ended in [process] + orphans {
            var status: Int32 = 0
            while waitpid(ended, &status, 0) < 0 && errno == EINTR {}
        }
    }

    /// Marks every unfinished job as lost; returns the process ids of their children.
    private func loseJobs() -> [pid_t] {
        condition.withLock {
            isGone = true
            var orphans: [pid_t] = []
            for (job, state) in jobs {
                switch state {
                case .running(let child, let descriptor):
                    orphans.append(child)
                    if descriptor >= 0 { close(descriptor) }
                    jobs[job] = .lost
                case .waiting: jobs[job] = .lost
                case .ended, .failed, .lost: break
                }
            }
            condition.broadcast()
            return orphans
        }
    }

    private func handle(_ notice: cld_notice, descriptor: Int32) {
        condition.withLock {
            defer { condition.broadcast() }
            guard notice.kind != UInt32(CLD_READY) else {
                isReady = true
                return
            }
            guard let known = jobs[notice.job] else {
                // The job was cancelled before its child started, so the child is killed.
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
}
