internal import BlockingLanes
internal import CLockdown
internal import MediaFacts

internal import struct Foundation.Data

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// The outcome of one attempt to read a file in a worker.
enum JobOutcome {
    /// The worker's answer, or an error that the parent found.
    case finished(Result<ExaminedFile, ProbeError>)
    /// A signal that the parent did not send ended the worker before its answer was whole.
    case ended(signal: Int32)
    /// The kernel refused a layer of the lockdown.
    case lockdownRefused
    /// The machine could not start the worker: the call that failed, and its errno.
    case notStarted(call: String, code: Int32)
    /// The zygote ended before the outcome was known.
    case zygoteLost
}

/// One attempt to read one file in one worker: sends the job, collects the answer and enforces the limits.
///
/// A whole answer is the result, whatever the exit status. The status matters only without a whole answer. The parent
/// waits for the status as long as the zygote lives and the worker has time left, because on a busy machine the notice
/// may come many seconds late.
struct WorkerJob {
    private let zygote: Zygote
    private let number: UInt64
    private let file: MediaFile
    private let limits: WorkerLimits
    private let withdrawn: CancelFlag
    private var reply = ReplyStream()
    private var relay: ProgressRelay
    private var time: WatchTime

    /// Interval at which the parent checks time and memory while a worker sends nothing, in milliseconds.
    private static let lookInterval: Int32 = 10
    /// Longest time that a job waits for space in the zygote's socket.
    private static let mostSendingTime = Duration.seconds(10)

    /// Prepares a reserved job, which `run` releases.
    ///
    /// - Parameters:
    ///   - withdrawn: raised when the caller no longer wants the answer.
    ///   - progress: called with the progress that the worker reports.
    init(
        _ reserved: ReservedJob, _ file: MediaFile, limits: WorkerLimits, withdrawn: CancelFlag,
        progress: ExaminationProgress.Handler?
    ) {
        (zygote, number) = (reserved.zygote, reserved.number)
        self.file = file
        self.limits = limits
        self.withdrawn = withdrawn
        relay = ProgressRelay(progress)
        time = WatchTime(limit: limits.wallTime)
    }

    /// Runs the job on the calling thread.
    mutating func run(_ request: WorkerRequest, layers: UInt32) -> JobOutcome {
        defer { zygote.forget(number) }
        var job = cld_job()
        (job.number, job.layers, job.limits) = (number, layers, limits.kernelLimits)
        guard request.write(to: &job) else { return .finished(.failure(.noWorker("request"))) }
        var sockets: [Int32] = [-1, -1]
        let code = cld_stream_pair(&sockets)
        guard code == 0 else { return .notStarted(call: "socketpair", code: -code) }
        defer { close(sockets[0]) }
        let refusal = submit(job, reply: sockets[1])
        close(sockets[1])
        return refusal ?? collect(from: sockets[0])
    }

    /// Sends the job, and waits while the zygote's socket has no room; nil once the job is sent.
    private mutating func submit(_ job: cld_job, reply: Int32) -> JobOutcome? {
        var sending = WatchTime(limit: min(Self.mostSendingTime, limits.wallTime))
        while true {
            switch zygote.submit(job, media: file.descriptor, reply: reply) {
            case .sent: return nil
            case .gone: return .zygoteLost
            case .refused(let code): return .finished(.failure(.noWorker("sendmsg: errno \(code)")))
            case .busy(let code):
                if withdrawn.isRaised { return .finished(.failure(.withdrawn)) }
                if sending.isOver() {
                    guard code == EAGAIN else { return .notStarted(call: "sendmsg", code: code) }
                    zygote.end()  // the zygote hangs: it has read nothing from its socket
                    return .zygoteLost
                }
                usleep(useconds_t(Self.lookInterval) * 1000)
            }
        }
    }

    /// Reads the answer until the worker closes its end, and then waits for the worker's end if the answer is not whole.
    private mutating func collect(from socket: Int32) -> JobOutcome {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var isOpen = true
        while true {
            if isOpen {
                isOpen = receive(from: socket, &buffer)
                if !isOpen, let answer = wholeAnswer { return .finished(answer) }
            } else if let outcome = outcome(
                of: zygote.finalState(of: number, within: Double(Self.lookInterval) / 1000))
            {
                return outcome
            }
            if let reason = reasonToKill() { return kill(because: reason, socket, isOpen: isOpen) }
        }
    }

    /// Waits for bytes and adds them to the reply; `false` at the end of the stream.
    private mutating func receive(from socket: Int32, _ buffer: inout [UInt8]) -> Bool {
        var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, Self.lookInterval) > 0 else { return true }
        let count = read(socket, &buffer, buffer.count)
        if count < 0 { return errno == EINTR || errno == EAGAIN }
        if let newest = reply.append(buffer[..<count]) { relay.accept(newest) }
        return count > 0
    }

    /// The answer; nil when it is not whole or holds impossible values.
    private var wholeAnswer: Result<ExaminedFile, ProbeError>? {
        let answer = WorkerReply.result(reply.answer, of: file)
        if case .failure(let error) = answer, error.code == .garbled { return nil }
        return answer
    }

    private mutating func reasonToKill() -> ProbeError? {
        if withdrawn.isRaised { return .withdrawn }
        if time.isOver() { return .overtime }
        if reply.received > WorkerReply.mostBytes { return .garbled }
        guard let resident = zygote.residentBytes(ofChildOf: number), resident > limits.residentBytes else {
            return nil
        }
        return .memoryExceeded
    }

    /// Kills the worker and waits until it has closed its end.
    private func kill(because reason: ProbeError, _ socket: Int32, isOpen: Bool) -> JobOutcome {
        let isStuck =
            switch zygote.state(of: number) {
            case .waiting: true
            case .running: zygote.hasUnreportedEnd(number)
            case .ended, .failed, .lost: false
            }
        if isStuck {
            // `Zygote.handle` kills the child of a cancelled job when it starts.
            if reason == .withdrawn { return .finished(.failure(reason)) }
            zygote.end()
            // The time limit passed because the zygote hangs, not because of the file: another zygote can read the
            // file.
            return reason == .overtime ? .zygoteLost : .finished(.failure(reason))
        }
        zygote.kill(job: number)
        if isOpen { drain(socket) }
        return .finished(.failure(reason))
    }

    /// Discards bytes until the other end is closed.
    private func drain(_ socket: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(socket, &buffer, buffer.count)
            guard count > 0 || count < 0 && errno == EINTR else { return }
        }
    }

    /// The outcome of a worker that has ended without a whole answer; nil while its end is not known.
    private func outcome(of state: JobState) -> JobOutcome? {
        switch state {
        case .waiting, .running: return nil
        case .lost: return .zygoteLost
        case .failed(let code): return .notStarted(call: "fork", code: code)
        case .ended(let status):
            let signal = status & 0x7f  // the low seven bits of a wait(2) status are the signal
            if signal == SIGXCPU { return .finished(.failure(.overtime)) }
            guard signal == 0 else { return .ended(signal: signal) }
            switch status >> 8 & 0xff {
            case 0: return .finished(.failure(.garbled))
            case ZygoteProcess.lockdownFailed: return .lockdownRefused
            default: return .finished(.failure(.crashed))
            }
        }
    }
}
