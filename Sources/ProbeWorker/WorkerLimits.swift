internal import CLockdown
internal import MediaFacts

/// Limits of the resources that one worker may use for its file.
public struct WorkerLimits: Sendable, Hashable {
    /// Wall time after which the parent kills the worker. Time in which the parent itself did not run counts one second
    /// at most; see `WatchTime`.
    public var wallTime: Duration
    /// CPU time until the kernel ends the worker (`RLIMIT_CPU`), in whole seconds.
    public var cpuSeconds: Int
    /// Resident memory in bytes beyond which the parent kills the worker.
    public var residentBytes: Int64
    /// Most open descriptors (`RLIMIT_NOFILE`); a worker needs two, and values below 4 count as 4.
    public var descriptors: Int
    /// Most streams in one file.
    public var streams: Int
    /// Most samples in one picture (width × height).
    public var pixels: Int

    /// Makes limits. The defaults accept every file that a camera or an editor writes.
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

    /// `RLIMIT_AS` in bytes: 2 GiB above the resident limit. libav takes a refused allocation for an empty index and
    /// gives a wrong answer, so the parent must kill the worker before the kernel refuses memory; this limit applies
    /// only if the parent fails to.
    var addressSpaceBytes: UInt64 { UInt64(max(residentBytes, 0)) &+ 2 << 30 }

    /// The limits that the kernel enforces.
    var kernelLimits: cld_limits {
        cld_limits(
            cpu_seconds: UInt64(max(1, cpuSeconds)), address_space_bytes: addressSpaceBytes,
            descriptors: UInt64(max(4, descriptors)))
    }

    /// These limits with the time that `depth` needs: ten times as much at `.standard`, forty times at `.full`.
    ///
    /// By default that is 10 and 40 minutes of CPU time. A five-minute clip in 4K takes two minutes to decode.
    func scaled(for depth: Depth) -> WorkerLimits {
        let factor =
            switch depth {
            case .quick: 1
            case .standard: 10
            case .full: 40
            }
        var scaled = self
        scaled.wallTime = wallTime * factor
        let seconds = cpuSeconds.multipliedReportingOverflow(by: factor)
        scaled.cpuSeconds = seconds.overflow ? cpuSeconds : seconds.partialValue
        return scaled
    }
}
