/// Reads facts from a media file. The port between what measures and everything that uses measurements.
public protocol MediaProbing: Sendable {
    /// Reads what is true of `file`, measuring no more than asked.
    ///
    /// - Throws: `ProbeError`; its `fault` tells a bad file from a bad moment. Cancelling the task ends the reading with
    ///   `.cancelled`.
    func examine(_ file: MediaFile, for examination: Examination) async throws(ProbeError) -> ExaminedFile

    /// Reads as `examine(_:for:)` does, and reports progress: only while picture or sound is decoded, at most four times
    /// a second, never backwards, and on a thread of the prober's.
    func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile

    /// What one reading may take that looks so closely, and how it is shut in; nil for a prober that sets no limits of its
    /// own.
    func readingLimits(at depth: Depth) -> ReadingLimits?

    /// Versions of the libraries that read the files, by name (`libavformat`: `59.27.100`).
    var libraryVersions: [String: String] { get }
}

extension MediaProbing {
    /// Reads without reports of progress.
    public func examine(
        _ file: MediaFile, for examination: Examination, progress: ExaminationProgress.Handler?
    ) async throws(ProbeError) -> ExaminedFile {
        try await examine(file, for: examination)
    }

    /// No limits of its own.
    public func readingLimits(at depth: Depth) -> ReadingLimits? { nil }

    /// The facts alone, nothing decoded.
    public func facts(
        of file: MediaFile, measuring measurements: Set<Measurement>
    ) async throws(ProbeError) -> MediaFacts {
        try await examine(file, for: Examination(measurements)).facts
    }
}

/// The progress of a decoding pass, by time of the film.
public struct ExaminationProgress: Sendable, Hashable {
    /// Time of the film that was decoded, from zero to `length`. `.standard` makes two passes; each counts by half.
    public var decoded: Duration
    /// Length of the film, above zero.
    public var length: Duration

    /// Makes a report of progress.
    public init(decoded: Duration, length: Duration) {
        self.decoded = decoded
        self.length = length
    }

    /// A closure that receives progress, on a thread of the prober.
    public typealias Handler = @Sendable (ExaminationProgress) -> Void
}

/// What one reading may take of the machine, as a report names it.
public struct ReadingLimits: Sendable, Hashable, Codable {
    /// How the reader is shut in: `full`, `without-landlock` or `none`.
    public var isolation: String
    /// Wall time.
    @Milliseconds public var wallTime: Duration
    /// CPU time.
    public var cpuSeconds: Int
    /// Resident memory.
    public var residentBytes: Int64
    /// Open descriptors.
    public var descriptors: Int
    /// Streams in one file.
    public var streams: Int
    /// Samples in one picture.
    public var pixels: Int

    /// Makes limits.
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
/// A descriptor and not a path: what was judged is what was hashed and stored, and a locked-down reader needs no file
/// system.
public struct MediaFile: Sendable, Hashable {
    /// Descriptor, open for reading until the reader has answered. Only positioned reads are made on it.
    public var descriptor: Int32
    /// Size in bytes when it was opened; bytes that appear later are not read.
    public var bytes: Int64

    /// Makes a reference to an open file.
    public init(descriptor: Int32, bytes: Int64) {
        self.descriptor = descriptor
        self.bytes = bytes
    }
}
