internal import BlockingLanes
public import MediaFacts
package import MediaProbe

#if canImport(Darwin)
    internal import Darwin
#else
    internal import Glibc
#endif

/// Reads each file in a locked-down process of its own, forked from a zygote that has read no file.
///
/// A worker that crashes, hangs, uses too much memory or sends an invalid reply fails only its own reading. The parent
/// and the other workers continue.
public final class ProbeWorker: MediaProbing {
    /// The level at which the workers are locked down. It is lower than requested where this machine refuses Landlock.
    public let isolation: Isolation
    /// The limits of every worker at depth `.quick`.
    public let limits: WorkerLimits

    /// The layers of `isolation`. Tests of the other defences leave some out.
    package let layers: UInt32
    /// The defences inside the reader. Tests of the other defences leave some out.
    package let guards: ProbeGuards

    private let lanes: BlockingLanes
    private let zygotes: ZygoteKeeper
    private let observer: (any WorkerObserver)?

    /// The best prober of this system: workers on Linux; elsewhere a prober inside this process, whose `readingLimits`
    /// are nil.
    ///
    /// - Parameter observer: receives the abnormal ends of workers; nil when nothing counts them.
    /// - Throws: `ProbeError` when no worker can be started.
    public static func prober(
        executable: String, limits: WorkerLimits, isolation: Isolation, lanes: Int?,
        observer: (any WorkerObserver)? = nil
    ) throws(ProbeError) -> any MediaProbing {
        #if os(Linux)
            try ProbeWorker(
                executable: executable, limits: limits, isolation: isolation, lanes: lanes, observer: observer)
        #else
            InProcessProber(
                limits: ProbeLimits(wallTime: limits.wallTime, streams: limits.streams, pixels: limits.pixels))
        #endif
    }

    /// Makes a prober whose zygote is `executable`, started with `ZygoteProcess.argument`.
    ///
    /// The first worker reads a clip of the program under the requested lockdown. Where the machine refuses Landlock,
    /// the prober continues without it, and `isolation` is then `.withoutLandlock`.
    ///
    /// - Parameters:
    ///   - count: number of files read at once; nil means one for every core.
    ///   - observer: receives the abnormal ends of workers; nil when nothing counts them.
    /// - Throws: `ProbeError` when no zygote can be started, its memory cannot be measured, or seccomp is refused.
    public convenience init(
        executable: String, limits: WorkerLimits = WorkerLimits(), isolation: Isolation = .available,
        lanes count: Int? = nil, observer: (any WorkerObserver)? = nil
    ) throws(ProbeError) {
        let zygote = try Self.firstZygote(executable)
        let works = Self.firstWorking([isolation] + (isolation == .full ? [.withoutLandlock] : []), in: zygote)
        guard let works else {
            zygote.end()
            throw .noWorker("lockdown")
        }
        self.init(
            zygote, executable: executable, limits: limits, isolation: works, layers: works.layers, guards: .all,
            lanes: count, observer: observer)
    }

    /// Makes a prober that lacks some layers or guards, for tests of the remaining ones.
    package convenience init(
        executable: String, limits: WorkerLimits, isolation: Isolation, layers: UInt32, guards: ProbeGuards,
        lanes count: Int?, observer: (any WorkerObserver)? = nil
    ) throws(ProbeError) {
        self.init(
            try Self.firstZygote(executable), executable: executable, limits: limits, isolation: isolation,
            layers: layers, guards: guards, lanes: count, observer: observer)
    }

    private init(
        _ zygote: Zygote, executable: String, limits: WorkerLimits, isolation: Isolation, layers: UInt32,
        guards: ProbeGuards, lanes count: Int?, observer: (any WorkerObserver)?
    ) {
        self.observer = observer
        self.limits = limits
        self.isolation = isolation
        self.layers = layers
        self.guards = guards
        lanes = BlockingLanes("worker", count: count)
        zygotes = ZygoteKeeper(zygote, executable: executable)
    }

    /// Versions of the linked FFmpeg libraries. Workers are forked from the same executable, so they use the same ones.
    public var libraryVersions: [String: String] { InProcessProber.linkedVersions }

    /// Reads `file` in a worker, without reporting progress.
    public func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        try await examine(file, for: examination, progress: nil)
    }

    /// Reads `file` in a worker. Cancelling the task kills the worker.
    public func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        try await lanes.run { withdrawn throws(ProbeError) in
            try self.read(file, for: examination, withdrawn, progress).get()
        }
    }

    /// Reads the program's own clip in a worker.
    public func checkReaderStarts() async throws(ProbeError) {
        try await lanes.run { withdrawn throws(ProbeError) in
            let result = OwnClip.withFile { self.read($0, for: Examination([.header]), withdrawn, nil) }
            if case .failure(let error)? = result { throw error }
        }
    }

    /// The limits of a worker that reads at `depth`.
    public func readingLimits(at depth: Depth) -> ReadingLimits? {
        let limits = limits.scaled(for: depth)
        return ReadingLimits(
            isolation: isolation.rawValue, wallTime: limits.wallTime,
            cpuSeconds: limits.cpuSeconds, residentBytes: limits.residentBytes, descriptors: limits.descriptors,
            streams: limits.streams, pixels: limits.pixels)
    }

    /// The process id of the zygote, for tests that kill it.
    var zygoteProcess: Int32? { zygotes.processNumber }
}

extension ProbeWorker {
    /// Reads on the calling thread, which waits for the worker. Tries again, within `StartAttempts`, when the reading
    /// failed because of the machine and not because of the file.
    private func read(
        _ file: MediaFile, for examination: Examination, _ withdrawn: CancelFlag,
        _ progress: ExaminationProgress.Handler?
    ) -> Result<ExaminedFile, ProbeError> {
        let limits = limits.scaled(for: examination.depth)
        let request = WorkerRequest(file, examination, limits, guards)
        var (attempts, cause, kills) = (StartAttempts(), "zygote", 0)
        while attempts.isAllowed {
            attempts.rest(until: withdrawn)
            if withdrawn.isRaised { return .failure(.withdrawn) }
            let asked = ContinuousClock.now
            guard let reserved = zygotes.reserveJob() else {
                attempts.fail(afterWaiting: .now - asked)
                continue
            }
            var job = WorkerJob(reserved, file, limits: limits, withdrawn: withdrawn, progress: progress)
            let outcome = job.run(request, layers: layers)
            if let end = WorkerEnd(outcome) { observer?.workerEnded(end) }
            switch outcome {
            case .finished(let result): return result
            case .lockdownRefused: return .failure(.noWorker("lockdown"))
            case .notStarted(let call, let code): cause = "\(call): errno \(code)"
            case .zygoteLost: cause = "zygote"
            case .ended(SIGKILL) where kills == 0:
                // The kernel sends SIGKILL when the machine has no memory left, which is not the fault of this file.
                kills += 1
            case .ended(let signal):
                if signal != SIGKILL { zygotes.retire(reserved.zygote) }
                return .failure(.crashed)
            }
            attempts.fail()
        }
        guard !withdrawn.isRaised else { return .failure(.withdrawn) }
        observer?.workerEnded(.noWorker)
        return .failure(.noWorker(cause))
    }

    private static func firstZygote(_ executable: String) throws(ProbeError) -> Zygote {
        guard let zygote = Zygote(executable: executable) else { throw .noWorker("zygote") }
        guard ResidentMemory.bytes(of: zygote.processNumber) != nil else {
            zygote.end()
            throw .unwatchable
        }
        return zygote
    }

    /// The first level under which a worker can read the program's own clip; nil when there is none.
    ///
    /// The level that the kernel reports is not enough: a container runtime may refuse the call that applies a layer,
    /// and an emulator may run programs of another architecture than the seccomp list is for. Only a refused layer or
    /// SIGSYS rules a level out; on a busy machine the trial may fail for other reasons.
    private static func firstWorking(_ levels: [Isolation], in zygote: Zygote) -> Isolation? {
        levels.first { level in
            let outcome = OwnClip.withFile { file in
                guard let reserved = ReservedJob(in: zygote) else { return JobOutcome.zygoteLost }
                let (limits, examination) = (WorkerLimits(wallTime: .seconds(10)), Examination([.header]))
                var job = WorkerJob(reserved, file, limits: limits, withdrawn: CancelFlag(), progress: nil)
                return job.run(WorkerRequest(file, examination, limits, .all), layers: level.layers)
            }
            switch outcome {
            case .lockdownRefused, .ended(SIGSYS): return false
            default: return true
            }
        }
    }
}
