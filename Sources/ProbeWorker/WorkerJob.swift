internal import BlockingLanes
internal import CLockdown
internal import MediaFacts
internal import MediaProbe

internal import struct Foundation.Data

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// One file in one worker: hands it over, watches, and says what became of it.
struct WorkerJob {
    let number: UInt64
    let zygote: Zygote
    let limits: WorkerLimits
    let layers: UInt32
    let guards: ProbeGuards

    /// How often time and memory are looked at while a worker is silent, in milliseconds.
    private static let watchInterval: Int32 = 10
    /// Seconds to wait for the news of a worker's end after its socket has closed.
    private static let endPatience = 5.0

    /// Runs the job on the calling thread; nil when the zygote was lost and another one must do it.
    func run(
        _ file: MediaFile, for examination: Examination, _ withdrawn: CancelFlag,
        progress: ExaminationProgress.Handler?
    ) -> Result<ExaminedFile, ProbeError>? {
        var sockets: [Int32] = [-1, -1]
        guard cld_stream_pair(&sockets) == 0 else { return .failure(.noWorker("socket")) }
        defer { close(sockets[0]) }
        defer { zygote.forget(number) }
        let isSubmitted = zygote.submit(request(file, examination), media: file.descriptor, reply: sockets[1])
        close(sockets[1])
        guard isSubmitted else { return nil }
        let (data, killed) = collect(from: sockets[0], withdrawn, progress)
        if let killed { return .failure(killed) }
        return result(of: zygote.end(of: number, within: Self.endPatience), data, file)
    }

    private func request(_ file: MediaFile, _ examination: Examination) -> cld_job {
        cld_job(
            number: number, file_bytes: file.bytes, measurements: ZygoteProcess.bits(examination.measurements),
            depth: ZygoteProcess.number(examination.depth), thresholds: ZygoteProcess.numbers(examination.thresholds),
            layers: layers, guards: guards.rawValue,
            limits: cld_limits(
                cpu_seconds: UInt64(max(1, limits.cpuSeconds)), address_space_bytes: limits.addressSpaceBytes,
                descriptors: UInt64(max(4, limits.descriptors))),
            wall_milliseconds: UInt64(max(0, limits.wallTime.wholeMilliseconds)),
            streams: UInt64(max(0, limits.streams)), pixels: UInt64(max(0, limits.pixels)))
    }

    /// Reads until the worker closes its end, killing it when it goes over a limit; what it said, and why it was killed.
    private func collect(
        from socket: Int32, _ withdrawn: CancelFlag, _ progress: ExaminationProgress.Handler?
    ) -> (Data, ProbeError?) {
        var (reply, relay) = (ReplyStream(), ProgressRelay(progress))
        var killed: ProbeError?
        let deadline = ContinuousClock.now + limits.wallTime
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, Self.watchInterval) > 0 {
                let count = read(socket, &piece, piece.count)
                guard count > 0 else { return (reply.answer, killed) }
                if killed == nil, let news = reply.take(piece[..<count]) { relay.take(news) }
            }
            if killed == nil, let reason = reasonToKill(reply.received, deadline, withdrawn) {
                // One that has not started is killed when it does, by whoever hears of it.
                if withdrawn.isRaised, case .waiting = zygote.progress(of: number) { return (reply.answer, reason) }
                killed = reason
                stop()
            }
        }
    }

    private func reasonToKill(
        _ received: Int, _ deadline: ContinuousClock.Instant, _ withdrawn: CancelFlag
    ) -> ProbeError? {
        if withdrawn.isRaised { return .withdrawn }
        if ContinuousClock.now >= deadline { return .overtime }
        if received > WorkerReply.mostBytes { return .garbled }
        guard case .running(let process, _) = zygote.progress(of: number),
            let resident = ResidentMemory.bytes(of: process), resident > limits.residentBytes
        else { return nil }
        return .memoryExceeded
    }

    /// Kills the worker; when it has not even started, the zygote that keeps it from starting.
    private func stop() {
        if case .waiting = zygote.progress(of: number) { zygote.killAll() } else { zygote.kill(job: number) }
    }

    private func result(
        of end: Zygote.Progress, _ data: Data, _ file: MediaFile
    ) -> Result<ExaminedFile, ProbeError>? {
        switch end {
        case .lost: return nil
        case .failed(let code): return .failure(.noWorker("fork: errno \(code)"))
        case .waiting, .running: return .failure(.crashed)  // its socket is closed, but it does not end
        case .ended(let status):
            let signal = status & 0x7f  // as wait(2) packs it
            if signal == SIGXCPU { return .failure(.overtime) }
            guard signal == 0 else { return .failure(.crashed) }
            let code = status >> 8 & 0xff
            if code == ZygoteProcess.lockdownFailed { return .failure(.noWorker("lockdown")) }
            return code == 0 ? WorkerReply.result(data, of: file) : .failure(.crashed)
        }
    }
}

/// The resident memory of another process.
enum ResidentMemory {
    private static let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))

    /// In bytes; nil when the process is gone or the system has no /proc. Source: proc(5), the second field of `statm`.
    static func bytes(of process: Int32) -> Int64? {
        let descriptor = open("/proc/\(process)/statm", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var text = [UInt8](repeating: 0, count: 128)
        let count = read(descriptor, &text, text.count)
        guard count > 0 else { return nil }
        let fields = text[..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 1 else { return nil }
        return Int64(String(decoding: fields[1], as: UTF8.self)).map { $0 * pageSize }
    }
}
