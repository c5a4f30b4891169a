/// The reason why no facts could be read.
public struct ProbeError: Error, Sendable, Hashable {
    /// The kind of failure, stable on the wire.
    public var code: Code
    /// A sentence that says what happened and what to do.
    public var message: LocalizedText

    /// Makes an error.
    public init(_ code: Code, _ message: LocalizedText) {
        self.code = code
        self.message = message
    }

    /// A kind of failure.
    public enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        /// The file has no bytes.
        case empty
        /// The content is no video or audio container: text, a picture, a playlist, a program.
        case notMedia = "not-media"
        /// A known container whose structure cannot be read (an mp4 without its index).
        case damaged
        /// The file has more streams or pixels than any entry.
        case excessive
        /// The reading took longer than it may.
        case timedOut = "timed-out"
        /// Memory ran out.
        case outOfMemory = "out-of-memory"
        /// The worker died while it read the file.
        case crashed
        /// The worker's reply cannot be decoded, or is impossible for the file.
        case garbled
        /// The caller cancelled the request.
        case cancelled
        /// The file's bytes could not be read from the disk.
        case inputOutput = "input-output"
        /// No worker could be started to read the file: five starts failed, or ten seconds went by.
        case noWorker = "no-worker"
    }

    /// The cause of a failure.
    public enum Fault: Sendable, Hashable {
        /// The bytes of the file: a finding against it.
        case file
        /// A limit of time or memory, or the worker: the file stays undecided, because nothing is known of it.
        case undetermined
        /// Our machine or our caller: an error, not a report.
        case environment
    }

    /// The cause of this failure.
    public var fault: Fault {
        switch code {
        case .empty, .notMedia, .damaged, .excessive: .file
        case .timedOut, .outOfMemory, .crashed, .garbled: .undetermined
        case .cancelled, .inputOutput, .noWorker: .environment
        }
    }
}
