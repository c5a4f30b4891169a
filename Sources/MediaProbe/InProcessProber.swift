internal import BlockingLanes
public import MediaFacts

/// Reads facts in this process, on threads of its own.
///
/// libav parses strangers' bytes in C, so a crafted file can take the process with it: good for tests and for a worker
/// that holds nothing else.
public struct InProcessProber: MediaProbing {
    private let limits: ProbeLimits
    private let lanes: BlockingLanes

    /// Makes a prober that reads as many files at once as there are `lanes`; nil means one for every core.
    public init(limits: ProbeLimits = ProbeLimits(), lanes count: Int? = nil) {
        self.limits = limits
        lanes = BlockingLanes("probe", count: count)
    }

    /// Versions of the linked FFmpeg libraries.
    public var libraryVersions: [String: String] { Self.linkedVersions }

    /// Versions of the FFmpeg libraries that this executable is linked with, by name.
    public static var linkedVersions: [String: String] { FFmpegLibrary.versions }

    /// Reads and tells nothing on the way.
    public func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        try await examine(file, for: examination, progress: nil)
    }

    /// Hops to a lane and reads there; cancelling the task raises the flag that the reading polls.
    public func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        try await lanes.run { withdrawn throws(ProbeError) in
            let stop = StopFlag(after: limits.wallTime, or: withdrawn)
            return try FactsReader(file, limits: limits, until: stop).examine(examination, progress: progress)
        }
    }

    /// Reads facts on the calling thread, nothing decoded.
    public func readFacts(of file: MediaFile, measuring measurements: Set<Measurement>) throws(ProbeError) -> MediaFacts
    {
        try Self.examine(file, for: Examination(measurements), limits: limits).facts
    }

    /// Reads on the calling thread, without lanes: the inside of a worker.
    public static func examine(
        _ file: MediaFile, for examination: Examination, limits: ProbeLimits,
        progress: ExaminationProgress.Handler? = nil
    ) throws(ProbeError) -> ExaminedFile {
        try FactsReader(file, limits: limits, until: StopFlag(after: limits.wallTime))
            .examine(examination, progress: progress)
    }
}
