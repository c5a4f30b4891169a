internal import BlockingLanes
public import MediaFacts

/// Reads facts in this process, on threads of its own.
///
/// libav parses untrusted bytes in C, so a crafted file can crash the process or take it over. Use this type in tests,
/// and in a worker process that holds nothing else.
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

    /// Version of libebur128 that this executable runs with.
    public static var loudnessLibraryVersion: String { LoudnessMeter.libraryVersion }

    /// Reads without reporting progress.
    public func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile {
        try await examine(file, for: examination, progress: nil)
    }

    /// Reads on a lane; cancelling the task raises the flag that the reading polls.
    public func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        try await lanes.run { withdrawn throws(ProbeError) in
            let stop = StopFlag(after: limits.wallTime, or: withdrawn)
            return try Self.read(file, examination, limits, stop, progress)
        }
    }

    /// Reads facts on the calling thread; nothing is decoded.
    public func readFacts(of file: MediaFile, measuring measurements: Set<Measurement>) throws(ProbeError) -> MediaFacts
    {
        try Self.examine(file, for: Examination(measurements), limits: limits).facts
    }

    /// Reads on the calling thread, without lanes. A worker process calls this function.
    public static func examine(
        _ file: MediaFile, for examination: Examination, limits: ProbeLimits,
        progress: ExaminationProgress.Handler? = nil
    ) throws(ProbeError) -> ExaminedFile {
        try read(file, examination, limits, StopFlag(after: limits.wallTime), progress)
    }

    /// Reads the facts, closes the file's index, and then decodes if picture or sound were asked for.
    private static func read(
        _ file: MediaFile, _ examination: Examination, _ limits: ProbeLimits, _ stop: StopFlag,
        _ progress: ExaminationProgress.Handler?
    ) throws(ProbeError) -> ExaminedFile {
        let decodes = examination.depth > .quick && !examination.measurements.isDisjoint(with: [.picture, .sound])
        let (facts, film) = try FactsReader(file, limits: limits, until: stop)
            .read(isWhole: decodes || examination.measurements.contains(.packets))
        guard decodes else { return ExaminedFile(facts) }
        return try ContentReader(file, limits: limits, until: stop, examination, facts, film, progress: progress)
            .examine()
    }
}
