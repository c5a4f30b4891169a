/// Reads facts from a media file. Code that uses measurements depends on this protocol and not on FFmpeg.
public protocol MediaProbing: Sendable {
    /// Reads the facts of `file` and makes only the measurements that `examination` names.
    ///
    /// - Throws: `ProbeError`; its `fault` says whether the file, a limit or the machine is the cause. Cancelling the
    ///   task ends the reading with `.cancelled`.
    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile

    /// Reads as `examine(_:for:)` does, and reports progress on a thread of the prober: only while picture or sound is
    /// decoded, at most four times a second, never backwards.
    func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile

    /// Limits of one reading at `depth`, and the isolation of the reading process; nil for a prober that sets no
    /// limits.
    func readingLimits(at depth: Depth) -> ReadingLimits?

    /// Starts a reader on trial, within the bounds of a reading.
    ///
    /// - Throws: `.noWorker` when none can be started.
    func checkReaderStarts() async throws(ProbeError)

    /// Versions of the libraries that read the files, by name (`libavformat`: `59.27.100`).
    var libraryVersions: [String: String] { get }
}

extension MediaProbing {
    /// Reads without reporting progress; a prober that can report it replaces this default.
    public func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        try await examine(file, for: examination)
    }

    /// Does nothing: by default a prober reads in this process.
    public func checkReaderStarts() async throws(ProbeError) {}

    /// Returns nil: by default a prober sets no limits.
    public func readingLimits(at depth: Depth) -> ReadingLimits? { nil }

    /// Reads facts without decoding any picture or sound.
    public func facts(
        of file: MediaFile, measuring measurements: Set<Measurement>
    ) async throws(ProbeError) -> MediaFacts {
        try await examine(file, for: Examination(measurements)).facts
    }
}

/// The progress of a decoding pass, by time of the film.
public struct ExaminationProgress: Sendable, Hashable {
    /// Time of the film that was decoded, from zero to `length`. `.standard` makes two passes; each counts for half of
    /// `length`.
    public var decoded: Duration
    /// Length of the film, above zero.
    public var length: Duration

    /// Makes a report of progress; `length` must be above zero.
    public init(decoded: Duration, length: Duration) {
        self.decoded = decoded
        self.length = length
    }

    /// A closure that receives progress, on a thread of the prober.
    public typealias Handler = @Sendable (ExaminationProgress) -> Void
}

/// Limits of one reading, as a report lists them.
public struct ReadingLimits: Sendable, Hashable, Codable {
    /// Isolation of the reading process: `full`, `without-landlock` or `none`.
    public var isolation: String
    /// Longest wall time.
    @Milliseconds public var wallTime: Duration
    /// Longest CPU time, in seconds.
    public var cpuSeconds: Int
    /// Most resident memory, in bytes.
    public var residentBytes: Int64
    /// Most open descriptors.
    public var descriptors: Int
    /// Most streams in one file.
    public var streams: Int
    /// Most samples in one picture.
    public var pixels: Int

    /// Makes limits; the properties name the units.
    public init(
        isolation: String, wallTime: Duration, cpuSeconds: Int, residentBytes: Int64, descriptors: Int,
        streams: Int, pixels: Int
    ) {
        self.isolation = isolation
        _wallTime = Milliseconds(wrappedValue: wallTime)
        self.cpuSeconds = cpuSeconds
        self.residentBytes = residentBytes
        self.descriptors = descriptors
        self.streams = streams
        self.pixels = pixels
    }

    private enum CodingKeys: String, CodingKey {
        case isolation
        case wallTime = "wallMilliseconds"
        case cpuSeconds, residentBytes, descriptors, streams, pixels
    }
}

/// A regular file that the caller holds open for reading.
///
/// A descriptor, not a path, so that the file that is judged is the one that was hashed and stored, and so that a
/// locked-down process needs no access to the file system.
public struct MediaFile: Sendable, Hashable {
    /// Descriptor; the caller keeps it open for reading until the prober has returned. The prober makes only positioned
    /// reads on it.
    public var descriptor: Int32
    /// Size in bytes at the time of opening; bytes appended later are not read.
    public var bytes: Int64

    /// Makes a reference to an open file.
    public init(descriptor: Int32, bytes: Int64) {
        self.descriptor = descriptor
        self.bytes = bytes
    }
}
