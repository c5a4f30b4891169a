internal import MediaFacts

/// How much of the machine one file may take in its worker.
public struct WorkerLimits: Sendable, Hashable {
    /// Wall time until the parent kills the worker.
    public var wallTime: Duration
    /// CPU time until the kernel does (`RLIMIT_CPU`), in whole seconds.
    public var cpuSeconds: Int
    /// Resident memory in bytes until the parent kills the worker.
    public var residentBytes: Int64
    /// Open descriptors (`RLIMIT_NOFILE`); a worker needs two.
    public var descriptors: Int
    /// Streams in one file.
    public var streams: Int
    /// Samples in one picture (width × height).
    public var pixels: Int

    /// Makes limits; the defaults let pass every file that a camera or an editor writes.
    public init(
        wallTime: Duration = .seconds(120), cpuSeconds: Int = 60, residentBytes: Int64 = 512 << 20,
        descriptors: Int = 16, streams: Int = 64, pixels: Int = 16_384 * 16_384
    ) {
        self.wallTime = wallTime
        self.cpuSeconds = cpuSeconds
        self.residentBytes = residentBytes
        self.descriptors = descriptors
        self.streams = streams
        self.pixels = pixels
    }

    /// `RLIMIT_AS` in bytes: a backstop far above the resident limit, because libav mistakes a refused allocation for an
    /// empty index and would answer wrongly instead of failing.
    var addressSpaceBytes: UInt64 { UInt64(max(residentBytes, 0)) + 2 << 30 }

    /// These limits with more time for who looks closely: ten times as much at `.standard`, forty times at `.full`. That
    /// is 10 and 40 minutes of CPU by default; a five-minute clip in 4K takes two of them to decode.
    func allowing(_ depth: Depth) -> WorkerLimits {
        let factor =
            switch depth {
            case .quick: 1
            case .standard: 10
            case .full: 40
            }
        var more = self
        more.wallTime = wallTime * factor
        more.cpuSeconds = cpuSeconds.multipliedReportingOverflow(by: factor).overflow ? cpuSeconds : cpuSeconds * factor
        return more
    }
}
