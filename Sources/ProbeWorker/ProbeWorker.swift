internal import BlockingLanes
public import MediaFacts
package import MediaProbe
internal import Synchronization

/// Reads facts in one locked-down process for each file, forked from a zygote that has read none.
///
/// A crash, a kill, a hang, a memory overrun or a false answer ends one reading with its own error; the parent lives on.
public final class ProbeWorker: MediaProbing {
    /// How well the workers are locked down.
    public let isolation: Isolation
    /// What every worker may take.
    public let limits: WorkerLimits

    /// The layers of `isolation`; fewer in a test that switches them off one by one.
    package let layers: UInt32
    /// What else keeps a reader to its file; fewer in such a test.
    package let guards: ProbeGuards

    private let executable: String
    private let lanes: BlockingLanes
    private let nextJob = Atomic<UInt64>(1)
    private let zygote: Mutex<Zygote?>

    /// Zygotes that may fail to start before a file is given up: the machine is out of processes or memory.
    private static let mostFailures = 30

    /// The best prober of this system: a process for each file, and where that is unknown (macOS) this very process,
    /// which `readingLimits` then says.
    ///
    /// - Throws: `ProbeError` when no worker can be started.
    public static func prober(
        executable: String, limits: WorkerLimits, isolation: Isolation, lanes: Int?
    ) throws(ProbeError) -> any MediaProbing {
        #if os(Linux)
            try ProbeWorker(executable: executable, limits: limits, isolation: isolation, lanes: lanes)
        #else
            InProcessProber(
                limits: ProbeLimits(wallTime: limits.wallTime, streams: limits.streams, pixels: limits.pixels))
        #endif
    }

    /// Makes a prober whose workers are forked from `executable` started as a zygote.
    ///
    /// - Parameter count: files read at once; nil means one for every core.
    /// - Throws: `ProbeError` when no zygote can be started.
    public convenience init(
        executable: String, limits: WorkerLimits = WorkerLimits(), isolation: Isolation = .available,
        lanes count: Int? = nil
    ) throws(ProbeError) {
        try self.init(
            executable: executable, limits: limits, isolation: isolation, layers: isolation.layers, guards: .all,
            lanes: count)
    }

    /// A prober that lacks some of its layers, for tests of the others.
    package init(
        executable: String, limits: WorkerLimits, isolation: Isolation, layers: UInt32, guards: ProbeGuards,
        lanes count: Int?
    ) throws(ProbeError) {
        self.executable = executable
        self.limits = limits
        self.isolation = isolation
        self.layers = layers
        self.guards = guards
        lanes = BlockingLanes("worker", count: count)
        guard let first = Zygote(executable: executable) else { throw .noWorker("zygote") }
        guard ResidentMemory.bytes(of: first.processNumber) != nil else {
            first.killAll()
            throw .unwatchable
        }
        zygote = Mutex(first)
    }

    deinit { zygote.withLock { $0?.killAll() } }

    /// Versions of the linked FFmpeg libraries: parent and workers are one executable.
    public var libraryVersions: [String: String] { InProcessProber.linkedVersions }

    /// Hands the file to a worker and tells nothing on the way.
    public func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        try await examine(file, for: examination, progress: nil)
    }

    /// Hands the file to a worker; cancelling the task kills it.
    public func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        try await lanes.run { withdrawn throws(ProbeError) in
            try self.read(file, for: examination, withdrawn, progress).get()
        }
    }

    /// What every worker may take, as reports name it.
    public func readingLimits(at depth: Depth) -> ReadingLimits? {
        let limits = limits.allowing(depth)
        return ReadingLimits(
            isolation: isolation.rawValue, wallMilliseconds: limits.wallTime.wholeMilliseconds,
            cpuSeconds: limits.cpuSeconds, residentBytes: limits.residentBytes, descriptors: limits.descriptors,
            streams: limits.streams, pixels: limits.pixels)
    }

    /// Reads on the calling thread, which waits for the worker.
    private func read(
        _ file: MediaFile, for examination: Examination, _ withdrawn: CancelFlag,
        _ progress: ExaminationProgress.Handler?
    ) -> Result<ExaminedFile, ProbeError> {
        // However often the zygote dies, the job is done again; only one that does not even start is given up.
        var failures = 0
        while failures < Self.mostFailures, !withdrawn.isRaised {
            guard let zygote = livingZygote() else {
                failures += 1
                continue
            }
            failures = 0
            let number = nextJob.add(1, ordering: .relaxed).newValue
            let job = WorkerJob(
                number: number, zygote: zygote, limits: limits.allowing(examination.depth), layers: layers,
                guards: guards)
            if let result = job.run(file, for: examination, withdrawn, progress: progress) { return result }
        }
        return .failure(withdrawn.isRaised ? .withdrawn : .noWorker("zygote"))
    }

    /// The zygote, or a new one when it has died.
    private func livingZygote() -> Zygote? {
        zygote.withLock { current in
            if current?.isAlive != true { current = Zygote(executable: executable) }
            return current
        }
    }

    /// The number of the zygote's process, for tests that kill it.
    var zygoteProcess: Int32? { zygote.withLock { $0?.processNumber } }
}
