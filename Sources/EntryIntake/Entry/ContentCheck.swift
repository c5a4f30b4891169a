public import ContestRules

/// The decoding pass over an entry's media that its first report waits for.
///
/// A submission is answered with the findings of header and packets; picture and sound are decoded afterwards, and a
/// second report has the findings of that pass.
public struct ContentCheck: Sendable, Hashable {
    /// Id of the report that it completes.
    public var id: String
    /// Id of the entry.
    public var entry: String
    /// When it was asked for, RFC 3339 with offset.
    public var createdAt: String
    /// Where it stands, as far as is kept.
    public var state: State
    /// How often it was begun.
    public var attempts: Int
    /// Id of the report that it ended with; nil until it is done.
    public var report: String?
    /// Verdict of that report; nil until it is done.
    public var verdict: Verdict?

    /// Describes a check.
    public init(
        id: String, entry: String, createdAt: String, state: State, attempts: Int, report: String?,
        verdict: Verdict? = nil
    ) {
        self.id = id
        self.entry = entry
        self.createdAt = createdAt
        self.state = state
        self.attempts = attempts
        self.report = report
        self.verdict = verdict
    }

    /// The states of a check.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
        /// Its turn is still to come, or it is to be tried again.
        case waiting
        /// The check runs now.
        case running
        /// Its report is there.
        case done
        /// The entry got another file, or was checked anew, before it was done.
        case superseded
    }

    /// How often a check is begun; after that its findings stay undetermined.
    public static let mostAttempts = 3
}

/// A check and its progress.
public struct CheckProgress: Sendable, Hashable {
    /// The check.
    public var check: ContentCheck
    /// Time of the film that was decoded; nil when the check does not run.
    public var decoded: Duration?
    /// Length of the film; nil when the check does not run, or has not begun to decode.
    public var length: Duration?

    /// Describes progress.
    public init(check: ContentCheck, decoded: Duration? = nil, length: Duration? = nil) {
        self.check = check
        self.decoded = decoded
        self.length = length
    }
}
