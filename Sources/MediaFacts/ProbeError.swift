/// Why no facts could be read.
public struct ProbeError: Error, Sendable, Hashable {
    /// What went wrong, stable on the wire.
    public var code: Code
    /// What happened and what to do about it.
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
        /// More streams or pixels than any entry has.
        case excessive
        /// The reading took longer than it may.
        case timedOut = "timed-out"
        /// Memory ran out.
        case outOfMemory = "out-of-memory"
        /// The worker died while it read the file.
        case crashed
        /// The worker's answer cannot be believed.
        case garbled
        /// The caller withdrew the request.
        case cancelled
        /// The file's bytes could not be read from the disk.
        case inputOutput = "input-output"
    }

    /// Whom a failure is to be blamed on.
    public enum Fault: Sendable, Hashable {
        /// The bytes of the file: a finding against it.
        case file
        /// Nobody can tell: the file was too much for the limits, so nothing is known.
        case undetermined
        /// Our machine or our caller: an error, not a report.
        case environment
    }

    /// Whom this failure is to be blamed on.
    public var fault: Fault {
        switch code {
        case .empty, .notMedia, .damaged, .excessive: .file
        case .timedOut, .outOfMemory, .crashed, .garbled: .undetermined
        case .cancelled, .inputOutput: .environment
        }
    }
}
